import { type Clock, type Log, reasonOf, sleep } from '../foundation/index.ts'
import type { Settings } from '../settings/index.ts'
import type { SpokenNotice } from '../speech/index.ts'
import { type Call, countCuts, type createWhereabouts, type Journal, type Line } from '../telephony/index.ts'
import type { Room } from './rooms.ts'

/** How often the drain checks for the last call's end, and for callers to tell. */
const lookMs = 100
/** How long before the limit callers are told that it is coming: enough for the sentence. */
const lastWordsMs = 8_000

type Whereabouts = ReturnType<typeof createWhereabouts>

type Draining = {
  readonly settings: Pick<Settings, 'DRAIN_SECONDS'>
  readonly rooms: readonly Room[]
  readonly lines: { readonly all: readonly Pick<Line, 'size'>[] }
  readonly reception: { callers(): Iterable<Call> }
  readonly whereabouts: Pick<Whereabouts, 'of'>
  readonly notices: { say(call: Call, notice: SpokenNotice): Promise<unknown> }
  readonly clock: Clock
  readonly log: Log
}

/**
 * Drains a hotline that is to stop: new calls are refused and current ones go on. Callers waiting for a person are
 * told that they keep their place or, near the limit, what to do.
 * @param hurry ends the drain at once
 * @returns how many calls are still up
 */
export async function drain(house: Draining, hurry?: AbortSignal): Promise<number> {
  const { settings, rooms, lines, clock, log } = house
  const limitMs = settings.DRAIN_SECONDS * 1000
  const up = () => lines.all.reduce((sum, line) => sum + line.size(), 0)
  const endMs = clock.monotonicMs() + limitMs
  const tell = teller(house, limitMs)
  log.info({ calls: up(), limitMs }, 'takes no new calls')
  for (const room of rooms) await room.drain?.()
  while (up() > 0 && clock.monotonicMs() < endMs && !hurry?.aborted) {
    tell(endMs - clock.monotonicMs())
    await sleep(clock, lookMs, hurry).catch(() => undefined)
  }
  log.info({ calls: up() }, 'ends the calls that are still up')
  return up()
}

/**
 * @returns a function that tells each caller, once, what now applies; it is called repeatedly, since callers keep
 * coming into the queue
 */
function teller(
  { reception, whereabouts, notices, log }: Draining,
  limitMs: number,
): (leftMs: number) => void {
  const told = new Map<Call, SpokenNotice>()
  // With so short a limit the promise to keep their place would be withdrawn as soon as it was made.
  const keepsPlaces = limitMs >= 2 * lastWordsMs
  return leftMs => {
    for (const call of reception.callers()) {
      const at = whereabouts.of(call.id)?.at
      const waits = at === 'queue' || at === 'offered'
      // A caller talking with a person is not interrupted, and somebody whom we rang has no reason to ring again.
      if (!waits && (at !== 'flow' || call.direction === 'out')) continue
      const notice = leftMs <= lastWordsMs ? 'stopped' : waits && keepsPlaces ? 'stopping' : undefined
      if (notice === undefined || told.get(call) === notice) continue
      told.set(call, notice)
      notices
        .say(call, notice)
        .catch(error => log.warn({ call: call.id, reason: reasonOf(error) }, 'not told'))
    }
  }
}

type CutOff = {
  readonly whereabouts: Pick<Whereabouts, 'cuts'>
  readonly journal: Journal
  readonly log: Log
}

/** The first room to close: notes where each remaining caller was when they were cut off. */
export const cutOff = ({ whereabouts, journal, log }: CutOff): Room => ({
  close() {
    const cuts = whereabouts.cuts()
    for (const { call, cut } of cuts) journal.write(call, cut)
    if (cuts.length > 0) log.warn(countCuts(cuts.map(({ cut }) => cut)), 'calls are cut off')
  },
})
