import { z } from 'zod'
import { Fault } from '../../foundation/index.ts'
import type { StoredEvent } from '../../ledger/index.ts'
import { type Deduction, deductionReasonSchema, noticeSchema } from './api.ts'
import type { DeductionFaultCode } from './faults.ts'

/** Events of a deduction. What people write is stored separately, and deleted with the order. */
const happened = {
  proposed: z.object({
    order: z.string(),
    unit: z.string(),
    reason: deductionReasonSchema,
    points: z.number(),
    notice: noticeSchema,
    factAtMs: z.number(),
    seq: z.number(),
    by: z.string(),
  }),
  decided: z.object({ by: z.string(), agreed: z.boolean() }),
  appealed: z.object({ by: z.string() }),
  'appeal-decided': z.object({ by: z.string(), agreed: z.boolean() }),
}
type Kind = keyof typeof happened
export type DeductionEvent = {
  [One in Kind]: { readonly kind: One; readonly atMs: number } & Readonly<z.output<(typeof happened)[One]>>
}[Kind]

const kindSchema = z.enum(Object.keys(happened) as [Kind, ...Kind[]])

/** The event as it was written; only this room writes it. */
export function deductionEvent({ kind, atMs, data }: StoredEvent): DeductionEvent {
  const known = kindSchema.parse(kind)
  return { kind: known, atMs, ...happened[known].parse(data) } as DeductionEvent
}

/** The proposer for deductions found by rules, who counts as neither first nor second. */
export const byRules = 'jieting'

export type DeductionStanding = Omit<Deduction, 'words'>

/** @throws Error for events that cannot have happened in this order */
export function foldDeduction(id: string, events: readonly DeductionEvent[]): DeductionStanding {
  const folded = events.reduce<DeductionStanding | undefined>(
    (before, event) => after(id, before, event),
    undefined,
  )
  if (!folded) throw new Error('not proposed')
  return folded
}

function after(id: string, before: DeductionStanding | undefined, event: DeductionEvent): DeductionStanding {
  const changedAtMs = event.atMs
  if (event.kind === 'proposed') {
    const { kind: _, atMs: __, by, ...fact } = event
    // A person who proposes it counts as the first of the two.
    const first =
      by === byRules ? { state: 'proposed' as const } : { state: 'seconded' as const, firstBy: by }
    return { id, ...fact, proposedBy: by, ...first, changedAtMs }
  }
  if (!before) throw new Error(`${event.kind} before it was proposed`)
  const { by } = event
  switch (event.kind) {
    case 'decided':
      if (!event.agreed) return { ...before, state: 'refused', secondBy: by, changedAtMs }
      return before.firstBy === undefined
        ? { ...before, state: 'seconded', firstBy: by, changedAtMs }
        : { ...before, state: 'confirmed', secondBy: by, changedAtMs }
    case 'appealed':
      return { ...before, state: 'appealed', appealedBy: by, changedAtMs }
    case 'appeal-decided':
      return { ...before, state: event.agreed ? 'lifted' : 'upheld', closedBy: by, changedAtMs }
  }
}

/** @throws Fault `deduction-decided`, `deduction-alone` */
export function checkDecision(
  { state, firstBy, secondBy }: DeductionStanding,
  by: string,
): 'decided' | 'appeal-decided' {
  if (state === 'appealed') {
    if (by === firstBy || by === secondBy)
      throw fault('deduction-alone', 'by', 'who confirmed it', 'another person')
    return 'appeal-decided'
  }
  if (state !== 'proposed' && state !== 'seconded')
    throw fault('deduction-decided', 'id', `a deduction that is ${state}`, 'one that waits')
  if (by === firstBy) throw fault('deduction-alone', 'by', 'who agreed first', 'a second person')
  return 'decided'
}

/**
 * A unit may appeal once, against points that it lost itself. @throws Fault `deduction-unknown`,
 * `deduction-decided`
 */
export function checkAppeal(
  { id, state, unit }: DeductionStanding,
  by: { readonly unit: string | undefined },
): void {
  if (by.unit !== unit) throw unknownDeduction(id)
  if (state !== 'confirmed')
    throw fault('deduction-decided', 'id', `a deduction that is ${state}`, 'one that is confirmed, once')
}

export const unknownDeduction = (id: string) =>
  fault('deduction-unknown', 'params.id', id, 'the id of a deduction')

const fault = (code: DeductionFaultCode, place: string, found: string, expected: string) =>
  new Fault({ code, place, found, expected })
