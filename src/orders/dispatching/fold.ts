import { centre } from '../api.ts'
import type { OrderClock } from '../clocks.ts'
import { done } from '../clocks.ts'
import { taskOf, tasksEnded } from '../helping/fold.ts'
import { isOpen } from '../helping/task.ts'
import type { Of, Order, Timed } from '../order.ts'
import { given } from '../order-clocks.ts'

/** A grant by the catalogue has no words, since nobody asked for it. */
export const grantOf = (unit: string, atMs: number) => ({ unit, words: '', atMs })

export function dispatchedTo(order: Order, event: Of<'dispatched'> & Timed): Order {
  const { unit, category, catalogueKind: kind = order.kind, coUnits = [], byRule: ruled, atMs, seq } = event
  const grants = coUnits.map(one => grantOf(one, atMs))
  const byRule =
    ruled && kind !== undefined
      ? { kind, seq, atMs, sure: ruled.sure, threshold: ruled.threshold, isSampled: ruled.sampled }
      : order.byRule
  const clocks = done(order.clocks, atMs, 'dispatch')
  const tasks = [...order.tasks, ...coUnits.map(one => taskOf(one, event, order.helps))]
  return given({ ...order, category, kind, clocks, coUnits, grants, tasks, byRule }, unit, atMs)
}

/** The order waits at the centre again; the dispatch clock resumes from its original start. */
export function takenBack(order: Order, atMs: number): Order {
  const clocks = order.clocks.flatMap((clock): readonly OrderClock[] => {
    if (clock.name === 'sign') return []
    if (clock.name !== 'dispatch') return [clock]
    const { doneAtMs: _, ...running } = clock
    return [running]
  })
  return {
    ...order,
    unit: centre,
    unitSinceMs: atMs,
    assignee: undefined,
    clocks,
    warned: order.warned.filter(key => !key.startsWith('sign ')),
    waits: 'taken-back',
    grants: [],
    coUnits: [],
    copies: [],
    byRule: order.byRule && { ...order.byRule, verdict: 'reversed' },
  }
}

/** Replaces a dissolved unit by its successor everywhere in the order; every clock keeps running. */
export function succeeded(order: Order, { from, unit, atMs }: Of<'succeeded'>): Order {
  const now = (one: string) => (one === from ? unit : one)
  const all = (units: readonly string[]) => [...new Set(units.map(now))]
  const isTwice = now(order.unit) === unit || order.grants.some(other => other.unit === unit)
  const grants = order.grants.filter(grant => !(isTwice && grant.unit === from))
  const tasks = isTwice ? tasksEnded(order, atMs, from).tasks : order.tasks
  return {
    ...order,
    unit: now(order.unit),
    lead: order.lead === undefined ? undefined : now(order.lead),
    coUnits: all(order.coUnits).filter(one => one !== now(order.unit)),
    copies: all(order.copies),
    assignee: order.unit === from ? undefined : order.assignee,
    tasks: tasks.map(task => (isOpen(task) ? { ...task, unit: now(task.unit) } : task)),
    grants: grants.map(grant => ({ ...grant, unit: now(grant.unit) })),
  }
}
