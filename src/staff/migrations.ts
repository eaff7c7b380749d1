import { adopting } from '../ledger/index.ts'
import type { Migration } from '../storage/index.ts'

export const staffMigrations: readonly Migration[] = [
  {
    name: 'staff-1-members',
    sql: `
      create table staff (
        name text primary key,
        display text not null,
        role text not null check (role in ('seat', 'supervisor', 'unit', 'admin')),
        unit text,
        -- A PHC string of argon2id; who comes by an OpenID provider has none.
        password text,
        -- Who that provider says they are: its address and their subject there.
        subject text unique,
        added_at timestamptz not null default now(),
        check ((role = 'unit') = (unit is not null))
      );
      create table staff_sessions (
        -- SHA-256 of the secret that the browser holds: who reads this table can sign in as nobody.
        id text primary key,
        member text not null references staff (name) on delete cascade,
        ends_at timestamptz not null
      );
      create index staff_sessions_member on staff_sessions (member);`,
  },
  {
    // From here on members and their rights are in the ledger.
    name: 'staff-2-ledger',
    sql: `
      insert into ledger_events (room, stream, place, at_ms, kind, body, salt)
        select 'staff', name, 1, floor(extract(epoch from added_at) * 1000)::int8, 'added',
          json_build_object('by', '', 'display', display, 'role', role, 'unit', unit, 'subject', subject,
            'password', encode(sha256(convert_to(password, 'UTF8')), 'hex'))::text, gen_random_uuid()::text
        from staff;
      ${adopting('staff')}`,
  },
  {
    // The data-protection officer (auditor) sees who did what, and nothing else.
    name: 'staff-3-auditor',
    sql: `
      alter table staff drop constraint staff_role_check;
      alter table staff add constraint staff_role_check
        check (role in ('seat', 'supervisor', 'unit', 'auditor', 'admin'));`,
  },
  {
    name: 'staff-4-programs',
    sql: `
      -- Programs that may use the API. A row stays for ever: what one did stays under its name.
      create table programs (
        name text primary key,
        -- SHA-256 of the token: who reads this table can use none.
        token text not null unique,
        -- The person who answers for it.
        owner text not null,
        scopes jsonb not null,
        made_at timestamptz not null,
        ends_at timestamptz not null,
        used_at timestamptz,
        revoked_at timestamptz
      );`,
  },
  {
    name: 'staff-5-own-password',
    sql: `
      -- Whether somebody else knows the password, so that its owner has to choose another before anything opens.
      alter table staff add column temporary boolean not null default false;`,
  },
  {
    name: 'staff-6-session-use',
    sql: `
      alter table staff_sessions
        add column began_at timestamptz not null default now(),
        -- When somebody was last there, to the minute.
        add column used_at timestamptz not null default now(),
        -- A browser and a system by their names, and the address from which it was opened.
        add column device text not null default '',
        add column address text not null default '';`,
  },
  {
    name: 'staff-7-second-factors',
    sql: `
      create table staff_factors (
        id text collate "C" primary key,
        member text not null references staff (name) on delete cascade,
        kind text not null check (kind in ('totp', 'passkey')),
        -- What its owner calls it.
        label text not null,
        -- Of an app its secret, sealed with a key that the database does not hold; of a passkey its public key.
        material text not null,
        -- The step of the last code, or the count of the device: no code and no answer is taken twice.
        last int8 not null,
        made_at timestamptz not null,
        used_at timestamptz
      );
      create index staff_factors_member on staff_factors (member);
      create table staff_recovery (
        member text not null references staff (name) on delete cascade,
        -- SHA-256 of a code for who has lost their device; it goes once it is used.
        mark text collate "C" not null,
        primary key (member, mark)
      );
      -- Somebody asked that a member's second factors go; another one has to agree.
      create table staff_factor_removals (
        member text primary key references staff (name) on delete cascade,
        asked_by text not null,
        asked_at timestamptz not null
      );
      alter table staff_sessions
        -- Whether the second step of the sign-in is owed.
        add column half boolean not null default false,
        -- What is begun in it, sealed: a challenge, or a secret whose first code is waited for.
        add column pending text;`,
  },
  {
    name: 'staff-8-dispatchers',
    sql: `
      alter table staff drop constraint staff_role_check;
      alter table staff add constraint staff_role_check
        check (role in ('seat', 'dispatcher', 'supervisor', 'unit', 'auditor', 'admin'));`,
  },
]
