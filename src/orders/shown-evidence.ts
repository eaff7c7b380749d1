import type { Command, Context, Decision } from './command.ts'
import type { Actor } from './event.ts'
import { fault } from './faults.ts'
import type { Order } from './order.ts'
import { ofUnit, only } from './permit.ts'
import { openSiteCheck } from './supervising/site-check.ts'

/**
 * Adds files: from the lead, evidence of what was done; from the centre, what the citizen or a visitor to the site
 * gave. A file that is already there is not added twice, even under another name.
 */
export function showEvidence(
  order: Order,
  { pieces }: Extract<Command, { do: 'show-evidence' }>,
  { by, rules }: Context,
): Decision {
  if (by.role === 'unit' || by.role === 'house') ofUnit(order.lead, by)
  if (order.stage === 'closed' && (by.role === 'unit' || !openSiteCheck(order.siteChecks)))
    throw fault('order-stage', 'order', 'a closed order', 'one that is open, or whose place is looked at')
  const fresh = [...new Map(pieces.map(piece => [piece.hash, piece])).values()].filter(
    ({ hash }) => !order.evidence.some(piece => piece.hash === hash),
  )
  const { mostPieces } = rules.evidence
  const old = pieces.find(({ hash }) => order.evidence.some(p => p.hash === hash && p.cycle < order.cycle))
  if (old)
    throw fault(
      'evidence-known',
      old.name,
      'a file of an earlier round',
      'one that shows what was done since',
    )
  if (order.evidence.length + fresh.length > mostPieces)
    throw fault('evidence-full', 'evidence', `more than ${mostPieces} files`, `at most ${mostPieces}`)
  const decision = only(order, { kind: 'evidenced', pieces: fresh })
  return fresh.length === 0 ? { happenings: [], notices: [] } : decision
}

export function withdrawEvidence(
  order: Order,
  { hash }: Extract<Command, { do: 'withdraw-evidence' }>,
  by: Actor,
): Decision {
  ofUnit(order.lead, by)
  // Files of an earlier closing stay.
  const piece = order.evidence.find(one => one.hash === hash && one.cycle === order.cycle && !one.given)
  if (!piece) throw fault('evidence-unknown', 'hash', 'no such file of this round', 'a file that is shown')
  return only(order, { kind: 'withdrawn', hash: piece.hash })
}
