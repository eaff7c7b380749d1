import { type Cancel, type Clock, type Log, sleep } from '../foundation/index.ts'
import { isLate, mustWait, whyOf } from './faults.ts'
import type { Spill } from './spill.ts'

/**
 * What is written down behind everybody's back: nobody waits for it, and nothing of it stops the rest. While the
 * database takes nothing, all of it waits, on disk where it may spill; one thing that the database refuses is set aside.
 */
export type WriteBehind<Item> = {
  /** Never waits and never throws. */
  put(item: Item): void
  /** Tries at once; resolves when nothing waits, or the database did not take it. */
  flush(): Promise<void>
  /**
   * Resolves once all of mine that waits now is in the database, or on the disk until that takes it; with undefined when
   * some of it is in neither: no room, refused, or nowhere to spill to. Within seconds, however long the database takes.
   */
  safe(isMine: (item: Item) => boolean): Promise<SafePlace>
  figures(): WriteBehindFigures
  /** Writes what waits, if the database takes it, spills the rest, and takes nothing more. */
  close(): Promise<void>
}

/** Where what was put is safe, if anywhere. */
export type SafePlace = 'database' | 'disk' | undefined

export type WriteBehindFigures = {
  readonly name: string
  /** Not written yet: in memory, and of these on disk. */
  readonly waiting: number
  readonly spilled: number
  /** Set aside since the start: no table takes them. */
  readonly refused: number
  /** Gone since the start: there was no room for them, in memory or on disk. */
  readonly lost: number
  /** Why they wait now, in words without a value of theirs; absent while they are taken. */
  readonly trouble?: string
}

export type WriteBehindOptions<Item> = {
  /** For logs and figures: the queue, and what it holds, as `journal` and `facts`. */
  readonly name: string
  readonly things: string
  /** All of these or none. Given the same again after a crash it changes nothing. */
  readonly write: (items: readonly Item[]) => Promise<unknown>
  /** What a log may call one: an id, never a number, a name or words. */
  readonly idOf: (item: Item) => string
  /** Of one key only the latest is written. */
  readonly keyOf?: (item: Item) => string
  readonly spill?: Spill<Item>
  readonly clock: Clock
  readonly log: Log
  /** How many are given at once; fewer while that takes long. */
  readonly batchSize?: number
  /** For so long they gather, so that a busy second costs a few transactions and not hundreds. */
  readonly gatherMs?: number
  readonly retryMs?: number
  /** SafePlace in memory; where they may spill, more go to the disk. */
  readonly mostWaiting?: number
}

/** How long whoever has to know that it is safe waits for the database; then it goes to the disk. */
const safeMs = 2_000

/**
 * DESIGN: whoever has to know waits behind what is being written, so that a batch is to take no longer than this. On a
 * machine that is too busy a batch that misses its deadline would miss it for ever, and everything would lie behind it.
 */
const longMs = 1_000

export function createWriteBehind<Item>(options: WriteBehindOptions<Item>): WriteBehind<Item> {
  const { name, things, write, idOf, keyOf, spill, clock, log } = options
  const { batchSize = 1, gatherMs = 0, retryMs = 1_000, mostWaiting = 10_000 } = options
  const waiting: Item[] = []
  /** Read back from the disk, and not written yet: older than all that lies there or waits. */
  let resumed: readonly Item[] = []
  let [refused, lost] = [0, 0]
  let trouble: string | undefined
  /** Given to the database, which has not answered; of these some lie on the disk as well by now. */
  let flying: readonly Item[] = []
  const doubled = new Set<Item>()
  /** How many are given at once now. */
  let most = batchSize
  /** Whoever has to know that theirs is safe. */
  const asking = new Set<{ readonly theirs: ReadonlySet<Item>; isOnDisk: boolean; isGone: boolean }>()
  let closed = false
  let flushing: Promise<void> | undefined
  let stopTimer: Cancel | undefined

  function lose(count: number, reason: string) {
    // Said at the first, the tenth, the hundredth: an alarm is no flood.
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

  /** @returns those that have to wait; what is refused is found by halves, and holds up nobody. */
  async function writeSome(items: readonly Item[]): Promise<readonly Item[]> {
    const startedMs = clock.monotonicMs()
    try {
      await write(items)
      const isLong = clock.monotonicMs() - startedMs > longMs
      if (isLong) most = Math.max(1, Math.floor(items.length / 2))
      else if (items.length >= most) most = Math.min(batchSize, most * 2)
      return []
    } catch (error) {
      if (mustWait(error)) {
        trouble = whyOf(error)
        if (isLate(error)) most = Math.max(1, Math.floor(items.length / 4))
        return items
      }
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

  async function writeAll(): Promise<void> {
    trouble = undefined
    while (!trouble && spill && (resumed.length > 0 || spill.size() > 0)) {
      if (resumed.length === 0) resumed = spill.take(batchSize)
      const some = resumed.slice(0, most)
      if (some.length > 0) resumed = [...(await writeSome(some)), ...resumed.slice(some.length)]
      if (resumed.length === 0) spill.settle()
    }
    while (!trouble && waiting.length > 0) {
      flying = waiting.splice(0, most)
      const rest = (await writeSome(flying)).filter(item => !doubled.has(item))
      flying = []
      doubled.clear()
      waiting.unshift(...rest.filter(item => !keyOf || !waiting.some(newer => keyOf(newer) === keyOf(item))))
    }
    if (!trouble) return
    toDisk(waiting)
    log.warn({ queue: name, reason: trouble, waiting: count() }, `${name} waits for the database`)
    if (!closed) arm(retryMs)
  }

  /** These go to the disk, where they outlive us. @returns whether all of them lie there now */
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
      // A flush that was under way may have been past them already.
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
      // What was read back lies there until it is written.
      const spilled = resumed.length + (spill?.size() ?? 0)
      return { name, waiting: count(), spilled, refused, lost, trouble }
    },
    async close() {
      closed = true
      // First to the disk: whoever closes us may not wait for a database that does not answer.
      toDisk([...flying, ...waiting])
      await flush()
      // A flush that was under way had looked at the disk before.
      if (count() > 0 && !trouble) await flush()
      toDisk(waiting)
      if (waiting.length > 0) lose(waiting.length, 'closed')
      waiting.length = 0
    },
  }
}
