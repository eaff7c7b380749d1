import { z } from 'zod'
import { Fault } from '../../foundation/index.ts'
import type { StoredEvent } from '../../ledger/index.ts'
import type { BulletinState } from './api.ts'
import type { BulletinFaultCode } from './faults.ts'

/**
 * What happens to a bulletin. Its words and figures stand beside it; of the figures the digest is chained.
 *
 *     draft ── published alone ──────────────► published
 *       │ ▲                                        ▲
 *       │ └──────── not agreed ──┐                 │
 *       └─ with deductions ──► waiting ── agreed ──┘
 */
const happened = {
  begun: z.object({ month: z.string(), district: z.string(), by: z.string() }),
  published: z.object({ by: z.string(), digest: z.string(), needsSecond: z.boolean() }),
  decided: z.object({ by: z.string(), agreed: z.boolean() }),
}
type Kind = keyof typeof happened
export type BulletinEvent = {
  [One in Kind]: { readonly kind: One; readonly atMs: number } & Readonly<z.output<(typeof happened)[One]>>
}[Kind]

const kindSchema = z.enum(Object.keys(happened) as [Kind, ...Kind[]])

/** As it was written; only this room writes it. */
export function bulletinEvent({ kind, atMs, data }: StoredEvent): BulletinEvent {
  const known = kindSchema.parse(kind)
  return { kind: known, atMs, ...happened[known].parse(data) } as BulletinEvent
}

export type BulletinStanding = {
  readonly id: string
  readonly month: string
  readonly district: string
  readonly state: BulletinState
  readonly begunBy: string
  readonly proposedBy?: string | undefined
  readonly decidedBy?: string | undefined
  readonly digest?: string | undefined
  readonly changedAtMs: number
}

/** @throws Error for what cannot have happened in this order */
export function foldBulletin(id: string, events: readonly BulletinEvent[]): BulletinStanding {
  const folded = events.reduce<BulletinStanding | undefined>(
    (before, event) => after(id, before, event),
    undefined,
  )
  if (folded) return folded
  throw new Error(`${id}: nothing happened`)
}

function after(id: string, before: BulletinStanding | undefined, event: BulletinEvent): BulletinStanding {
  const changedAtMs = event.atMs
  if (event.kind === 'begun') {
    const { month, district, by } = event
    return { id, month, district, state: 'draft', begunBy: by, changedAtMs }
  }
  if (!before) throw new Error(`${id}: ${event.kind} before it was begun`)
  if (event.kind === 'published') {
    const state = event.needsSecond ? 'waiting' : 'published'
    return { ...before, state, proposedBy: event.by, digest: event.digest, changedAtMs }
  }
  return event.agreed
    ? { ...before, state: 'published', decidedBy: event.by, changedAtMs }
    : { ...before, state: 'draft', proposedBy: undefined, digest: undefined, changedAtMs }
}

/** @throws Fault `bulletin-decided` */
export function checkState({ state }: BulletinStanding, expected: BulletinState): void {
  if (state !== expected)
    throw bulletinFault('bulletin-decided', 'id', `a bulletin that is ${state}`, `one that is ${expected}`)
}

/** @throws Fault `bulletin-decided`, `bulletin-alone` */
export function checkSecond(standing: BulletinStanding, by: string): void {
  checkState(standing, 'waiting')
  if (by === standing.proposedBy)
    throw bulletinFault('bulletin-alone', 'by', 'who published it first', 'a second person')
}

export const bulletinFault = (code: BulletinFaultCode, place: string, found: string, expected: string) =>
  new Fault({ code, place, found, expected })

export const unknownBulletin = (id: string) =>
  bulletinFault('bulletin-unknown', 'params.id', id, 'the id of a bulletin')
