import type { Migration } from '../storage/index.ts'

export const incidentMigrations: readonly Migration[] = [
  {
    name: 'incidents-1-incidents',
    sql: `
      create table incidents (
        id text primary key,
        kind text not null,
        words jsonb not null,
        area jsonb not null,
        from_at timestamptz not null,
        until_at timestamptz not null check (until_at > from_at),
        made_by text not null,
        made_at timestamptz not null,
        ended_by text,
        ended_at timestamptz
      );
      create index incidents_until on incidents (until_at);
      create table incident_callers (
        incident text not null references incidents (id) on delete cascade,
        -- A hash with the incident's id: one caller counts once, and nobody reads who rang.
        caller text not null,
        at timestamptz not null,
        primary key (incident, caller)
      );`,
  },
]
