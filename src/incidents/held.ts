import { type Clock, type Log, reasonOf } from '../foundation/index.ts'
import { type Database, follow } from '../storage/index.ts'
import type { Incident } from './incident.ts'
import { selectOpen } from './store.ts'

/** Present and coming incidents, held in memory so that a call between greeting and queue need not wait for them. */
export type Held = {
  all(): readonly Incident[]
  /** Resolves when they have been read again, or could not be. */
  read(): Promise<void>
  /** Notification channel that tells every node once a transaction commits. */
  readonly channel: string
  close(): Promise<void>
}

const channel = 'incidents_changed'
/** How often to read again, in case a notification was missed. */
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
