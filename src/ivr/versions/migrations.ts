import type { Migration } from '../../storage/index.ts'

export const flowMigrations: readonly Migration[] = [
  {
    name: 'ivr-1-flow-versions',
    sql: `
      create table flow_versions (
        number integer primary key,
        digest text not null,
        way text not null check (way in ('folder', 'api')),
        author text not null,
        note text not null,
        made_at timestamptz not null,
        parent integer references flow_versions (number),
        verdict jsonb not null
      );
      create index flow_versions_digest on flow_versions (digest);
      create table flow_files (
        version integer not null references flow_versions (number),
        name text not null,
        text text not null,
        primary key (version, name)
      );
      create table flow_uses (
        id integer primary key,
        standing integer not null references flow_versions (number),
        trial integer references flow_versions (number),
        share double precision check (share > 0 and share < 1),
        because text not null check (because in ('loaded', 'tried', 'promoted', 'rolled-back')),
        author text not null,
        used_at timestamptz not null,
        check ((trial is null) = (share is null))
      );`,
  },
]
