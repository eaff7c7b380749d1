import { done } from '../clocks.ts'
import type { Of, Order, Timed } from '../order.ts'
import { given, signedFor } from '../order-clocks.ts'
import { siteAsked, siteDone } from '../supervising/fold.ts'
import type { ReturnOutcome } from './api.ts'
import { lyingSince, openReturn, withDecided } from './returning.ts'

/** Records a return: the unit has reacted, and need not sign while the centre decides. */
export function returning(order: Order, { seq, atMs, target, ground }: Of<'returned'> & Timed): Order {
  const { unit, returnings, unitSinceMs } = order
  const one = {
    seq,
    from: unit,
    target,
    ground,
    askedAtMs: atMs,
    sinceMs: lyingSince(returnings, unit, unitSinceMs),
  }
  return {
    ...order,
    returns: order.returns + 1,
    returnings: [...returnings, one],
    clocks: done(order.clocks, atMs, 'sign'),
  }
}

/** Settles the open return, if any, whatever event decides it. */
export function settled(order: Order, outcome: ReturnOutcome, to: string, atMs: number): Order {
  // A site check ordered for the return ends with it; one ordered otherwise goes on.
  const isLookedAt = openReturn(order.returnings)?.siteAtMs !== undefined
  const { returnings, clocks, ...rest } = isLookedAt ? siteDone(order, atMs) : order
  return {
    ...rest,
    returnings: withDecided(returnings, { outcome, to, atMs }),
    clocks: done(clocks, atMs, 'sign', 'review'),
  }
}

/** The centre names the unit, which also settles an open return. */
export const placed = (order: Order, unit: string, atMs: number): Order =>
  settled(order, unit === order.unit ? 'refused' : 'upheld', unit, atMs)

export function returnDecided(order: Order, event: Of<'return-decided'> & Timed): Order {
  const { outcome, target = order.unit, site, appointed = order.appointed, atMs } = event
  if (outcome !== 'site') {
    const decided = { ...settled(order, outcome, target, atMs), appointed }
    if (outcome === 'upheld') return given(decided, target, atMs)
    // It stays with the unit, which has to sign again; the time lost is not given back.
    return signedFor(decided, atMs)
  }
  const open = openReturn(order.returnings)
  const returnings = open ? [...order.returnings.slice(0, -1), { ...open, siteAtMs: atMs }] : order.returnings
  const checked = { ...order, returnings, clocks: done(order.clocks, atMs, 'review') }
  return siteAsked(checked, event, site)
}
