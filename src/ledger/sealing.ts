import { placeTime, startOfDay } from '../city/index.ts'
import { type Clock, Fault, type Log, reasonOf } from '../foundation/index.ts'
import { type Database, whyOf } from '../storage/index.ts'
import type { Seal } from './api.ts'
import type { LedgerKeys } from './keys.ts'
import { handOver, hashOfSeal, makeSeal, type ReadSeal, readSeal, type SealedHead } from './seal.ts'
import { insertSeal, markSent, selectLastSeal, selectUnsent } from './seal-store.ts'
import { type StoredHead, selectHeads } from './walk.ts'
import type { SealWay } from './way.ts'

export type Sealing = {
  /** Seals now, whatever the day, and sends out. @returns undefined when another node did at this moment */
  seal(): Promise<Seal | undefined>
  /** Looks whether the day has its seal, and whether all have gone every way. */
  look(): Promise<void>
  figures(): SealingFigures
  /** Once what it is at is done: nothing is written afterwards. */
  close(): Promise<void>
}

export type SealingFigures = {
  /** Seals that have not gone every way. */
  readonly unsent: number
  readonly lastAtMs?: number
  readonly trouble?: string
}

const againMs = 60_000
const dayMs = 86_400_000

/**
 * When a day has none yet, its seal is made by whichever node looks first as the day begins, and goes every way that is
 * configured; what does not arrive is tried again each minute until it does.
 */
export function openSealing({
  database,
  keys,
  ways,
  timeZone,
  clock,
  log,
}: {
  readonly database: Database
  readonly keys: LedgerKeys
  readonly ways: readonly SealWay[]
  readonly timeZone: string
  readonly clock: Clock
  readonly log: Log
}): Sealing {
  let figures: SealingFigures = { unsent: 0 }

  const dayOf = (ms: number) => placeTime(ms, timeZone).date

  /** @throws Fault `ledger-key-wrong`, `ledger-set-back` where a key after it has made seals already, which went out */
  async function readLast(last: Seal | undefined): Promise<ReadSeal | undefined> {
    if (!last) return undefined
    const read = readSeal(keys, last)
    if (!read) throw otherKey()
    if (read.age === 0) return read
    for (const way of ways)
      for (const sent of (await way.read?.()) ?? [])
        if ((readSeal(keys, sent)?.age ?? read.age) < read.age) throw setBack(last.n, sent.n)
    return read
  }

  async function seal(): Promise<Seal | undefined> {
    const last = await selectLastSeal(database)
    const age = (await readLast(last))?.age ?? 0
    const heads = (await selectHeads(database)).map(sealedHead)
    const atMs = clock.now()
    const previous = last ? hashOfSeal(last) : ''
    const handover = handOver(keys, age, previous)
    const made = makeSeal(keys.seal, { n: (last?.n ?? 0) + 1, atMs, previous, heads, handover })
    if (!(await insertSeal(database, made))) return undefined
    figures = { ...figures, lastAtMs: atMs }
    await sendOut()
    return made
  }

  async function sendOut(): Promise<void> {
    const unsent = await selectUnsent(
      database,
      ways.map(({ name }) => name),
    )
    let trouble: string | undefined
    let left = 0
    for (const { sent, ...one } of unsent)
      for (const way of ways.filter(({ name }) => !sent.includes(name)))
        try {
          await markSent(database, one.n, way.name, await way.send(one))
        } catch (error) {
          left++
          trouble = `${way.name}: ${reasonOf(error)}`
          log.warn({ way: way.name, reason: reasonOf(error) }, 'a seal did not go out')
        }
    figures = { ...figures, unsent: left, trouble }
  }

  async function look(): Promise<void> {
    const read = await readLast(await selectLastSeal(database))
    // A key that is new takes over at once: up to here, and no further, the one before it is believed.
    if (!read || read.age > 0 || dayOf(read.text.atMs) !== dayOf(clock.now())) await seal()
    else {
      figures = { ...figures, lastAtMs: read.text.atMs }
      await sendOut()
    }
  }

  const msToNextDay = () => {
    const now = clock.now()
    return startOfDay(startOfDay(now, timeZone) + 1.5 * dayMs, timeZone) - now
  }
  const lookByItself = () => {
    looking = look()
      .catch((error: unknown) => {
        figures = { ...figures, trouble: whyOf(error) }
      })
      .then(() => {
        const isDone = figures.trouble === undefined && figures.unsent === 0
        if (!closed) stop = clock.after(isDone ? msToNextDay() : againMs, lookByItself)
      })
  }
  let closed = false
  let looking: Promise<void> | undefined
  // The tables are made when the house opens, a moment after this.
  let stop = clock.after(5_000, lookByItself)

  return {
    seal,
    look,
    figures: () => figures,
    async close() {
      closed = true
      stop()
      await looking
    },
  }
}

const sealedHead = ({ room, seq, hash, adopted_seq: adopted, adopted_at: at }: StoredHead): SealedHead => ({
  room,
  seq,
  hash,
  adopted,
  adoptedAtMs: at?.getTime(),
})

const otherKey = () =>
  new Fault({
    code: 'ledger-key-wrong',
    place: 'LEDGER_KEY',
    found: 'another key than the last seal was made with',
    expected: 'the same key on every node and at every start',
  })

const setBack = (last: number, sent: number) =>
  new Fault({
    code: 'ledger-set-back',
    place: `seal ${last}`,
    found: `a last seal by a key that was given up, though seal ${sent}, which went out, is by one after it`,
    expected: 'the seals as they went out: somebody who has the database and the key before took some away',
  })
