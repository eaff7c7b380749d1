import type { Ledger, StoredEvent } from '../ledger/index.ts'
import type { Queries } from '../storage/index.ts'
import type { ErasureAsked } from './erasing/api.ts'
import { type Actor, actorSchema, type OrderEvent, readHappening } from './event.ts'
import type { OrderNumber } from './number.ts'
import type { OrderMarks } from './store.ts'

/** What happens to orders, in the ledger: an order is a stream. */
export const orderRoom = 'orders'
/** The last event of an order's stream, and the only one that is left of it. */
const erased = 'erased'

export async function selectEvents(
  ledger: Ledger,
  queries: Queries,
  number: OrderNumber,
): Promise<readonly OrderEvent[]> {
  const all = (await ledger.events(queries, orderRoom, [number])).get(number) ?? []
  return all.filter(({ kind }) => kind !== erased).map(orderEvent)
}

/** As `data` of the ledger. */
type Kept = { readonly by: Actor; readonly data: object; readonly marks?: OrderMarks }

export const orderEvent = ({ place, atMs, kind, data }: StoredEvent): OrderEvent => {
  const { by, data: happened } = data as Kept
  return { ...readHappening(kind, happened), seq: place, atMs, by: actorSchema.parse(by) }
}

/** @param marks that held once all of them had happened: the calendar of another day gives others */
export const insertEvents = (
  ledger: Ledger,
  tx: Queries,
  number: OrderNumber,
  events: readonly OrderEvent[],
  marks: OrderMarks,
): Promise<void> =>
  ledger.append(
    tx,
    orderRoom,
    events.map(({ seq, atMs, by, kind, ...data }) => {
      const kept: Kept = { by, data, marks }
      return { stream: number, place: seq, atMs, kind, data: kept }
    }),
  )

/** Who agreed, or the house where its person was forgotten, and who had asked for it. */
export type Erased = { readonly by: Actor; readonly atMs: number; readonly asked: ErasureAsked | undefined }

/** @returns undefined where the stream is of an order that is there */
export const erasedIn = ({ kind, atMs, data }: StoredEvent): Erased | undefined => {
  const { by, asked } = data as Partial<Erased>
  return kind === erased ? { by: actorSchema.parse(by), atMs, asked } : undefined
}

export async function insertErased(
  ledger: Ledger,
  tx: Queries,
  number: OrderNumber,
  { seq, by, atMs, asked }: Erased & { readonly seq: number },
): Promise<void> {
  const data: Omit<Erased, 'atMs'> = { by, asked }
  await ledger.erase(tx, orderRoom, number)
  await ledger.append(tx, orderRoom, [{ stream: number, place: seq + 1, atMs, kind: erased, data }])
}
