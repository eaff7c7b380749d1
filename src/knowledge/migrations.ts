import type { Migration } from '../storage/index.ts'

export const knowledgeMigrations: readonly Migration[] = [
  {
    name: 'knowledge-1-entries',
    sql: `
      create table knowledge_entries (
        id text primary key,
        unit text not null,
        -- The question without blanks and marks, and its districts: no two entries answer the same.
        asked text not null unique,
        newest int not null,
        -- The version that answers; none while nothing was published, or it was withdrawn.
        published int,
        made_at timestamptz not null,
        used_at timestamptz
      );
      create index knowledge_entries_unit on knowledge_entries (unit, id);
      create table knowledge_versions (
        entry text not null references knowledge_entries (id) on delete cascade,
        version int not null,
        revision int not null,
        state text not null,
        content jsonb not null,
        authors jsonb not null,
        made_at timestamptz not null,
        reviewer text,
        reviewed_at timestamptz,
        from_at timestamptz,
        until_at timestamptz not null,
        primary key (entry, version)
      );
      create index knowledge_versions_state on knowledge_versions (state, entry) where state in ('draft', 'in-review');
      create table knowledge_events (
        id bigint generated always as identity primary key,
        entry text not null references knowledge_entries (id) on delete cascade,
        at timestamptz not null,
        version int not null,
        kind text not null,
        by text not null,
        note text
      );
      create index knowledge_events_entry on knowledge_events (entry, id);
      -- Of each published entry the words by which it is found.
      create table knowledge_index (
        entry text not null references knowledge_entries (id) on delete cascade,
        version int not null,
        from_at timestamptz not null,
        until_at timestamptz not null,
        districts jsonb not null,
        -- The question, other wordings, and last the text, a line each.
        phrases text not null,
        words tsvector not null,
        primary key (entry, version)
      );
      create index knowledge_index_words on knowledge_index using gin (words);
      create index knowledge_index_until on knowledge_index (until_at);
      -- In how many entries a word stands; the empty word counts all entries.
      create table knowledge_terms (
        term text primary key,
        count int not null
      );
      create table knowledge_notices (
        entry text not null references knowledge_entries (id) on delete cascade,
        version int not null,
        days int not null,
        at timestamptz not null,
        primary key (entry, version, days)
      );
      create table knowledge_uses (
        entry text not null references knowledge_entries (id) on delete cascade,
        version int not null,
        day date not null,
        how text not null,
        count int not null,
        primary key (entry, day, how, version)
      );
      create index knowledge_uses_day on knowledge_uses (day);
      create table knowledge_searches (
        day date primary key,
        count int not null,
        unanswered int not null
      );
      create table knowledge_unanswered (
        words text not null,
        day date not null,
        at timestamptz not null,
        count int not null,
        primary key (words, day)
      );`,
  },
  {
    name: 'knowledge-2-shelf',
    sql: `
      -- Each node has what is published in memory, and learns here that it is behind.
      create table knowledge_shelf (
        only_one boolean primary key default true check (only_one),
        changed bigint not null
      );
      insert into knowledge_shelf (changed) values (1);
      alter table knowledge_entries add column changed bigint not null default 1;
      create index knowledge_entries_changed on knowledge_entries (changed, id);
      alter table knowledge_index drop column words;
      drop table knowledge_terms;`,
  },
]
