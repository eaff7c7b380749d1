import type { Migration } from '../storage/index.ts'

/**
 * One row per callback, and one per call and reason for which it is owed, so that reading a call twice adds
 * nothing. Only one callback per number is open; further losses are added to it.
 */
export const callbackMigrations: readonly Migration[] = [
  {
    name: 'callback-1-owed',
    sql: `
      create table callbacks (
        id text collate "C" primary key,
        seq integer not null,
        state text not null check (state in ('open', 'taken', 'ringing', 'closed')),
        "end" text,
        number text not null,
        proof text not null,
        unwilling text,
        invited_at timestamptz not null,
        owed_at timestamptz not null,
        promised_at timestamptz not null,
        yellow_at timestamptz not null,
        red_at timestamptz not null,
        not_before timestamptz,
        warned text,
        elder boolean not null,
        language text not null,
        called text not null,
        tries jsonb not null,
        first_try_at timestamptz,
        taken_by text,
        taken_at timestamptz,
        order_number text,
        ended_at timestamptz,
        next_mark_at timestamptz
      );
      create unique index callbacks_open_of_number on callbacks (number) where state <> 'closed' and number <> '';
      create index callbacks_owed on callbacks (invited_at, id) where state <> 'closed';
      create index callbacks_closed on callbacks (ended_at desc, id desc) where state = 'closed';
      create index callbacks_made on callbacks (owed_at);
      create index callbacks_of_number on callbacks (number) where number <> '';
      create index callbacks_of_order on callbacks (order_number) where order_number is not null;
      create table callback_losses (
        call_id text collate "C" not null,
        reason text not null,
        callback_id text collate "C" not null references callbacks,
        at timestamptz not null,
        invited_at timestamptz not null,
        message text,
        primary key (call_id, reason)
      );
      create index callback_losses_of_callback on callback_losses (callback_id);
      create table callback_events (
        callback_id text collate "C" not null references callbacks,
        seq integer not null,
        at timestamptz not null,
        kind text not null,
        by text not null,
        note text,
        primary key (callback_id, seq)
      );`,
  },
  {
    // No telephone rings during a migration, so holders lose their callbacks.
    name: 'callback-2-leases',
    sql: `
      alter table callbacks drop constraint callbacks_state_check;
      alter table callbacks add constraint callbacks_state_check
        check (state in ('open', 'taken', 'ringing', 'talking', 'closed'));
      alter table callbacks add column lease_until timestamptz;
      update callbacks set state = 'open', taken_by = null, taken_at = null where state in ('taken', 'ringing');`,
  },
  {
    // Unknown for older messages.
    name: 'callback-3-words',
    sql: 'alter table callback_losses add column voice boolean, add column words text;',
  },
  {
    // No time was told for older ones.
    name: 'callback-4-told',
    sql: 'alter table callbacks add column told_at timestamptz;',
  },
  {
    // They cannot be rung as they are, so no promise counts as kept or missed.
    name: 'callback-5-to-find',
    sql: `
      alter table callbacks alter column promised_at drop not null;
      update callbacks set promised_at = null where proof in ('incomplete', 'withheld') and state <> 'closed';`,
  },
  {
    // Whoever talked with us is rung by a person; the row says so.
    name: 'callback-6-talked',
    sql: `
      alter table callbacks add column talked boolean not null default false;
      update callbacks set talked = true where state <> 'closed' and (select kind from callback_events e
        where e.callback_id = callbacks.id and kind in ('rung', 'met', 'nobody') order by e.seq desc limit 1) = 'met';`,
  },
]
