import type { Migration } from '../storage/index.ts'

/** A row each recording: a call has more than one where the process, or the worker, that served it died. */
export const recordingMigrations: readonly Migration[] = [
  {
    name: 'recording-1-kept',
    sql: `
      create table recordings (
        id text collate "C" primary key,
        call_id text collate "C" not null,
        line text not null,
        number text not null,
        file text not null,
        invited_at timestamptz not null,
        began_at timestamptz not null,
        ended_at timestamptz,
        duration_ms integer not null,
        cut_by text,
        seats jsonb not null,
        spans jsonb not null
      );
      create index recordings_began_at on recordings (began_at desc, id desc);
      create index recordings_of_call on recordings (call_id);
      create index recordings_of_number on recordings (number, began_at desc) where number <> '';
      create index recordings_of_seats on recordings using gin (seats jsonb_path_ops);
      create index recordings_running on recordings (id) where ended_at is null;
      create table recording_orders (
        call_id text collate "C" not null,
        order_number text collate "C" not null,
        primary key (order_number, call_id)
      );
      create index recording_orders_of_call on recording_orders (call_id);
      create table recording_notes (
        id text collate "C" primary key,
        recording_id text collate "C" not null references recordings on delete cascade,
        at_ms integer not null,
        words text not null,
        by text not null,
        made_at timestamptz not null
      );
      create index recording_notes_of on recording_notes (recording_id);
      create table recording_reviews (
        id text collate "C" primary key,
        recording_id text collate "C" not null references recordings on delete cascade,
        seat text not null,
        sheet jsonb not null,
        marks jsonb not null,
        comment text,
        points integer not null,
        by text not null,
        made_at timestamptz not null,
        answer text,
        answered_at timestamptz
      );
      create index recording_reviews_of on recording_reviews (recording_id);`,
  },
]
