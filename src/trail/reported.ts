import type { Reported, StoredEvent } from '../ledger/index.ts'
import type { TrailAct } from './api.ts'

/** The trail's room in the ledger. Each hour is a stream. */
export const trailRoom = 'trail'

/** In the ledger `erased` means that a whole stream was deleted, so an entry about somebody erasing something has another name. */
const erasedByThem = 'erased-by-them'
export const kindOf = (act: TrailAct): string => (act === 'erased' ? erasedByThem : act)
const actOf = (kind: string) => (kind === erasedByThem ? 'erased' : kind)
/** Older entries used that name as well, but have an id, as every entry does; the end of an hour has none. */
const isEndOfHour = ({ kind, data }: StoredEvent) => kind === 'erased' && data.id === undefined

/** Compares each entry with its event. An hour whose retention has ended is marked as erased. */
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
