import type { Cancel, Clock, Log } from '../foundation/index.ts'
import { reasonOf } from '../foundation/index.ts'
import { type Handler, handle, type Jobs } from '../jobs/index.ts'
import type { Database } from '../storage/index.ts'
import { deleteOver } from './index-store.ts'
import { knowledgeEndingQueue } from './jobs.ts'
import { insertNotices } from './store.ts'

const dayMs = 24 * 3_600_000
const everyMs = 3_600_000
const soonMs = 60_000
const retryMs = 60_000
/** Before the end, so many days: each told once of each version. */
export const toldDays = [30, 7] as const
const batch = 200

type Options = {
  readonly database: Database
  readonly jobs: Pick<Jobs, 'enqueue'>
  readonly clock: Clock
  readonly log: Log
  told(count: number): void
}

/** Tells owners of what ends, and takes out of the index what is over. */
export function createEnding({ database, jobs, clock, log, told }: Options) {
  let stop: Cancel = () => undefined
  const enqueue = (atMs: number) =>
    jobs.enqueue(database, knowledgeEndingQueue, {}, { key: 'next', atMs }).then(() => undefined)

  async function round(): Promise<void> {
    const nowMs = clock.now()
    for (const days of toldDays)
      told(
        await insertNotices(database, {
          days,
          untilBefore: new Date(nowMs + days * dayMs),
          at: new Date(nowMs),
        }),
      )
    while ((await database.transaction(tx => deleteOver(tx, new Date(nowMs), batch))) === batch);
  }

  /** The first round; each makes the next. Without a database it is tried again until there is one. */
  function begin(): void {
    enqueue(clock.now() + soonMs).catch((error: unknown) => {
      log.debug({ reason: reasonOf(error) }, 'owners of knowledge are told of no end yet')
      stop = clock.after(retryMs, begin)
    })
  }

  const handlers: readonly Handler[] = [
    handle(knowledgeEndingQueue, async () => {
      await round()
      await enqueue(clock.now() + everyMs)
    }),
  ]
  return { begin, round, handlers, close: () => stop() }
}
