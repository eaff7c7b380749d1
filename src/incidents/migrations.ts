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
  {
    name: 'incidents-2-events',
    sql: `
      create table incident_events (
        id bigint generated always as identity primary key,
        incident text not null references incidents (id) on delete cascade,
        at timestamptz not null,
        kind text not null,
        by text not null,
        -- What was another before.
        before jsonb not null default '{}'
      );
      create index incident_events_incident on incident_events (incident, id);
      insert into incident_events (incident, at, kind, by)
        select id, made_at, 'made', made_by from incidents order by id;
      insert into incident_events (incident, at, kind, by)
        select id, ended_at, 'ended', ended_by from incidents where ended_at is not null order by ended_at;`,
  },
]
