import type { Ledger, StoredEvent } from '../ledger/index.ts'
import type { Queries } from '../storage/index.ts'
import type { ErasureAsked } from './erasing/api.ts'
import { type Actor, actorSchema, type OrderEvent, readHappening } from './event.ts'
import type { OrderNumber } from './number.ts'
import type { OrderMarks } from './store.ts'

/** The ledger's room for orders; each order is a stream. */
export const orderRoom = 'orders'
/** The last event of an erased order's stream, and the only one left. */
const erased = 'erased'

export async function selectEvents(
  ledger: Ledger,
  queries: Queries,
  number: OrderNumber,
): Promise<readonly OrderEvent[]> {
  const all = (await ledger.events(queries, orderRoom, [number])).get(number) ?? []
  return all.filter(({ kind }) => kind !== erased).map(orderEvent)
}

/** `data` as the ledger stores it. */
type Kept = { readonly by: Actor; readonly data: object; readonly marks?: OrderMarks }

export const orderEvent = ({ place, atMs, kind, data }: StoredEvent): OrderEvent => {
  const { by, data: happened } = data as Kept
  return { ...readHappening(kind, happened), seq: place, atMs, by: actorSchema.parse(by) }
}

/** @param marks computed after all events; computed later, another calendar could give other marks */
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

/** Who agreed, or the system if the person was forgotten, and who had asked. */
export type Erased = { readonly by: Actor; readonly atMs: number; readonly asked: ErasureAsked | undefined }

/** @returns undefined for events of an order that still exists */
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
