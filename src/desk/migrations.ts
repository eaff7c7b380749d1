import type { Migration } from '../storage/index.ts'

export const deskMigrations: readonly Migration[] = [
  {
    name: 'desk-1-seats',
    sql: `
      create table seats (
        name text primary key,
        display text not null,
        contact text,
        digest jsonb,
        wants_calls boolean not null
      );`,
  },
  {
    name: 'desk-2-skills',
    sql: `alter table seats add column skills jsonb not null default '[]';`,
  },
  {
    name: 'desk-3-seat-states',
    sql: `
      alter table seats
        add column standing jsonb not null default '{"kind":"away","reason":"busy"}',
        add column declined int not null default 0,
        add column unanswered int not null default 0;
      update seats set standing = '{"kind":"calls"}' where wants_calls;
      alter table seats drop column wants_calls;

      -- How long each seat was in which state: until_ms goes on while it is in it.
      create table seat_states (
        seat text not null,
        from_ms bigint not null,
        until_ms bigint not null,
        state text not null,
        reason text,
        member text,
        primary key (seat, from_ms)
      );
      create index seat_states_until on seat_states (until_ms);`,
  },
  {
    name: 'desk-4-acts',
    sql: `
      create table desk_acts (
        at_ms bigint not null,
        nth int not null,
        member text not null,
        act text not null,
        seat text,
        call_id text collate "C",
        detail text,
        primary key (at_ms, nth)
      );`,
  },
  {
    name: 'desk-5-numbers',
    sql: `
      alter table seats add column number int;
      update seats set number = nth
        from (select name, row_number() over (order by length(name), name) as nth from seats) as counted
        where counted.name = seats.name;
      alter table seats alter column number set not null;`,
  },
  {
    name: 'desk-6-addresses',
    sql: `
      alter table seats add column address text;
      update seats set address = contact where digest is null and contact not like 'browser:%';`,
  },
]
