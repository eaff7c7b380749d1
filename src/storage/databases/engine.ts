import { type Cancel, type Clock, type Fault, type Log, reasonOf } from '../../foundation/index.ts'
import { awayFault } from '../faults.ts'
import { dropUnfinished, refuseUnfitFolder, unfinishedMark, unopenedFault, writeBeside } from './folder.ts'
import { listenTo } from './listening.ts'
import { type PgliteThread, startPgliteThread } from './pglite-thread.ts'

/** Runs PGlite in a thread and restarts it whenever it ends. Calls go on without it meanwhile. */
export type DatabaseEngine = {
  /** The current thread. @throws Fault `database-away` while there is none, with the reason and what mends it */
  thread(): PgliteThread
  /** Listens to a channel on the current thread and on its successors. */
  hear(channel: string): Promise<void>
  /** Called when a statement was late: ends a thread that hangs because its disk can no longer be written. */
  doubt(): Promise<void>
  close(): Promise<void>
}

const firstRetryMs = 1_000
const longestRetryMs = 60_000

/** Resolves after the first try to start, whether it succeeded or not. */
export async function startEngine({
  directory,
  clock,
  log,
  onNotified,
}: {
  /** In memory when absent; its data are then lost with its thread, so it is not restarted. */
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
