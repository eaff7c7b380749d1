import type { Reported } from '../ledger/index.ts'

/** What is in the ledger of it: an hour is a stream. */
export const trailRoom = 'trail'

/** Each entry, held against its event; an hour whose time is over is erased in due form. */
export const reportedTrail: Reported = {
  room: trailRoom,
  tables: [{ name: 'trail', stream: 'hour', order: 'place', apart: {} }],
  streamsAtOnce: 4,
  rebuild: (hour, events) => ({
    trail: events
      .filter(({ kind }) => kind !== 'erased')
      .map(({ place, atMs, kind, data }) => ({ ...data, hour, place, at: new Date(atMs), act: kind })),
  }),
}
