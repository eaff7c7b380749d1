import type { Migration } from '../../storage/index.ts'

export const catalogueMigrations: readonly Migration[] = [
  {
    name: 'catalogue-1-versions',
    sql: `
      create table catalogue_versions (
        number integer primary key,
        digest text not null,
        way text not null check (way in ('folder', 'draft')),
        author text not null,
        note text not null,
        made_at timestamptz not null,
        parent integer references catalogue_versions (number)
      );
      create table catalogue_files (
        version integer not null references catalogue_versions (number),
        name text not null,
        text text not null,
        primary key (version, name)
      );
      -- Of those whose time has come the last that was decided holds.
      create table catalogue_uses (
        id integer primary key,
        version integer not null references catalogue_versions (number),
        from_at timestamptz not null,
        because text not null check (because in ('loaded', 'published', 'used')),
        author text not null,
        decided_at timestamptz not null
      );
      -- There is one draft, or none; its files are those that are another than in the version that it began with.
      create table catalogue_draft (
        single boolean primary key default true check (single),
        base integer references catalogue_versions (number),
        revision integer not null,
        files jsonb not null,
        author text not null,
        changed_at timestamptz not null
      );`,
  },
]
