import type { Migration } from '../../storage/index.ts'
import { askedMigration, askedOfQueueMigration } from './asked.ts'
import { tallyMigration } from './tally-migration.ts'
import { wantedMigration } from './wanted-migration.ts'

/** `at_us` is the fact's wall time in µs since 1970 and its place in the order at once, so that a retry writes no twin. */
export const callMigrations: readonly Migration[] = [
  {
    name: 'telephony-1-calls',
    sql: `
      create table calls (
        id text collate "C" primary key,
        line text not null,
        direction text not null check (direction in ('in', 'out')),
        caller text not null,
        called text not null,
        invited_at timestamptz not null,
        answered_at timestamptz,
        ended_at timestamptz,
        ended_by text,
        end_reason text
      );
      create index calls_open on calls (id) where ended_at is null;
      create table call_facts (
        call_id text collate "C" not null,
        at_us bigint not null,
        fact jsonb not null,
        primary key (call_id, at_us)
      );`,
  },
  {
    name: 'telephony-3-lives',
    sql: `
      create table lives (
        id text collate "C" primary key,
        beat_at timestamptz not null
      );
      alter table calls add column life text collate "C";`,
  },
  {
    name: 'telephony-4-numbers',
    sql: `
      create index calls_by_time on calls (invited_at);
      create index calls_of_caller on calls (caller, id) where caller <> '';
      create index calls_of_called on calls (called, id) where direction = 'out';`,
  },
  {
    name: 'telephony-5-leases',
    sql: `
      create table leases (
        name text primary key,
        holder text collate "C" not null,
        until_at timestamptz not null
      );`,
  },
  askedMigration,
  tallyMigration,
  {
    name: 'telephony-8-proved',
    // Of calls before it nobody wrote down who had said so; they were believed.
    sql: 'alter table calls add column proved boolean not null default true;',
  },
  {
    // By which somebody's numbers and keys are found, to be let go of.
    name: 'telephony-9-ends',
    sql: `
      create index call_facts_promised on call_facts ((fact->>'number')) where fact->>'kind' = 'promised';
      create index call_facts_keys on call_facts (at_us) where fact->>'kind' = 'key';`,
  },
  {
    name: 'telephony-10-given',
    sql: `create index call_facts_given on call_facts ((fact->>'number')) where fact->>'kind' = 'gave-number';`,
  },
  wantedMigration,
  askedOfQueueMigration,
]
