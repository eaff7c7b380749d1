import { type Cancel, type Clock, type Log, sleep } from '../foundation/index.ts'
import { isLate, mustWait, whyOf } from './faults.ts'
import type { Spill } from './spill.ts'

/**
 * Writes to the database in the background, so that no caller waits. While the database is away all items wait, on disk if
 * there is a spill. An item that the database refuses is set aside and does not stop those behind it.
 */
export type WriteBehind<Item> = {
  /** Never waits and never throws. */
  put(item: Item): void
  /** Writes at once. Resolves when nothing waits any more, or the database did not take it. */
  flush(): Promise<void>
  /**
   * Resolves once every waiting item of mine is in the database, or on disk until the database takes it. Resolves with
   * undefined if one is in neither: there was no room, it was refused, or there is no spill. It takes a few seconds at
   * most, however slow the database is.
   */
  safe(isMine: (item: Item) => boolean): Promise<SafePlace>
  figures(): WriteBehindFigures
  /** Writes what waits if the database takes it, spills the rest, and accepts no more items. */
  close(): Promise<void>
}

/** Where items are safe; undefined if nowhere. */
export type SafePlace = 'database' | 'disk' | undefined

export type WriteBehindFigures = {
  readonly name: string
  /** Items not yet in the database; `spilled` of them are on disk. */
  readonly waiting: number
  readonly spilled: number
  /** Items set aside since the start because the database refused them. */
  readonly refused: number
  /** Items lost since the start because there was no room in memory or on disk. */
  readonly lost: number
  /** Why items are waiting, without any of their values; absent while the database takes them. */
  readonly trouble?: string
}

export type WriteBehindOptions<Item> = {
  /** For logs and metrics: the name of the queue and of its items, such as `journal` and `facts`. */
  readonly name: string
  readonly things: string
  /** Writes all items or none. Writing the same items again after a crash must change nothing. */
  readonly write: (items: readonly Item[]) => Promise<unknown>
  /** How a log refers to an item: an id, never a phone number, a name or words. */
  readonly idOf: (item: Item) => string
  /** If given, only the latest item of each key is written. */
  readonly keyOf?: (item: Item) => string
  readonly spill?: Spill<Item>
  readonly clock: Clock
  readonly log: Log
  /** The most items per write; fewer are written while that takes too long. */
  readonly batchSize?: number
  /** How long items gather before a write, so that a busy second takes a few transactions instead of hundreds. */
  readonly gatherMs?: number
  readonly retryMs?: number
  /** The most items in memory. More go to disk if there is a spill, and are lost otherwise. */
  readonly mostWaiting?: number
}

/** How long `safe` waits for the database before it writes the items to disk. */
const safeMs = 2_000

/**
 * A batch should take no longer than this, because `safe` waits behind the batch being written. On an overloaded machine
 * a batch that misses its deadline would miss it every time and block everything behind it, so batches shrink.
 */
const longMs = 1_000

/** What waits longer than this is written to disk, while the database takes nothing: a process that is killed then loses no more. */
const memoryMs = 100

export function createWriteBehind<Item>(options: WriteBehindOptions<Item>): WriteBehind<Item> {
  const { name, things, write, idOf, keyOf, spill, clock, log } = options
  const { batchSize = 1, gatherMs = 0, retryMs = 1_000, mostWaiting = 10_000 } = options
  const waiting: Item[] = []
  /** Items read back from disk and not written yet: older than all others. */
  let resumed: readonly Item[] = []
  let [refused, lost] = [0, 0]
  /** Why the last write did not get through. */
  let trouble: string | undefined
  /** Monotonic. */
  let writingSinceMs = 0
  /** Items given to the database, which has not answered yet. Those in `doubled` are on disk by now as well. */
  let flying: readonly Item[] = []
  const doubled = new Set<Item>()
  /** The present batch size. */
  let most = batchSize
  /** Pending calls of `safe`. */
  const asking = new Set<{ readonly theirs: ReadonlySet<Item>; isOnDisk: boolean; isGone: boolean }>()
  let closed = false
  let flushing: Promise<void> | undefined
  let stopTimer: Cancel | undefined
  let stopKeeping: Cancel | undefined

  function lose(count: number, reason: string) {
    // Log at the first, the tenth, the hundredth loss, so that the log is not flooded.
    if (String(lost).length < String(lost + count).length || lost === 0)
      log.error({ queue: name, lost: lost + count, reason }, `${name} loses ${things}`)
    lost += count
  }

  function setAside(item: Item, error: unknown) {
    refused++
    for (const one of asking) one.isGone ||= one.theirs.has(item)
    log.error({ queue: name, item: idOf(item), refused, reason: whyOf(error) }, `${name} sets one aside`)
    spill?.setAside(item, whyOf(error))
  }

  /** @returns the items that have to wait. A refused item is found by halving the batch, so that it blocks no others. */
  async function writeSome(items: readonly Item[]): Promise<readonly Item[]> {
    writingSinceMs = clock.monotonicMs()
    try {
      await write(items)
      trouble = undefined
      const isLong = clock.monotonicMs() - writingSinceMs > longMs
      if (isLong) most = Math.max(1, Math.floor(items.length / 2))
      else if (items.length >= most) most = Math.min(batchSize, most * 2)
      return []
    } catch (error) {
      if (mustWait(error)) {
        trouble = whyOf(error)
        if (isLate(error)) most = Math.max(1, Math.floor(items.length / 4))
        return items
      }
      trouble = undefined
      const [only] = items
      if (items.length === 1 && only !== undefined) {
        setAside(only, error)
        return []
      }
      const half = Math.ceil(items.length / 2)
      const rest = await writeSome(items.slice(0, half))
      return rest.length > 0 ? [...rest, ...items.slice(half)] : writeSome(items.slice(half))
    }
  }

  const hasSpilled = () => resumed.length > 0 || (spill?.size() ?? 0) > 0

  /** @returns whether the database takes more: what lies on disk is older than what waits, and goes first */
  async function writeSpilled(from: Spill<Item>): Promise<boolean> {
    if (resumed.length === 0) resumed = from.take(batchSize)
    const some = resumed.slice(0, most)
    const rest = some.length > 0 ? await writeSome(some) : []
    resumed = [...rest, ...resumed.slice(some.length)]
    if (resumed.length === 0) from.settle()
    return rest.length === 0
  }

  async function writeWaiting(): Promise<boolean> {
    flying = waiting.splice(0, most)
    const left = await writeSome(flying)
    const rest = left.filter(item => !doubled.has(item))
    flying = []
    doubled.clear()
    waiting.unshift(...rest.filter(item => !keyOf || !waiting.some(newer => keyOf(newer) === keyOf(item))))
    return left.length === 0
  }

  async function writeAll(): Promise<void> {
    let goesOn = true
    while (goesOn && (hasSpilled() || waiting.length > 0))
      goesOn = await (spill && hasSpilled() ? writeSpilled(spill) : writeWaiting())
    if (goesOn) return
    toDisk(waiting)
    log.warn({ queue: name, reason: trouble, waiting: count() }, `${name} waits for the database`)
    if (!closed) arm(retryMs)
  }

  /** Nothing waits in memory for long while the database is away, or does not answer. */
  function keepSoon() {
    if (!spill || closed) return
    stopKeeping ??= clock.after(memoryMs, () => {
      stopKeeping = undefined
      const isLate = flushing && clock.monotonicMs() - writingSinceMs >= longMs
      if (trouble !== undefined || isLate) toDisk([...flying, ...waiting])
      else if (flushing) keepSoon()
    })
  }

  /** Moves items to disk. @returns whether all of them are there now */
  function toDisk(items: readonly Item[]): boolean {
    const added = new Set(items.filter(item => !doubled.has(item)))
    if (added.size > 0 && !spill?.append([...added])) return false
    for (const item of flying) if (added.has(item)) doubled.add(item)
    waiting.splice(0, waiting.length, ...waiting.filter(item => !added.has(item)))
    for (const one of asking) one.isOnDisk ||= [...one.theirs].some(item => added.has(item))
    return true
  }

  const count = () => waiting.length + resumed.length + (spill?.size() ?? 0)

  const flush = () => {
    stopTimer?.()
    stopTimer = undefined
    flushing ??= writeAll().finally(() => {
      flushing = undefined
      if (waiting.length > 0 && !trouble && !closed) arm(gatherMs)
    })
    return flushing
  }

  const arm = (delayMs: number) => {
    stopTimer ??= clock.after(delayMs, () => {
      stopTimer = undefined
      void flush()
    })
  }

  function put(item: Item) {
    const at = keyOf ? waiting.findIndex(older => keyOf(older) === keyOf(item)) : -1
    if (at >= 0) waiting[at] = item
    else {
      if (waiting.length >= mostWaiting) toDisk(waiting)
      if (closed || waiting.length >= mostWaiting) return lose(1, closed ? 'closed' : 'full')
      waiting.push(item)
    }
    if (flushing || trouble !== undefined) keepSoon()
    if (flushing) return
    if (gatherMs > 0) arm(gatherMs)
    else if (!stopTimer) void flush()
  }

  if ((spill?.size() ?? 0) > 0) {
    log.warn({ queue: name, waiting: count() }, `${name} goes on with ${things} from before`)
    arm(gatherMs)
  }

  async function safe(isMine: (item: Item) => boolean): Promise<SafePlace> {
    const mine = [...flying, ...waiting].filter(isMine)
    const asked = { theirs: new Set(mine), isOnDisk: false, isGone: false }
    const inMemory = () => {
      const all = new Set([...flying, ...waiting])
      return mine.filter(item => all.has(item) && !doubled.has(item))
    }
    const late = new AbortController()
    const isOver = sleep(clock, safeMs, late.signal).then(
      () => true,
      () => true,
    )
    asking.add(asked)
    try {
      // A flush that was already running may have missed them, so try twice.
      for (let rounds = 0; rounds < 2 && inMemory().length > 0; rounds++)
        if (await Promise.race([flush().then(() => false), isOver])) break
      if (!toDisk(inMemory()) || asked.isGone) return undefined
      return asked.isOnDisk ? 'disk' : 'database'
    } finally {
      late.abort()
      asking.delete(asked)
    }
  }

  return {
    put,
    flush,
    safe,
    figures() {
      // Items that were read back stay on disk until they are written.
      const spilled = resumed.length + (spill?.size() ?? 0)
      return { name, waiting: count(), spilled, refused, lost, trouble }
    },
    async close() {
      closed = true
      stopKeeping?.()
      // Spill first, because the process may be ended before a slow database answers.
      toDisk([...flying, ...waiting])
      await flush()
      // A flush that was already running may not have seen what was spilled since.
      if (count() > 0 && !trouble) await flush()
      toDisk(waiting)
      if (waiting.length > 0) lose(waiting.length, 'closed')
      waiting.length = 0
    },
  }
}
