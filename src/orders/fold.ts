import { dialable } from '../callers/index.ts'
import type { Calendar } from '../city/index.ts'
import { centre } from './api.ts'
import { citizenAsked, questionEnded } from './asking/ask.ts'
import { checked, judged } from './checking/fold.ts'
import { done } from './clocks.ts'
import { dispatchedTo, grantOf, succeeded, takenBack } from './dispatching/fold.ts'
import type { OrderEvent } from './event.ts'
import { historyFault } from './faults.ts'
import { contactNamed, taskAnswered, taskAsked, taskOf, tasksEnded } from './helping/fold.ts'
import { followed, joined, left, merged, parted, together } from './merging/fold.ts'
import type { OrderNumber } from './number.ts'
import { type Order, warnedKey } from './order.ts'
import { begun, extended, given, reopened } from './order-clocks.ts'
import { moves } from './order-state.ts'
import { decidedOn, liked } from './repeating/telling-apart.ts'
import { placed, returnDecided, returning, settled } from './returning/fold.ts'
import { instructed, instructionDone, siteAsked, siteChecked } from './supervising/fold.ts'

/**
 * Folds events into an order; the same events always give the same order.
 * @throws Fault `order-history` for events that cannot have happened in this order
 */
export function foldOrder(number: OrderNumber, events: readonly OrderEvent[], calendar: Calendar): Order {
  const [first, ...rest] = events
  if (first?.kind !== 'made' || first.seq !== 1) throw historyFault(number, first, 'made')
  return rest.reduce((order, event) => happen(order, event, calendar), begin(number, first))
}

function begin(number: OrderNumber, event: Extract<OrderEvent, { kind: 'made' }>): Order {
  const { rangAtMs, atMs, limits, caller, contact, elder, language } = event
  const {
    type,
    name,
    catalogueKind,
    district,
    category,
    urgency,
    matter,
    place,
    street,
    unit,
    confidential = false,
    waits,
    coUnits = [],
    copies = [],
    splitFrom,
  } = event
  return {
    number,
    seq: 1,
    lastAtMs: atMs,
    stage: waits === undefined ? 'waiting' : 'undispatched',
    cycle: 1,
    rangAtMs,
    madeAtMs: atMs,
    caller,
    contact,
    elder,
    language,
    type,
    name,
    kind: catalogueKind,
    district,
    category,
    urgency,
    matter,
    place,
    street,
    unit,
    unitSinceMs: atMs,
    appointed: false,
    returns: 0,
    returnings: [],
    supports: [],
    grants: coUnits.map(one => grantOf(one, atMs)),
    coUnits,
    copies,
    personAsked: false,
    tasks: coUnits.map(unit => taskOf(unit, event, limits.help)),
    helps: limits.help,
    instructions: [],
    siteChecks: [],
    confidential,
    additions: [],
    extensions: [],
    evidence: [],
    joined: [],
    like: [],
    split: splitFrom ? [splitFrom.order, ...splitFrom.beside] : [],
    statesTold: 0,
    closings: [],
    checked: [],
    answers: [],
    personRings: limits.personRings,
    waits,
    signs: limits.sign,
    warned: [],
    clocks: [
      { name: 'handling', startMs: rangAtMs, limit: limits.handling },
      ...(limits.feedback ? [{ name: 'feedback', startMs: rangAtMs, limit: limits.feedback } as const] : []),
      ...(limits.dispatch ? [{ name: 'dispatch', startMs: rangAtMs, limit: limits.dispatch } as const] : []),
      // Signing applies only once a unit has the order.
      ...(limits.sign && waits === undefined
        ? [{ name: 'sign', startMs: atMs, limit: limits.sign } as const]
        : []),
    ],
  }
}

/** Applies one event. Time never runs back within an order. */
export const happen = (before: Order, event: OrderEvent, calendar: Calendar): Order =>
  together(happened(before, event, calendar), event)

function happened(before: Order, event: OrderEvent, calendar: Calendar): Order {
  const to = moves[before.stage][event.kind]
  const stage = to === 'as-before' ? before.merged?.before.stage : to
  if (stage === undefined || event.seq !== before.seq + 1 || event.atMs < before.lastAtMs)
    throw historyFault(before.number, event, Object.keys(moves[before.stage]).join(', '))
  // An event that changes the unit also lists the new copies.
  const { copies = before.copies } = 'copies' in event ? event : before
  const order: Order = { ...before, seq: event.seq, lastAtMs: event.atMs, stage, copies }
  const { atMs } = event

  switch (event.kind) {
    case 'made':
      throw historyFault(order.number, event, 'one beginning')
    case 'likened':
      return liked(order, event)
    case 'told-apart':
      return decidedOn(order, event.from)
    case 'state-told':
      return { ...order, statesTold: order.statesTold + 1 }
    case 'split':
      return { ...order, split: [...order.split, ...event.orders] }
    case 'merged':
      return merged(before, order, event)
    case 'joined':
      return joined(order, event)
    case 'followed':
      return followed(order, event)
    case 'parted':
      return parted(order)
    case 'left':
      return left(order, event)
    case 'added':
      return { ...order, additions: [...order.additions, event] }
    case 'dispatched':
      return dispatchedTo(order, event)
    case 'taken-back':
      return takenBack(
        settled(instructionDone(tasksEnded(order, atMs), 'ended', atMs), 'upheld', centre, atMs),
        atMs,
      )
    case 'looked':
      return { ...order, byRule: order.byRule && { ...order.byRule, verdict: 'right' } }
    case 'person-asked':
      return { ...order, personAsked: true }
    case 'succeeded':
      return succeeded(order, event)
    case 'signed':
      // By signing, the unit withdraws its return.
      return { ...settled(order, 'withdrawn', order.unit, atMs), lead: event.unit }
    case 'assigned':
      return { ...order, assignee: event.person }
    case 'supported':
      return {
        ...contactNamed(order, event),
        supports: [...order.supports.filter(({ unit }) => unit !== event.unit), event],
      }
    case 'granted':
      return { ...taskAsked(order, event), grants: [...order.grants, event] }
    case 'helped':
      return taskAnswered(order, event)
    case 'grant-ended':
      return {
        ...tasksEnded(order, atMs, event.unit),
        grants: order.grants.filter(({ unit }) => unit !== event.unit),
      }
    case 'confidential-set':
      return { ...order, confidential: event.confidential }
    case 'revealed':
      return order
    case 'progressed':
      return event.citizenKnows ? { ...order, clocks: done(order.clocks, atMs, 'feedback') } : order
    case 'citizen-asked':
      return citizenAsked(order, event)
    case 'citizen-answered':
      return questionEnded(order, { answerSeq: event.seq })
    case 'citizen-silent':
      return questionEnded(order, { isOver: true })
    case 'contact-verified': {
      const { contact } = order
      if (contact.mode !== 'unverified') return order
      return { ...order, contact: { mode: 'voice', number: dialable(contact.number, 'was-verified') } }
    }
    case 'evidenced':
      return {
        ...order,
        evidence: [
          ...order.evidence,
          ...event.pieces.map(piece => ({
            ...piece,
            cycle: order.cycle,
            given: event.by.role === 'unit' ? undefined : (true as const),
          })),
        ],
      }
    case 'withdrawn':
      return { ...order, evidence: order.evidence.filter(({ hash }) => hash !== event.hash) }
    case 'returned':
      return given(settled(returning(order, event), 'direct', event.target, atMs), event.target, atMs)
    case 'return-asked':
      return begun(returning(order, event), { name: 'review', startMs: atMs, limit: event.review })
    case 'return-decided':
      return returnDecided(order, event)
    case 'appointed':
      return given({ ...placed(order, event.target, atMs), appointed: true }, event.target, atMs)
    case 'reclassified': {
      const { category, target = order.unit } = event
      const anew = { ...order, category, kind: category === order.category ? order.kind : undefined }
      return target === order.unit
        ? anew
        : given({ ...placed(anew, target, atMs), appointed: true }, target, atMs)
    }
    case 'extension-asked':
      return { ...order, asked: event }
    case 'extension-decided': {
      const { asked: _, ...decided } = order
      return event.granted ? extended(decided, event.days, atMs, calendar) : decided
    }
    case 'warned':
      return { ...order, warned: [...order.warned, warnedKey(event.clock, event.percent, event.unit)] }
    case 'closed':
      return {
        ...questionEnded(instructionDone(tasksEnded(checked(order, event), atMs), 'closed', atMs), {
          isOver: true,
        }),
        closings: [...order.closings, event],
        clocks: done(order.clocks, atMs, 'handling', 'feedback', 'sign'),
      }
    case 'instructed':
      return instructed(order, event)
    case 'instruction-answered':
      return instructionDone(order, 'answered', atMs, event.seq)
    case 'instruction-ended':
      return instructionDone(order, 'ended', atMs)
    case 'site-asked':
      return siteAsked(order, event, event.limit)
    case 'site-checked':
      return siteChecked(order, event)
    case 'answered':
      return { ...order, answers: [...order.answers, event] }
    case 'closing-judged':
      return judged(order, event)
    case 'reopened':
      return reopened(order, atMs)
    case 'rung':
      return { ...order, clocks: done(order.clocks, atMs, 'person') }
    case 'erasure-asked':
      return {
        ...order,
        erasure: { because: event.because, askedBy: event.by.person, askedAtMs: atMs },
      }
    case 'erasure-refused':
      return { ...order, erasure: undefined }
  }
}
