import { type Cancel, type Clock, type Log, reasonOf } from '../foundation/index.ts'
import type { Database } from '../storage/index.ts'
import type { Incident } from './incident.ts'
import { selectOpen } from './store.ts'

/** Incidents that are or come, in memory: a call asks for them between the greeting and the queue, and waits for nothing. */
export type Held = {
  all(): readonly Incident[]
  /** Resolves when they have been read anew, or could not be. */
  read(): Promise<void>
  /** Tells every node, once the transaction is committed. */
  readonly channel: string
  close(): Promise<void>
}

const channel = 'incidents_changed'
/** What was told while nobody could listen is known this late. */
const readAgainMs = 60_000

export function holdIncidents({
  database,
  clock,
  log,
}: {
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
}): Held {
  let held: readonly Incident[] = []
  let closed = false
  let stop: Cancel = () => undefined

  const read = async () => {
    try {
      held = await selectOpen(database, new Date(clock.now()))
    } catch (error) {
      log.warn({ reason: reasonOf(error) }, 'known incidents are told as they were read last')
    }
  }
  const readOnAndOn = async () => {
    await read()
    if (!closed) stop = clock.after(readAgainMs, () => void readOnAndOn())
  }
  const listening = database.listen(channel, () => void read()).catch(() => () => undefined)
  void readOnAndOn()

  return {
    all: () => held,
    read,
    channel,
    async close() {
      closed = true
      stop()
      await (await listening)()
    },
  }
}
