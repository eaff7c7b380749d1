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
  /** Seals now and sends the seal. @returns undefined if another node did so at the same moment */
  seal(): Promise<Seal | undefined>
  /** Makes the day's seal if it is missing, and sends seals that have not been sent everywhere. */
  look(): Promise<void>
  figures(): SealingFigures
  /** Waits for work in progress; nothing is written afterwards. */
  close(): Promise<void>
}

export type SealingFigures = {
  /** The number of seals not sent everywhere yet. */
  readonly unsent: number
  readonly lastAtMs?: number
  readonly trouble?: string
}

const againMs = 60_000
const dayMs = 86_400_000

/**
 * Seals once a day: the node that looks first when a day begins makes the seal and sends it to every configured place.
 * Seals that do not arrive are sent again every minute until they do.
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

  /** @throws Fault `ledger-key-wrong`, or `ledger-set-back` if a newer key has already made seals that were sent out */
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
    // A new key seals at once, because the previous one is trusted only up to that seal.
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
  // The tables are created a moment later, when the product opens.
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
