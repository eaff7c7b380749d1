import type { Migration } from '../storage/index.ts'

/**
 * One row for each callback and one for each call in which its citizen was not served, so that a call that is read twice
 * is one. Of one number only one is open: another loss is added to it. Times are ms since 1970, as the room counts them.
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
    // No telephone rings while tables are changed: whoever had one has it no more.
    name: 'callback-2-leases',
    sql: `
      alter table callbacks drop constraint callbacks_state_check;
      alter table callbacks add constraint callbacks_state_check
        check (state in ('open', 'taken', 'ringing', 'talking', 'closed'));
      alter table callbacks add column lease_until timestamptz;
      update callbacks set state = 'open', taken_by = null, taken_at = null where state in ('taken', 'ringing');`,
  },
  {
    // Of messages that were left before, neither is known.
    name: 'callback-3-words',
    sql: 'alter table callback_losses add column voice boolean, add column words text;',
  },
  {
    // Of those that were owed before, none was told a time.
    name: 'callback-4-told',
    sql: 'alter table callbacks add column told_at timestamptz;',
  },
  {
    // Nobody can ring them as they stand, so that no promise to ring them is kept or missed.
    name: 'callback-5-to-find',
    sql: `
      alter table callbacks alter column promised_at drop not null;
      update callbacks set promised_at = null where proof in ('incomplete', 'withheld') and state <> 'closed';`,
  },
]
