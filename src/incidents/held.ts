import { type Clock, type Log, reasonOf } from '../foundation/index.ts'
import { type Database, follow } from '../storage/index.ts'
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
  const read = async () => {
    held = await selectOpen(database, new Date(clock.now()))
  }
  const following = follow({
    database,
    channel,
    everyMs: readAgainMs,
    clock,
    look: read,
    missed: error => log.warn({ reason: reasonOf(error) }, 'known incidents are told as they were read last'),
  })
  void following.behind(read)

  return {
    all: () => held,
    read: () => following.behind(read),
    channel,
    close: following.close,
  }
}
