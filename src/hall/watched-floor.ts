import { type City, startOfDay } from '../city/index.ts'
import { type Desk, type Floor, openFloor } from '../desk/index.ts'
import type { Clock, Log } from '../foundation/index.ts'
import type { CallRecords, createWhereabouts } from '../telephony/index.ts'

type FloorDependencies = {
  readonly desk: Desk
  readonly calls: Pick<CallRecords, 'figuresOf'>
  readonly whereabouts: ReturnType<typeof createWhereabouts>
  readonly city: City
  readonly clock: Clock
  readonly log: Log
}

/** When a supervisor watches, the journal tells where callers are, and the database what the day came to. */
export function watchFloor({ desk, calls, whereabouts, city, clock, log }: FloorDependencies): Floor {
  return openFloor({
    desk,
    clock,
    log,
    places: whereabouts.count,
    today: async () => {
      const untilMs = clock.now()
      const fromMs = startOfDay(untilMs, city.timeZone)
      const figures = await calls.figuresOf({ fromMs, untilMs })
      return { fromMs, soonMs: city.soonSeconds * 1000, target: city.answerTarget, ...figures }
    },
  })
}
