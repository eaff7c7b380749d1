import { type Cancel, type Clock, type Fault, type Log, reasonOf } from '../../foundation/index.ts'
import { awayFault } from '../faults.ts'
import { dropUnfinished, refuseUnfitFolder, unfinishedMark, unopenedFault, writeBeside } from './folder.ts'
import { listenTo } from './listening.ts'
import { type PgliteThread, startPgliteThread } from './pglite-thread.ts'

/** PGlite in its thread, started again whenever it ends: calls go on without it, and it is back before they are over. */
export type DatabaseEngine = {
  /** The thread that serves now. @throws Fault `database-away` while there is none, with why and what mends it */
  thread(): PgliteThread
  /** Hears this channel on the thread that serves and on those after it. */
  hear(channel: string): Promise<void>
  /** It was late: one that hangs on a disk that it can no longer write is ended. */
  doubt(): Promise<void>
  close(): Promise<void>
}

const firstRetryMs = 1_000
const longestRetryMs = 60_000

/** Resolves after the first start, whether there is a database then or not. */
export async function startEngine({
  directory,
  clock,
  log,
  onNotified,
}: {
  /** In memory when absent: what was in it went with its thread, and it is not started again. */
  readonly directory: string | undefined
  readonly clock: Clock
  readonly log: Log
  readonly onNotified: (channel: string, payload: string) => void
}): Promise<DatabaseEngine> {
  const channels = new Set<string>()
  let serving: PgliteThread | undefined
  let trouble: Fault = awayFault('the embedded database starts', '', 'a moment')
  let retryMs = firstRetryMs
  let closed = false
  let stopRetry: Cancel = () => undefined

  async function open(): Promise<PgliteThread> {
    if (directory === undefined) return startPgliteThread({}, clock, onNotified)
    await dropUnfinished(directory)
    await refuseUnfitFolder(directory)
    return startPgliteThread({ directory, mark: unfinishedMark(directory) }, clock, onNotified).catch(
      async error => {
        throw await unopenedFault(directory, error)
      },
    )
  }

  async function start(): Promise<void> {
    try {
      const thread = await open()
      for (const channel of channels) await thread.run(listenTo(channel), [])
      if (closed) return await thread.close()
      serving = thread
      retryMs = firstRetryMs
      thread.dead.addEventListener('abort', () => failed(thread.dead.reason), { once: true })
    } catch (error) {
      failed(error)
    }
  }

  function failed(error: unknown) {
    serving = undefined
    if (closed) return
    trouble =
      error instanceof Error && error.name === 'Fault' ? (error as Fault) : awayFault(reasonOf(error), '', '')
    log.error({ reason: trouble.found, expected: trouble.expected }, 'no embedded database')
    if (directory === undefined) return
    stopRetry = clock.after(retryMs, () => void start())
    retryMs = Math.min(retryMs * 2, longestRetryMs)
  }

  await start()
  return {
    thread() {
      if (serving) return serving
      throw trouble
    },
    async hear(channel) {
      channels.add(channel)
      await serving?.run(listenTo(channel), [])
    },
    async doubt() {
      const thread = serving
      if (thread && directory !== undefined)
        await writeBeside(directory).catch(error => thread.kill(reasonOf(error)))
    },
    async close() {
      closed = true
      stopRetry()
      await serving?.close()
    },
  }
}
