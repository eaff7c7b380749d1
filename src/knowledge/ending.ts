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
/** Owners are told this many days before the end, once per version. */
export const toldDays = [30, 7] as const
const batch = 200

type Options = {
  readonly database: Database
  readonly jobs: Pick<Jobs, 'enqueue'>
  readonly clock: Clock
  readonly log: Log
  told(count: number): void
}

/** Tells owners which entries end soon, and removes ended ones from the index. */
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

  /** Enqueues the first round; each round enqueues the next. Retries while the database is away. */
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
