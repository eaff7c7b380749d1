import type { Migration } from '../storage/index.ts'

export const rulebookMigrations: readonly Migration[] = [
  {
    name: 'rulebook-1-versions',
    sql: `
      create table rule_versions (
        subject text not null,
        number integer not null,
        text text not null,
        way text not null check (way in ('file', 'draft')),
        author text not null,
        note text not null,
        made_at timestamptz not null,
        parent integer,
        primary key (subject, number),
        foreign key (subject, parent) references rule_versions (subject, number)
      );
      -- Of those whose time has come the last that was decided holds.
      create table rule_uses (
        id integer primary key,
        subject text not null,
        version integer not null,
        from_at timestamptz not null,
        because text not null check (because in ('loaded', 'published', 'used')),
        author text not null,
        decided_at timestamptz not null,
        foreign key (subject, version) references rule_versions (subject, number)
      );
      create index rule_uses_of_subject on rule_uses (subject, id);
      -- Of a subject there is one draft, or none.
      create table rule_drafts (
        subject text primary key,
        base integer,
        revision integer not null,
        text text not null,
        writers jsonb not null,
        changed_at timestamptz not null,
        foreign key (subject, base) references rule_versions (subject, number)
      );`,
  },
]
