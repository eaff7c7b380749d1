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
]
