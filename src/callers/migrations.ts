import type { Migration } from '../storage/index.ts'

export const callerMigrations: readonly Migration[] = [
  {
    name: 'callers-1-callers',
    sql: `
      create table callers (
        number text primary key,
        elder boolean not null default false,
        language text
      );`,
  },
  {
    name: 'callers-2-number-checks',
    sql: `
      create table number_checks (
        id text primary key,
        number text not null,
        about text not null,
        code_hash text not null,
        sent_by text not null,
        sent_at timestamptz not null,
        until_at timestamptz not null,
        tries int not null default 0,
        verified_at timestamptz,
        verified_by text,
        how text
      );
      create index number_checks_number on number_checks (number, sent_at desc);
      create index number_checks_sent on number_checks (sent_at);
      create index number_checks_about on number_checks (about);`,
  },
  {
    // Nodes hold marks in memory, so every change must notify them all, including changes made in SQL.
    name: 'callers-3-told',
    sql: `
      create function tell_caller() returns trigger language plpgsql as $$
        begin
          if tg_op <> 'INSERT' then perform pg_notify('callers_changed', old.number); end if;
          if tg_op <> 'DELETE' then perform pg_notify('callers_changed', new.number); end if;
          return null;
        end
      $$;
      create trigger callers_changed after insert or update or delete on callers
        for each row execute function tell_caller();`,
  },
  {
    // Marks not renewed for long are deleted, since numbers change owners.
    name: 'callers-4-since',
    sql: 'alter table callers add column marked_at timestamptz not null default now();',
  },
  {
    // Early versions, which only knew mainland numbers, stored marks under the number as typed, where no call found
    // them.
    name: 'callers-5-whole-numbers',
    sql: `
      with written as (
        delete from callers where number ~ '^(1[3-9][0-9]{9}|0[1-9][0-9]{8,10})$'
        returning number, elder, language, marked_at
      )
      insert into callers (number, elder, language, marked_at)
        select '+86' || ltrim(number, '0'), elder, language, marked_at from written
      on conflict (number) do update set
        elder = callers.elder or excluded.elder, language = coalesce(callers.language, excluded.language);`,
  },
  {
    // Steps of the ladder, each with its facts; they are deleted with the number.
    name: 'callers-6-ladder',
    sql: `
      create table caller_steps (
        id text collate "C" primary key,
        number text not null,
        place int not null,
        step text not null,
        state text not null,
        facts jsonb not null,
        words text not null,
        taken_by text not null,
        at timestamptz not null,
        days int,
        second_by text,
        until_at timestamptz,
        appealed_by text,
        closed_by text,
        later_words jsonb not null,
        unique (number, place)
      );
      create index caller_steps_at on caller_steps (at);`,
  },
  {
    name: 'callers-7-open-steps',
    sql: `create index caller_steps_open on caller_steps (number) where state in ('proposed', 'appealed')`,
  },
]
