import type { Reported, StoredEvent } from '../ledger/index.ts'
import type { TrailAct } from './api.ts'

/** What is in the ledger of it: an hour is a stream. */
export const trailRoom = 'trail'

/** `erased` says of a whole stream that it was let go of; that somebody erased something is an entry as any other. */
const erasedByThem = 'erased-by-them'
export const kindOf = (act: TrailAct): string => (act === 'erased' ? erasedByThem : act)
const actOf = (kind: string) => (kind === erasedByThem ? 'erased' : kind)
/** Entries of before that were called so have an id, as every entry has; the end of an hour has none. */
const isEndOfHour = ({ kind, data }: StoredEvent) => kind === 'erased' && data.id === undefined

/** Each entry, held against its event; an hour whose time is over is erased in due form. */
export const reportedTrail: Reported = {
  room: trailRoom,
  tables: [{ name: 'trail', stream: 'hour', order: 'place', apart: {} }],
  streamsAtOnce: 4,
  rebuild: (hour, events) => ({
    trail: events
      .filter(event => !isEndOfHour(event))
      .map(({ place, atMs, kind, data }) => ({ ...data, hour, place, at: new Date(atMs), act: actOf(kind) })),
  }),
}
