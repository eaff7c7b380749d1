import type { Cancel, Clock, Log } from '../foundation/index.ts'
import { createWriteBehind, type Database, type WriteBehindFigures } from '../storage/index.ts'
import type { SeatSpell, SeatSpellQuery } from './api.ts'
import { reasonOf, type Seat } from './seat.ts'
import { selectSpells, upsertSpells } from './store.ts'

export type SpellsOptions = {
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
  /** Whether this node has the desk; another node writes what its own seats do. */
  readonly holds: () => boolean
}

export type Spells = {
  /** A seat changed; undefined once it is removed. */
  follow(name: string, seat: Seat | undefined): void
  /** Another node has the desk from now on, and knows what seats do. */
  leave(): void
  /** In the order in which they began; those that go on, up to now. */
  find(query: SeatSpellQuery): Promise<readonly SeatSpell[]>
  figures(): WriteBehindFigures
  close(): Promise<void>
}

/** Spells that go on are written this often, so that a process that dies loses no more of them. */
const everyMs = 60_000

/**
 * How long each seat was in which state, to plan shifts by. It is written behind, and a spell that the database
 * does not take holds up no other.
 */
export function createSpells({ database, clock, log, holds }: SpellsOptions): Spells {
  const current = new Map<string, SeatSpell>()
  let stop: Cancel | undefined
  const queue = createWriteBehind<{ readonly key: string; readonly spell: SeatSpell }>({
    name: 'seat-states',
    things: 'states of seats',
    write: items =>
      upsertSpells(
        database,
        items.map(({ spell }) => spell),
      ),
    idOf: ({ key }) => key,
    keyOf: ({ key }) => key,
    batchSize: 500,
    gatherMs: 1_000,
    clock,
    log,
  })

  const soFar = (spell: SeatSpell): SeatSpell => ({ ...spell, untilMs: Math.max(spell.fromMs, clock.now()) })
  const write = (spell: SeatSpell) => {
    const known = soFar(spell)
    // A state that was left in the moment it was entered is not a spell.
    if (known.untilMs > known.fromMs && holds())
      queue.put({ key: `${known.seat} ${known.fromMs}`, spell: known })
  }
  const tick = () => {
    stop = clock.after(everyMs, tick)
    for (const spell of current.values()) write(spell)
  }

  return {
    follow(name, seat) {
      const before = current.get(name)
      const next = seat && holds() ? spellOf(seat, clock.now()) : undefined
      if (before && next && isSame(before, next)) return
      if (before) write(before)
      if (next) current.set(name, next)
      else current.delete(name)
      stop ??= clock.after(everyMs, tick)
    },
    leave: () => current.clear(),
    async find(query) {
      await queue.flush()
      const written = await selectSpells(database, query)
      const going = [...current.values()].map(soFar)
      const isGoing = (one: SeatSpell) =>
        going.some(({ seat, fromMs }) => seat === one.seat && fromMs === one.fromMs)
      return [...written.filter(one => !isGoing(one)), ...going]
        .filter(({ fromMs, untilMs }) => untilMs > query.from && fromMs < query.until)
        .filter(({ seat }) => query.seat === undefined || query.seat === seat)
        .sort((one, other) => one.fromMs - other.fromMs || one.seat.localeCompare(other.seat))
    },
    figures: queue.figures,
    async close() {
      stop?.()
      for (const spell of current.values()) write(spell)
      current.clear()
      await queue.close()
    },
  }
}

const spellOf = (seat: Seat, nowMs: number): SeatSpell => ({
  seat: seat.name,
  state: seat.state,
  reason: reasonOf(seat),
  member: seat.member,
  fromMs: nowMs,
  untilMs: nowMs,
})

const isSame = (one: SeatSpell, other: SeatSpell) =>
  one.state === other.state && one.reason === other.reason && one.member === other.member
