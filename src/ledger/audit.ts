import type { Queries } from '../storage/index.ts'
import type { Audit, Break, ChainHead, RoomAudit, Seal } from './api.ts'
import { erasOf } from './eras.ts'
import type { LedgerKeys } from './keys.ts'
import { compareRows, type Reported } from './reported.ts'
import { hashOfSeal, isHandedOver, type ReadSeal, readSeal } from './seal.ts'
import { selectSeals } from './seal-store.ts'
import { roomsIn, type StoredHead, selectHeads, walkRoom } from './walk.ts'

/** Enough breaks to see how bad the damage is. */
const mostBreaks = 100

export type AuditOptions = {
  readonly keys: LedgerKeys
  /** The reported tables of each room. */
  readonly reported: readonly Reported[]
  /** Seals as they were sent out, which are compared with those in the database. */
  readonly sentOut?: readonly Seal[]
  /** Chain heads that somebody noted earlier. */
  readonly anchors?: readonly ChainHead[]
}

/** Walks all chains, rebuilds all reported rows from events, and compares them with the tables and the seals. */
export async function audit(
  queries: Queries,
  { keys, reported, sentOut = [], anchors = [] }: AuditOptions,
): Promise<Audit> {
  const breaks: Break[] = []
  const found = (broken: Break) => void (breaks.length < mostBreaks && breaks.push(broken))
  const heads = await selectHeads(queries)
  const stored = await selectSeals(queries)
  const seals = checkSeals(keys, stored, sentOut, heads, found)
  const sealed = [...seals.flatMap(({ text }) => text.heads), ...anchors]
  const eras = erasOf(keys, seals)
  const rooms: RoomAudit[] = []
  const named = new Set([
    ...(await roomsIn(queries)),
    ...reported.map(({ room }) => room),
    ...sealed.map(({ room }) => room),
  ])
  for (const room of [...named].sort()) {
    const head = heads.find(one => one.room === room)
    const known = sealed.filter(one => one.room === room)
    const walked = await walkRoom(queries, { room, head, eras: eras(room), known }, found)
    const what = reported.find(one => one.room === room)
    rooms.push({
      room,
      ...walked,
      adopted: adoptedOf(head),
      rows: what ? await compareRows(queries, what, found) : {},
    })
  }
  return {
    rooms,
    seals: {
      checked: seals.length,
      lastAtMs: seals.at(-1)?.text.atMs,
      stamped: stored.filter(({ stamp }) => stamp).length,
    },
    breaks,
  }
}

const adoptedOf = (head: StoredHead | undefined) =>
  head?.adopted_at && head.adopted_seq > 0
    ? { events: head.adopted_seq, atMs: head.adopted_at.getTime() }
    : undefined

/** Checks this installation's seals, both those in the database and those that were sent out. */
function checkSeals(
  keys: LedgerKeys,
  stored: readonly Seal[],
  sentOut: readonly Seal[],
  heads: readonly StoredHead[],
  found: (broken: Break) => void,
): readonly ReadSeal[] {
  const good: ReadSeal[] = []
  const wrong = (n: number) => found({ room: 'seals', seq: n, what: 'seal' })
  let previous = ''
  stored.forEach((seal, index) => {
    const read = readSeal(keys, seal)
    const age = good.at(-1)?.age ?? read?.age
    const follows = read?.age === age || (read && isHandedOver(keys, age ?? 0, read))
    if (!read || !follows || seal.n !== index + 1 || read.text.previous !== previous) wrong(seal.n)
    else good.push(read)
    previous = hashOfSeal(seal)
  })
  for (const seal of sentOut) {
    const here = stored.find(({ n }) => n === seal.n)
    const read = readSeal(keys, seal)
    // A seal that is not ours says nothing about the database.
    if (read && here?.text !== seal.text) {
      wrong(seal.n)
      good.push(read)
    }
  }
  for (const { room, adopted, adoptedAtMs } of good.at(-1)?.text.heads ?? []) {
    const head = heads.find(one => one.room === room)
    if (head?.adopted_seq !== adopted || head.adopted_at?.getTime() !== adoptedAtMs)
      found({ room, what: 'head' })
  }
  return good
}
