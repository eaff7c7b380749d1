import { type Clock, type Log, newId, reasonOf } from '../../foundation/index.ts'
import type { Database } from '../../storage/index.ts'
import { beat, endCallsOfTheDead, endLife } from './life-store.ts'

/** A process that writes calls down. One that dies leaves them open: they are ended by the next, or by another that lives. */
export type Life = {
  readonly id: string
  /** Ends the calls that the dead have left, now and from time to time. Resolves once that was tried for the first time. */
  begin(): Promise<void>
  close(): Promise<void>
}

const beatEveryMs = 10_000
/** Who has not beaten for so long is dead. */
const deadAfterMs = 30_000

/** @param alone nobody else can have this database open: whoever is not us is dead. */
export function createLife({
  database,
  clock,
  log,
  alone,
}: {
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
  readonly alone: boolean
}): Life {
  const id = newId('life')
  let lastBeatMs = clock.monotonicMs()
  let stopTimer: () => void = () => undefined
  let closed = false

  const turn = async () => {
    try {
      const nowMs = clock.now()
      await beat(database, id, nowMs)
      // After a database that was away for all, others deserve the time to say that they live.
      const wasAway = clock.monotonicMs() - lastBeatMs > deadAfterMs / 2
      lastBeatMs = clock.monotonicMs()
      if (wasAway) return
      const ended = await endCallsOfTheDead(database, id, alone ? nowMs : nowMs - deadAfterMs)
      if (ended > 0) log.warn({ calls: ended }, 'ended calls of a process that died')
    } catch (error) {
      log.warn({ reason: reasonOf(error) }, 'open calls were not looked at')
    } finally {
      if (!closed) stopTimer = clock.after(beatEveryMs, () => void turn())
    }
  }
  return {
    id,
    begin: turn,
    async close() {
      closed = true
      stopTimer()
      // Its calls have ended, and said so.
      await endLife(database, id).catch(error =>
        log.debug({ reason: reasonOf(error) }, 'a life was not ended'),
      )
    },
  }
}
