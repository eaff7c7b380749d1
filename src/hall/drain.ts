import { type Clock, type Log, sleep } from '../foundation/index.ts'
import type { Line } from '../telephony/index.ts'
import type { Room } from './rooms.ts'

/** How often it is looked whether the last call is over. */
const lookMs = 100

type Draining = {
  readonly rooms: readonly Room[]
  readonly lines: readonly Pick<Line, 'size'>[]
  /** For how long conversations go on: DRAIN_SECONDS. */
  readonly limitMs: number
  readonly clock: Clock
  readonly log: Log
}

/**
 * The last minutes of a hotline that is to stop: no new calls, and those that are up go on.
 * @param hurry ends it at once
 * @returns how many calls are still up
 */
export async function drain(
  { rooms, lines, limitMs, clock, log }: Draining,
  hurry?: AbortSignal,
): Promise<number> {
  const up = () => lines.reduce((sum, line) => sum + line.size(), 0)
  const untilMs = clock.monotonicMs() + limitMs
  log.info({ calls: up(), limitMs }, 'takes no new calls')
  for (const room of rooms) await room.drain?.()
  while (up() > 0 && clock.monotonicMs() < untilMs && !hurry?.aborted)
    await sleep(clock, lookMs, hurry).catch(() => undefined)
  log.info({ calls: up() }, 'ends the calls that are still up')
  return up()
}
