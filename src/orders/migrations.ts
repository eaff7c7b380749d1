import { adopting } from '../ledger/index.ts'
import type { Migration } from '../storage/index.ts'
import { pairsAnew, pairsOfAll } from './word-store.ts'

/**
 * Events are the truth and are only ever added to. A row of `orders` shows their fold in lists and is written in
 * the same transaction. `yellow_at` and `red_at` are the earliest of all running clocks, so that a light is a
 * comparison with the present time.
 */
export const orderMigrations: readonly Migration[] = [
  {
    name: 'orders-1-orders',
    sql: `
      create table order_days (
        day date primary key,
        last integer not null
      );
      create table orders (
        number text collate "C" primary key,
        seq integer not null,
        stage text not null check (stage in ('waiting', 'handling', 'closed')),
        cycle integer not null,
        unit text not null,
        category text not null,
        street text not null,
        urgency text not null,
        elder boolean not null,
        caller text not null,
        matter text not null,
        place text not null,
        rang_at timestamptz not null,
        made_at timestamptz not null,
        changed_at timestamptz not null,
        yellow_at timestamptz,
        red_at timestamptz,
        next_mark_at timestamptz
      );
      create index orders_running on orders (red_at, number) where stage <> 'closed';
      create index orders_running_of_unit on orders (unit, red_at, number) where stage <> 'closed';
      create index orders_closed on orders (changed_at desc, number desc) where stage = 'closed';
      create index orders_closed_of_unit on orders (unit, changed_at desc, number desc) where stage = 'closed';
      create index orders_of_caller on orders (caller, number desc) where caller <> '';
      create table order_events (
        number text collate "C" not null references orders,
        seq integer not null,
        at timestamptz not null,
        kind text not null,
        actor jsonb not null,
        data jsonb not null,
        primary key (number, seq)
      );`,
  },
  {
    name: 'orders-2-erasures',
    sql: `
      create table order_erasures (
        number text collate "C" primary key,
        at timestamptz not null,
        actor jsonb not null
      );`,
  },
  {
    name: 'orders-3-returns',
    sql: `
      alter table orders add column returns int not null default 0;
      update orders set returns = (
        select count(*) from order_events e where e.number = orders.number and e.kind = 'returned'
      );
      create index orders_returned on orders (red_at, number) where stage = 'waiting' and returns > 0;`,
  },
  {
    name: 'orders-4-access',
    sql: `
      alter table orders add column confidential boolean not null default false;
      -- Units that were asked to help and read it, as a JSON array.
      alter table orders add column helpers jsonb not null default '[]';
      create index orders_helpers on orders using gin (helpers) where helpers <> '[]';`,
  },
  {
    // From here on, orders' events are in the ledger, erasures included.
    name: 'orders-5-ledger',
    sql: `
      insert into ledger_events (room, stream, place, at_ms, kind, body, salt)
        select 'orders', number, seq, floor(extract(epoch from at) * 1000)::int8, kind,
          json_build_object('by', actor, 'data', data)::text, gen_random_uuid()::text
        from order_events;
      insert into ledger_events (room, stream, place, at_ms, kind, body, salt)
        select 'orders', number, 1, floor(extract(epoch from at) * 1000)::int8, 'erased',
          json_build_object('by', actor)::text, gen_random_uuid()::text
        from order_erasures;
      ${adopting('orders')}
      drop table order_events;`,
  },
  {
    // Older orders have none of these.
    name: 'orders-6-kinds',
    sql: `
      alter table orders add column type text;
      alter table orders add column kind text;
      alter table orders add column district text;`,
  },
  {
    name: 'orders-7-words',
    sql: `
      create table order_words (
        number text collate "C" primary key,
        pairs int4[] not null
      );
      ${pairsOfAll};
      create index order_words_pairs on order_words using gin (pairs);`,
  },
  {
    name: 'orders-streets',
    sql: `create index orders_running_of_street on orders (street, number desc) where stage <> 'closed';`,
  },
  {
    // Erasures take two persons: one asks, another agrees. Older rows have one, and those of forgotten persons have
    // none.
    name: 'orders-two-persons',
    sql: `
      alter table order_erasures alter column at drop not null;
      alter table order_erasures alter column actor drop not null;
      alter table order_erasures add column because text;
      alter table order_erasures add column asked_by text;
      alter table order_erasures add column asked_at timestamptz;`,
  },
  {
    // One index for each list, so that deep pages are as fast as the first; and the number at which a citizen is to
    // be answered.
    name: 'orders-8-lists',
    sql: `
      alter table orders add column contact text not null default '';
      update orders set contact = made.number
        from (select stream, body::jsonb->'data'->'contact'->>'number' as number from ledger_events
          where room = 'orders' and kind = 'made') made
        where made.stream = orders.number and made.number is not null;
      create index orders_of_contact on orders (contact, number desc) where contact <> '' and contact <> caller;
      create index orders_of_unit on orders (unit, number desc);
      create index orders_running_latest on orders (number desc) where stage <> 'closed';
      create index orders_running_latest_of_unit on orders (unit, number desc) where stage <> 'closed';
      create index orders_waiting on orders (red_at, number) where stage = 'waiting';
      create index orders_waiting_of_unit on orders (unit, red_at, number) where stage = 'waiting';
      create index orders_green on orders (yellow_at, number) include (red_at) where stage <> 'closed';
      create index orders_green_of_unit on orders (unit, yellow_at, number) include (red_at) where stage <> 'closed';
      drop index orders_helpers;
      create index orders_running_helpers on orders using gin (helpers) where stage <> 'closed' and helpers <> '[]';
      create index orders_closed_helpers on orders using gin (helpers) where stage = 'closed' and helpers <> '[]';
      create index orders_helping on orders (red_at, number) where stage <> 'closed' and helpers <> '[]';
      drop index order_words_pairs;
      delete from order_words;
      ${pairsAnew};
      create index order_words_pairs on order_words using gin (pairs);`,
  },
  {
    name: 'orders-9-dispatch',
    sql: `
      alter table orders drop constraint orders_stage_check;
      alter table orders add constraint orders_stage_check
        check (stage in ('undispatched', 'waiting', 'handling', 'closed'));
      create index orders_undispatched on orders (red_at, number) where stage = 'undispatched';`,
  },
  {
    // Returns that the centre decides. Older returns moved the order at once: from the unit that had it before.
    name: 'orders-10-returns',
    sql: `
      alter table orders add column review_at timestamptz;
      drop index orders_returned;
      create index orders_reviewed on orders (review_at, number) where review_at is not null;
      create table order_returns (
        number text collate "C" not null,
        seq integer not null,
        from_unit text not null,
        target text not null,
        ground text not null,
        since_at timestamptz not null,
        asked_at timestamptz not null,
        site_at timestamptz,
        outcome text,
        decided_at timestamptz,
        to_unit text,
        primary key (number, seq)
      );
      create index order_returns_asked on order_returns (asked_at desc, number desc, seq desc);
      insert into order_returns
        select stream, place, was, whose, ground, to_timestamp(was_ms / 1000.0), to_timestamp(at_ms / 1000.0), null,
          'direct', to_timestamp(at_ms / 1000.0), whose
        from (
          select stream, place, kind, at_ms, whose, ground,
            lag(whose) over placed as was, lag(at_ms) over placed as was_ms
          from (
            select stream, place, kind, at_ms, body::jsonb->'data'->>'ground' as ground,
              coalesce(body::jsonb->'data'->>'target', body::jsonb->'data'->>'unit') as whose
            from ledger_events
            where room = 'orders' and kind in ('made', 'dispatched', 'returned', 'appointed', 'reclassified')
          ) named
          where whose is not null
          window placed as (partition by stream order by place)
        ) moved
        where kind = 'returned';`,
  },
  {
    // Units with a copy, as a JSON array; older orders have none.
    name: 'orders-11-copies',
    sql: `
      alter table orders add column copies jsonb not null default '[]';
      create index orders_running_copies on orders using gin (copies) where stage <> 'closed' and copies <> '[]';
      create index orders_copied on orders (red_at, number) where stage <> 'closed' and copies <> '[]';
      create index orders_closed_copies on orders using gin (copies) where stage = 'closed' and copies <> '[]';`,
  },
  {
    // Dispatches by rule: the kind found, whether they are to be reviewed, and the verdict.
    name: 'orders-12-by-rule',
    sql: `
      alter table orders add column rule_kind text;
      alter table orders add column rule_sampled boolean not null default false;
      alter table orders add column rule_verdict text;
      alter table orders add column person_asked boolean not null default false;
      create index orders_by_rule on orders (number) include (rule_kind, rule_sampled, rule_verdict)
        where rule_kind is not null;
      create index orders_to_look on orders (red_at, number)
        where stage <> 'closed' and rule_kind is not null and rule_verdict is null and (rule_sampled or person_asked);`,
  },
  {
    // The person of the unit who has the order, and the first deadline of its co-units.
    name: 'orders-13-units',
    sql: `
      alter table orders add column assignee text;
      alter table orders add column task_at timestamptz;
      create index orders_of_person on orders (unit, assignee, red_at, number) include (stage, yellow_at) where stage <> 'closed';
      create index orders_of_task on orders (task_at, number) where task_at is not null;`,
  },
  {
    // What the rules found lacking in a closing, and the centre's verdict; older closings have none.
    name: 'orders-14-closings',
    sql: `
      create table order_closings (
        number text collate "C" not null,
        cycle integer not null,
        unit text not null,
        closed_at timestamptz not null,
        result text not null,
        lacks jsonb not null,
        told boolean not null,
        sampled boolean not null,
        verdict text,
        judged_by text,
        primary key (number, cycle)
      );
      create index order_closings_at on order_closings (closed_at) include (unit, lacks, told, verdict);
      create index order_closings_to_look on order_closings (closed_at desc, number desc, cycle desc)
        where sampled and verdict is null;
      create index order_closings_judged on order_closings (closed_at desc, number desc, cycle desc)
        where verdict is not null;`,
  },
  {
    // Instructions of supervision, and site checks; older orders have neither.
    name: 'orders-15-supervision',
    sql: `
      create table order_instructions (
        number text collate "C" not null,
        seq integer not null,
        level text not null,
        because text not null,
        unit text not null,
        issued_at timestamptz not null,
        yellow_at timestamptz not null,
        due_at timestamptz not null,
        done_at timestamptz,
        outcome text,
        answer_seq integer,
        primary key (number, seq)
      );
      create index order_instructions_open on order_instructions (due_at, number, seq) include (level, yellow_at)
        where done_at is null;
      create index order_instructions_of_unit on order_instructions (unit, due_at, number, seq) where done_at is null;
      create index order_instructions_done on order_instructions (done_at desc, number desc, seq desc)
        where done_at is not null;
      create index order_instructions_done_of_unit on order_instructions (unit, done_at desc, number desc, seq desc)
        where done_at is not null;
      create index order_instructions_problems on order_instructions (issued_at desc, number desc, seq desc)
        where because in ('redone', 'unled');
      create table order_site_checks (
        number text collate "C" not null,
        seq integer not null,
        unit text not null,
        asked_at timestamptz not null,
        due_at timestamptz,
        done_at timestamptz,
        check_seq integer,
        visited_at timestamptz,
        verdict text,
        primary key (number, seq)
      );
      create index order_site_checks_open on order_site_checks (due_at, number, seq) where done_at is null;`,
  },
  {
    // Texts waiting for their window, and windows already sent, with the job that sent them.
    name: 'orders-16-texts',
    sql: `
      create table order_texts_waiting (
        id bigint generated always as identity primary key,
        phone text not null,
        at timestamptz not null,
        number text not null,
        told jsonb not null,
        job text
      );
      create index order_texts_waiting_of on order_texts_waiting (phone, at) where job is null;
      create index order_texts_waiting_job on order_texts_waiting (job) where job is not null;
      create table order_text_windows (
        phone text not null,
        at timestamptz not null,
        job text not null,
        primary key (phone, at)
      );
      create index order_text_windows_at on order_text_windows (at);`,
  },
  {
    // Repeated demands are merged into another order.
    name: 'orders-merging',
    sql: `
      alter table orders drop constraint orders_stage_check;
      alter table orders add constraint orders_stage_check
        check (stage in ('undispatched', 'waiting', 'handling', 'merged', 'closed'));
      alter table orders add column merged_into text collate "C";
      create index orders_merged on orders (merged_into, number) where merged_into is not null;`,
  },
  {
    // How many possibly repeated orders await a dispatcher's decision, and how often callers asked without anything
    // new.
    name: 'orders-repeats',
    sql: `
      alter table orders add column like_open integer not null default 0;
      alter table orders add column states_told integer not null default 0;
      create index orders_like on orders (red_at, number) where stage <> 'closed' and like_open > 0;`,
  },
  {
    // Readiness asks often which units left orders unsigned past a limit.
    name: 'orders-unsigned',
    sql: `create index orders_unsigned on orders (unit, red_at) where stage = 'waiting' and review_at is null`,
  },
]
