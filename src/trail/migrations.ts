import type { Migration } from '../storage/index.ts'

export const trailMigrations: readonly Migration[] = [
  {
    name: 'trail-1-trail',
    sql: `
      create table trail (
        -- A stream of the ledger is an hour, as 2026-01-05T10, and an entry its place in it.
        hour text collate "C" not null,
        place int not null,
        id text not null,
        at timestamptz not null,
        act text not null,
        outcome text not null,
        person text not null,
        role text not null,
        address text not null,
        way text not null,
        about text not null,
        whose text not null,
        primary key (hour, place)
      );
      create unique index trail_once on trail (id);
      create index trail_of_person on trail (person, hour desc, place desc);
      create index trail_about on trail (about, hour desc, place desc) where about <> '';
      create index trail_whose on trail (whose, hour desc, place desc) where whose <> '';`,
  },
]
