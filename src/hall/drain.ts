import { type Clock, type Log, reasonOf, sleep } from '../foundation/index.ts'
import type { Settings } from '../settings/index.ts'
import type { SpokenNotice } from '../speech/index.ts'
import { type Call, countCuts, type createWhereabouts, type Journal, type Line } from '../telephony/index.ts'
import type { Room } from './rooms.ts'

/** How often it is looked whether the last call is over, and who waits now. */
const lookMs = 100
/** How long before the limit callers are told that it comes: enough for the sentence. */
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
 * The last minutes of a hotline that is to stop: no new calls, and those that are up go on. Who waits for a person is told
 * that they keep their place, or, when the limit comes, what to do.
 * @param hurry ends it at once
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

/** @returns tells each caller once what is so now; to be asked again and again, as callers come to wait. */
function teller(
  { reception, whereabouts, notices, log }: Draining,
  limitMs: number,
): (leftMs: number) => void {
  const told = new Map<Call, SpokenNotice>()
  // A promise that is taken back as soon as it was said is better not made.
  const keepsPlaces = limitMs >= 2 * lastWordsMs
  return leftMs => {
    for (const call of reception.callers()) {
      const at = whereabouts.of(call.id)?.at
      const waits = at === 'queue' || at === 'offered'
      // Whoever has a person is left in peace, and whom we rang has nothing to ring again for.
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

/** Closed first of all: whoever is still on the line then is cut off, and known by where they were. */
export const cutOff = ({ whereabouts, journal, log }: CutOff): Room => ({
  close() {
    const cuts = whereabouts.cuts()
    for (const { call, cut } of cuts) journal.write(call, cut)
    if (cuts.length > 0) log.warn(countCuts(cuts.map(({ cut }) => cut)), 'calls are cut off')
  },
})
