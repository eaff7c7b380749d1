import type { Migration } from '../../storage/index.ts'

export const learningMigrations: readonly Migration[] = [
  {
    name: 'drafts-3-kind-models',
    sql: `
      create table kind_models (
        version integer primary key,
        made_at timestamptz not null,
        learnt integer not null,
        -- When the last text came that was looked at, and the catalogue that it was held against.
        until_at timestamptz not null,
        catalogue text not null,
        figures jsonb not null,
        -- In what it is worse than what was in use: it is refused where there is anything.
        worse jsonb not null,
        state text not null check (state in ('kept', 'refused', 'erased', 'old')),
        digest text not null,
        -- Whose words are in it, so that it goes the night after one of them is erased.
        orders jsonb not null
      );
      -- The files of those that are kept, packed and in base64: each node lays them into its own folder.
      create table kind_model_files (
        version integer primary key references kind_models (version),
        packed text not null
      );
      create table kind_model_uses (
        id integer primary key,
        -- 0 is the catalogue alone.
        version integer not null,
        because text not null check (because in ('learned', 'rolled-back', 'chosen', 'erased')),
        by text not null,
        at timestamptz not null
      );
      create index kind_choices_at on kind_choices (at);`,
  },
]
