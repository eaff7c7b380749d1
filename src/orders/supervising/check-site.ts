import { type Command, type Context, type Decision, skewMs } from '../command.ts'
import { fault } from '../faults.ts'
import type { Order } from '../order.ts'
import { only } from '../permit.ts'
import { openReturn } from '../returning/returning.ts'
import { checkPieces } from './instruct.ts'
import { openSiteCheck } from './site-check.ts'

/** The centre orders a site check, at any stage of the order. */
export function askSite(
  order: Order,
  { words }: Extract<Command, { do: 'ask-site' }>,
  { rules }: Context,
): Decision {
  if (openSiteCheck(order.siteChecks))
    throw fault('site-open', 'order', 'a site check that nobody has written down', 'one after the other')
  return only(order, { kind: 'site-asked', words, limit: rules.profile.returns.site }, [
    { kind: 'site-check', to: 'unit' },
  ])
}

/** The report of a site check: when, by whom, with which photos, and whether the unit's account is true. */
export function checkSite(
  order: Order,
  { do: _, ...seen }: Extract<Command, { do: 'check-site' }>,
  { atMs, rules }: Context,
): Decision {
  const open = openSiteCheck(order.siteChecks)
  if (!open) throw fault('site-none', 'order', 'no site check that was asked for', 'one')
  if (seen.visitedAtMs > atMs + skewMs)
    throw fault('site-time', 'visitedAtMs', 'a visit that is to come', 'when somebody was there')
  if (seen.visitedAtMs < order.rangAtMs)
    throw fault('site-time', 'visitedAtMs', 'a visit before anybody rang', 'one since the citizen told us')
  checkPieces(order, seen.pieces)
  const review = openReturn(order.returnings) ? rules.profile.returns.review[order.urgency] : undefined
  return only(order, { kind: 'site-checked', ...seen, review })
}
