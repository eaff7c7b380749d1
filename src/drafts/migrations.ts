import type { Migration } from '../storage/index.ts'

export const draftMigrations: readonly Migration[] = [
  {
    name: 'drafts-1-drafts',
    sql: `
      create table drafts (
        id text primary key,
        -- The call that it is told in; null where somebody came another way.
        call_id text,
        agent text not null,
        seq integer not null,
        -- By field: what is written there, with which change, and by whom. Empty once it is over.
        written jsonb not null,
        made_at timestamptz not null,
        changed_at timestamptz not null,
        ended_at timestamptz,
        -- The order that it became; null of one that was given up.
        order_number text
      );
      create unique index drafts_open_of_call on drafts (call_id) where ended_at is null and call_id is not null;
      create unique index drafts_open_of_agent on drafts (agent) where ended_at is null and call_id is null;
      create index drafts_of_call on drafts (call_id) where call_id is not null;
      create index drafts_changed on drafts (changed_at);`,
  },
  {
    name: 'drafts-2-choices',
    sql: `
      create table kind_choices (
        order_number text primary key,
        at timestamptz not null,
        by text not null,
        -- What was suggested from which words, and what the agent took: a kind of the catalogue and its object.
        heard text not null,
        suggested jsonb not null,
        kind text not null,
        object text not null
      );`,
  },
  {
    name: 'drafts-5-files',
    sql: `
      -- What the citizen gave, as it is kept: each by its hash, in the folder of the draft. Empty once it is over.
      alter table drafts add column files jsonb not null default '[]'::jsonb;`,
  },
]
