import { type Cancel, type Clock, type Log, reasonOf } from '../foundation/index.ts'
import type { Database } from '../storage/index.ts'
import { type Caller, ordinaryCaller } from './caller.ts'
import { listMarked, type Marked, selectMarked } from './store.ts'

/**
 * Marked callers, in memory: on a busy embedded database, one look-up in sixteen took longer than the 200 ms that a
 * greeting can wait. They are all read at the start; after that, a trigger notifies of every changed row.
 */
export type Marks = {
  /** What is known of a number; undefined if only the database can tell. */
  of(number: string): Caller | undefined
  /** Resolves when this number has been read again, or could not be. */
  follow(number: string): Promise<void>
  close(): Promise<void>
}

/** Notified by the trigger of `callers-3-told`. */
const channel = 'callers_changed'

/** One page at a time, so that the event loop runs in between. */
const pageSize = 1_000
/** Some 20 MB. Beyond it, numbers that are not held are looked up. */
const mostHeld = 100_000
/** How late a change is noticed whose notification was missed. */
const readAgainMs = 5 * 60_000
const retryMs = 1_000

export function holdMarks({
  database,
  clock,
  log,
  most = mostHeld,
}: {
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
  readonly most?: number
}): Marks {
  let held = new Map<string, Caller>()
  /** Whether all marks are held, so that a number not held has none. */
  let isWhole = false
  let isDue = true
  const changed = new Set<string>()
  let reading: Promise<void> | undefined
  let cancel: Cancel = () => undefined
  let closed = false

  async function readAll() {
    isDue = false
    changed.clear()
    const all = new Map<string, Caller>()
    let page: readonly Marked[]
    let after = ''
    do {
      page = await listMarked(database, { after, limit: Math.min(pageSize, most - all.size + 1) })
      for (const { number, caller } of page) all.set(number, caller)
      after = page.at(-1)?.number ?? after
    } while (page.length > 0 && all.size <= most)
    isWhole = all.size <= most
    held = all
    readAgainIn(readAgainMs)
  }

  async function readChanged() {
    const numbers = [...changed].slice(0, pageSize)
    for (const number of numbers) changed.delete(number)
    const marked = await selectMarked(database, numbers)
    for (const number of numbers) held.delete(number)
    for (const { number, caller } of marked) {
      if (held.size < most) held.set(number, caller)
      else isWhole = false
    }
  }

  async function catchUp() {
    try {
      while (!closed && (isDue || changed.size > 0)) await (isDue ? readAll() : readChanged())
    } catch (error) {
      isDue = true
      log.warn({ reason: reasonOf(error) }, 'marks of callers could not be read')
      readAgainIn(retryMs)
    } finally {
      reading = undefined
    }
  }

  function read(): Promise<void> {
    if (closed) return Promise.resolve()
    reading ??= catchUp()
    return reading
  }

  function readAgainIn(ms: number) {
    cancel()
    if (closed) return
    cancel = clock.after(ms, () => {
      isDue = true
      void read()
    })
  }

  function hear(number: string) {
    // With more changes than are held, reading everything is faster.
    if (changed.size >= most) isDue = true
    else changed.add(number)
    void read()
  }

  // Listens before reading, so that changes in between are read again.
  const listening = database.listen(channel, hear).catch((error: unknown) => {
    log.warn({ reason: reasonOf(error) }, 'changes of marks are not heard')
    return () => undefined
  })
  void listening.then(read)

  return {
    of: number => held.get(number) ?? (isWhole ? ordinaryCaller : undefined),
    async follow(number) {
      await listening
      changed.add(number)
      await read()
    },
    async close() {
      closed = true
      cancel()
      ;(await listening)()
      await reading
    },
  }
}
