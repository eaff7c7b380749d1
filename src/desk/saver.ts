import type { Clock, Log } from '../foundation/index.ts'
import { createWriteBehind, type Database, type WriteBehindFigures } from '../storage/index.ts'
import type { SavedSeat } from './seat.ts'
import { deleteSeat, selectSeats, upsertSeat } from './store.ts'

export type SaverOptions = {
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
  /** @param isOlder the seat was made, changed or removed here before it was read */
  readonly onLoad: (seat: SavedSeat, isOlder: boolean) => void
}

export type Saver = {
  /** Resolves once every seat is read, or the first try has failed; it then goes on trying. */
  load(): Promise<void>
  save(name: string, seat: SavedSeat | undefined): void
  /** Reads them again, since another node had them meanwhile. */
  reload(): Promise<void>
  figures(): WriteBehindFigures
  /** Resolves when all is written, or one more try has failed. */
  close(): Promise<void>
}

/** Everything is read first; after that each item writes a seat or deletes it. */
type Errand = 'load' | { readonly name: string; readonly seat: SavedSeat | undefined }

/**
 * Carries seats between memory, which is the truth while the process runs, and the database. Nobody waits for it,
 * and what is not taken now is tried again later. Nothing is written before all has been read.
 */
export function createSaver({ database, clock, log, onLoad }: SaverOptions): Saver {
  /** Seats changed before they were read; what is then read of them is older. */
  const changed = new Set<string>()
  const queue = createWriteBehind<Errand>({
    name: 'seats',
    things: 'seats',
    write: async ([errand]) => {
      if (errand === 'load') await load()
      else if (errand?.seat) await upsertSeat(database, errand.seat)
      else if (errand) await deleteSeat(database, errand.name)
    },
    idOf: errand => (errand === 'load' ? errand : errand.name),
    keyOf: errand => (errand === 'load' ? '' : errand.name),
    clock,
    log,
  })

  async function load() {
    const { seats, unfit } = await selectSeats(database)
    for (const seat of unfit) log.error({ seat }, 'a seat that was saved cannot be read')
    for (const seat of seats) onLoad(seat, changed.has(seat.name))
  }

  return {
    async load() {
      queue.put('load')
      await queue.flush()
    },
    async reload() {
      changed.clear()
      queue.put('load')
      await queue.flush()
    },
    save(name, seat) {
      changed.add(name)
      queue.put({ name, seat })
    },
    figures: queue.figures,
    close: queue.close,
  }
}
