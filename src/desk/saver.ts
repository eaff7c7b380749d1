import { type Clock, Fault, type Log, reasonOf, sleep } from '../foundation/index.ts'
import type { Database } from '../storage/index.ts'
import { deleteSeat, type SavedSeat, selectSeats, upsertSeat } from './store.ts'

const retryMs = 1_000

export type SaverOptions = {
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
  readonly onLoad: (seat: SavedSeat) => void
}

/**
 * Carries seats between memory, which is the truth while we run, and the database, behind everyone's back: nobody
 * waits for it, and what it refuses now it is given again later. Nothing is written before all has been read.
 */
export function createSaver({ database, clock, log, onLoad }: SaverOptions) {
  const unsaved = new Map<string, SavedSeat | undefined>()
  const over = new AbortController()
  let isLoaded = false
  let working: Promise<void> | undefined

  async function loadOnce() {
    const saved = isLoaded ? [] : await selectSeats(database)
    isLoaded = true
    for (const seat of saved) if (!unsaved.has(seat.name)) onLoad(seat)
  }

  async function saveAll() {
    for (const [name, seat] of unsaved) {
      await save(name, seat)
      // It may have changed while it was being saved.
      if (unsaved.get(name) === seat) unsaved.delete(name)
    }
  }

  async function save(name: string, seat: SavedSeat | undefined) {
    try {
      await (seat ? upsertSeat(database, seat) : deleteSeat(database, name))
    } catch (error) {
      // Giving it again would not help, and would hold up the others.
      if (!(error instanceof Fault && error.code === 'statement-refused')) throw error
      log.error({ seat: name, reason: reasonOf(error) }, 'seat not saved')
    }
  }

  /** False when the database did not take it. */
  async function isDone(): Promise<boolean> {
    try {
      await loadOnce()
      await saveAll()
      return true
    } catch (error) {
      log.warn({ reason: reasonOf(error), seats: unsaved.size }, 'seats wait for the database')
      return false
    }
  }

  async function work() {
    while (!(await isDone()) && !over.signal.aborted)
      await sleep(clock, retryMs, over.signal).catch(() => undefined)
  }

  const start = () => {
    working ??= work().finally(() => {
      working = undefined
      if (unsaved.size > 0 && !over.signal.aborted) void start()
    })
    return working
  }

  return {
    /** Resolves once every seat is here, or the first try has failed; then it goes on trying. */
    async load() {
      if (!(await isDone())) void start()
    },
    save(name: string, seat: SavedSeat | undefined) {
      unsaved.set(name, seat)
      void start()
    },
    /** Resolves when all is written, or the database did not take it once more. */
    async close() {
      over.abort()
      await working
      if (unsaved.size > 0) await isDone()
    },
  }
}
