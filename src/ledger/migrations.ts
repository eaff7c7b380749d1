import type { Migration } from '../storage/index.ts'
import { genesis } from './link.ts'

/**
 * `ledger_events` is what happened, and goes when an order is erased; `ledger_links` is that it happened, and stays.
 * `ledger_heads` says where each room's chain ends, `ledger_seals` what was signed and sent out of it.
 */
export const ledgerMigrations: readonly Migration[] = [
  {
    name: 'ledger-1-ledger',
    sql: `
      create table ledger_events (
        room text collate "C" not null,
        stream text collate "C" not null,
        place int not null,
        at_ms int8 not null,
        kind text collate "C" not null,
        -- JSON, as it was written: the digest is over these bytes.
        body text not null,
        salt text not null,
        -- Absent for what happened before there was a ledger.
        mac text,
        primary key (room, stream, place)
      );
      create table ledger_links (
        room text collate "C" not null,
        seq int8 not null,
        stream text collate "C" not null,
        place int not null,
        digest text not null,
        hash text not null,
        primary key (room, seq)
      );
      create unique index ledger_links_place on ledger_links (room, stream, place);
      create table ledger_heads (
        room text collate "C" primary key,
        seq int8 not null,
        hash text not null,
        -- Up to here events were chained when this table was made: what became of them earlier nobody can prove.
        adopted_seq int8 not null default 0,
        adopted_at timestamptz
      );
      create table ledger_seals (
        n int primary key,
        text text not null,
        signature text not null,
        -- A time stamp of an authority (RFC 3161) in base64.
        stamp text,
        sent jsonb not null default '[]'
      );
      -- Puts events at the ends of their rooms' chains. The one statement that holds a head, run last in a transaction.
      create function ledger_link(entries jsonb) returns void language plpgsql as $$
        declare
          entry record;
          head ledger_heads;
          before text;
        begin
          for entry in
            select * from jsonb_to_recordset(entries)
              as x(n int, room text, stream text, place int, digest text) order by n
          loop
            if head.room is distinct from entry.room then
              update ledger_heads set seq = head.seq, hash = head.hash where room = head.room;
              select * into head from ledger_heads where room = entry.room for update;
              if not found then
                insert into ledger_heads (room, seq, hash) values (entry.room, 0, '${genesis}') on conflict do nothing;
                select * into head from ledger_heads where room = entry.room for update;
              end if;
            end if;
            select hash into before from ledger_links
              where room = entry.room and stream = entry.stream and place = entry.place - 1;
            head.seq := head.seq + 1;
            head.hash := encode(sha256(convert_to(concat_ws(E'\\n', head.hash, coalesce(before, ''), entry.room,
              head.seq, entry.stream, entry.place, entry.digest), 'UTF8')), 'hex');
            insert into ledger_links (room, seq, stream, place, digest, hash)
              values (entry.room, head.seq, entry.stream, entry.place, entry.digest, head.hash);
          end loop;
          update ledger_heads set seq = head.seq, hash = head.hash where room = head.room;
        end $$;`,
  },
  {
    name: 'ledger-2-write',
    // One statement for what happened and its links. `ledger_link` stays for a node of the build before, which may still
    // run beside this one.
    sql: `
      create function ledger_write(entries jsonb) returns void language plpgsql as $$
        declare
          entry record;
          head ledger_heads;
          before text;
        begin
          for entry in
            select * from jsonb_to_recordset(entries) as x(n int, room text, stream text, place int, digest text,
              at_ms int8, kind text, body text, salt text, mac text) order by n
          loop
            if head.room is distinct from entry.room then
              if head.room is not null then
                update ledger_heads set seq = head.seq, hash = head.hash where room = head.room;
              end if;
              select * into head from ledger_heads where room = entry.room for update;
              if not found then
                insert into ledger_heads (room, seq, hash) values (entry.room, 0, '${genesis}') on conflict do nothing;
                select * into head from ledger_heads where room = entry.room for update;
              end if;
            end if;
            -- Absent where it was inserted earlier in this transaction, because somebody read it.
            if entry.body is not null then
              insert into ledger_events (room, stream, place, at_ms, kind, body, salt, mac) values (entry.room,
                entry.stream, entry.place, entry.at_ms, entry.kind, entry.body, entry.salt, entry.mac);
            end if;
            before := '';
            if entry.place > 1 then
              select hash into before from ledger_links
                where room = entry.room and stream = entry.stream and place = entry.place - 1;
            end if;
            head.seq := head.seq + 1;
            head.hash := encode(sha256(convert_to(concat_ws(E'\\n', head.hash, coalesce(before, ''), entry.room,
              head.seq, entry.stream, entry.place, entry.digest), 'UTF8')), 'hex');
            insert into ledger_links (room, seq, stream, place, digest, hash)
              values (entry.room, head.seq, entry.stream, entry.place, entry.digest, head.hash);
          end loop;
          update ledger_heads set seq = head.seq, hash = head.hash where room = head.room;
        end $$;`,
  },
  {
    name: 'ledger-3-append',
    // One event, as most acts write: no JSON with JSON in it, and a head that is moved on by one statement, where it was
    // locked, read and written back. With `ledger_write` an act paid 5.7 % (PGlite) to 10.5 % (PostgreSQL) for its chain.
    sql: `
      create function ledger_append(of_room text, of_stream text, at_place int, of_digest text, of_ms int8, of_kind text,
        of_body text, of_salt text, of_mac text) returns void language plpgsql as $$
        declare
          before text := '';
          head_seq int8;
          head_hash text;
        begin
          -- Absent where it was inserted earlier in this transaction, because somebody read it.
          if of_body is not null then
            insert into ledger_events (room, stream, place, at_ms, kind, body, salt, mac)
              values (of_room, of_stream, at_place, of_ms, of_kind, of_body, of_salt, of_mac);
          end if;
          if at_place > 1 then
            select hash into before from ledger_links
              where room = of_room and stream = of_stream and place = at_place - 1;
          end if;
          loop
            update ledger_heads h set seq = h.seq + 1, hash = encode(sha256(convert_to(concat_ws(E'\\n', h.hash,
                coalesce(before, ''), of_room, h.seq + 1, of_stream, at_place, of_digest), 'UTF8')), 'hex')
              where h.room = of_room returning h.seq, h.hash into head_seq, head_hash;
            exit when found;
            insert into ledger_heads (room, seq, hash) values (of_room, 0, '${genesis}') on conflict do nothing;
          end loop;
          insert into ledger_links (room, seq, stream, place, digest, hash)
            values (of_room, head_seq, of_stream, at_place, of_digest, head_hash);
        end $$;`,
  },
]

/**
 * Chains what a room had before there was a ledger, once its events are in `ledger_events`: part of the room's own
 * migration. From here on a change is found; what was changed earlier is not, and audits say so.
 */
export const adopting = (room: string): string => `
      do $$
        declare
          entry record;
          last ledger_links;
        begin
          last.seq := 0;
          last.hash := '${genesis}';
          for entry in
            select stream, place, encode(sha256(convert_to(concat_ws(E'\\n', salt, at_ms, kind, body), 'UTF8')), 'hex') as digest
              from ledger_events where room = '${room}' order by stream, place
          loop
            last.hash := encode(sha256(convert_to(concat_ws(E'\\n', last.hash,
              case when last.stream = entry.stream then last.hash else '' end, '${room}', last.seq + 1, entry.stream,
              entry.place, entry.digest), 'UTF8')), 'hex');
            last.seq := last.seq + 1;
            last.stream := entry.stream;
            insert into ledger_links (room, seq, stream, place, digest, hash)
              values ('${room}', last.seq, entry.stream, entry.place, entry.digest, last.hash);
          end loop;
          insert into ledger_heads (room, seq, hash, adopted_seq, adopted_at)
            values ('${room}', last.seq, last.hash, last.seq, now());
        end $$;`
