import { type Desk, type Floor, openFloor } from '../desk/index.ts'
import type { Clock, Log } from '../foundation/index.ts'
import { createFlowCrowd, type FlowCrowd } from '../ivr/index.ts'
import type { Database } from '../storage/index.ts'
import { createWhereabouts, dayFigures, type Journal, type StoredJournal } from '../telephony/index.ts'

type House = {
  readonly desk: Desk
  readonly database: Database
  readonly stored: Pick<StoredJournal, 'flush'>
  readonly whereabouts: Whereabouts
  readonly clock: Clock
  readonly log: Log
}
export type Whereabouts = ReturnType<typeof createWhereabouts>

/** Answered soon, by GB/T 33358-2016. */
const soonMs = 15_000
const dayMs = 24 * 60 * 60_000
/** China has one time, and no summer time. */
const zoneMs = 8 * 60 * 60_000

/** The journal, read along on its way: who watches the floor sees where callers are. */
export function readAlong(journal: Journal): {
  readonly journal: Journal
  readonly whereabouts: Whereabouts
  readonly crowd: FlowCrowd
} {
  const whereabouts = createWhereabouts()
  const crowd = createFlowCrowd()
  return {
    whereabouts,
    crowd,
    journal: crowd.follow({
      write(call, fact) {
        whereabouts.write(call, fact)
        journal.write(call, fact)
      },
    }),
  }
}

/** When a supervisor watches the floor, they see the line, the seats, where callers are, and what today came to. */
export function openFloorOffice({ desk, database, stored, whereabouts, clock, log }: House): Floor {
  return openFloor({
    desk,
    clock,
    log,
    places: whereabouts.count,
    async today() {
      const nowMs = clock.now()
      const fromMs = Math.floor((nowMs + zoneMs) / dayMs) * dayMs - zoneMs
      await stored.flush()
      return { fromMs, ...(await dayFigures(database, { fromMs, untilMs: nowMs, soonMs })) }
    },
  })
}
