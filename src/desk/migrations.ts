import type { Migration } from '../storage/index.ts'

export const deskMigrations: readonly Migration[] = [
  {
    name: 'desk-1-seats',
    sql: `
      create table seats (
        name text primary key,
        display text not null,
        contact text,
        digest jsonb,
        wants_calls boolean not null
      );`,
  },
  {
    name: 'desk-2-skills',
    sql: `alter table seats add column skills jsonb not null default '[]';`,
  },
]
