import type { Migration } from '../storage/index.ts'

export const callerMigrations: readonly Migration[] = [
  {
    name: 'callers-1-callers',
    sql: `
      create table callers (
        number text primary key,
        elder boolean not null default false,
        language text
      );`,
  },
]
