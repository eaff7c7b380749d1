import type { Migration } from '../storage/index.ts'

export const captionMigrations: readonly Migration[] = [
  {
    name: 'captions-1-transcripts',
    sql: `
      create table transcripts (
        call_id text primary key,
        started_at timestamptz not null,
        lines jsonb not null,
        expires_at timestamptz not null
      );
      create index transcripts_expires_at on transcripts (expires_at);`,
  },
]
