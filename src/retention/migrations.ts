import type { Migration } from '../storage/index.ts'

export const retentionMigrations: readonly Migration[] = [
  {
    name: 'retention-1-ends',
    sql: `
      create table forgettings (
        id text collate "C" primary key,
        -- A keyed mark of the number; the number itself is there until all is done.
        mark text not null,
        number text not null,
        state text not null check (state in ('asked', 'refused', 'running', 'waiting', 'done')),
        because text not null,
        asked_by text not null,
        asked_at timestamptz not null,
        decided_by text,
        decided_at timestamptz,
        ended_at timestamptz,
        -- What was theirs when it began: once numbers are gone nothing else leads there.
        calls jsonb not null default '[]',
        orders jsonb not null default '[]',
        -- By table or folder: how many rows or files, and what had to stay.
        went jsonb not null default '{}'
      );
      create unique index forgettings_open on forgettings (mark) where state in ('asked', 'running', 'waiting');
      create table legal_holds (
        id text collate "C" primary key,
        -- A number while it holds, or an order.
        number text not null,
        mark text not null,
        order_number text not null,
        reason text not null,
        made_by text not null,
        made_at timestamptz not null,
        until_at timestamptz not null,
        ended_by text,
        ended_at timestamptz
      );
      create table retention_sweeps (
        kind text primary key,
        at timestamptz not null,
        gone int not null,
        total bigint not null
      );`,
  },
]
