import { type City, startOfDay } from '../city/index.ts'
import { type Desk, type Floor, openFloor } from '../desk/index.ts'
import type { Clock, Log } from '../foundation/index.ts'
import { createFlowCrowd, type FlowCrowd } from '../ivr/index.ts'
import type { Database } from '../storage/index.ts'
import { createWhereabouts, dayFigures, type Journal, type StoredJournal } from '../telephony/index.ts'

type House = {
  readonly city: City
  readonly desk: Desk
  readonly database: Database
  readonly stored: Pick<StoredJournal, 'flush'>
  readonly whereabouts: Whereabouts
  readonly clock: Clock
  readonly log: Log
}
export type Whereabouts = ReturnType<typeof createWhereabouts>

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
export function openFloorOffice({ city, desk, database, stored, whereabouts, clock, log }: House): Floor {
  return openFloor({
    desk,
    clock,
    log,
    places: whereabouts.count,
    async today() {
      const nowMs = clock.now()
      const fromMs = startOfDay(nowMs, city.timeZone)
      await stored.flush()
      const soonMs = city.soonSeconds * 1000
      const figures = await dayFigures(database, { fromMs, untilMs: nowMs, soonMs })
      return { fromMs, soonMs, target: city.answerTarget, ...figures }
    },
  })
}
