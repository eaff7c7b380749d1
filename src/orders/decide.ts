import type { Calendar } from '../city/index.ts'
import { grant, reveal } from './access.ts'
import type { Command, Decision, Giving, NewOrder } from './command.ts'
import { askErasure, checkSecond } from './erasing/erasing.ts'
import type { Actor } from './event.ts'
import { fault } from './faults.ts'
import { reachedAt } from './limit.ts'
import type { Order } from './order.ts'
import { checkReader, dispatched, known, ofHelper, ofUnit, only } from './permit.ts'
import type { OrderRules } from './rules.ts'
import { warn } from './warn.ts'

export type Context = Giving & { readonly rules: OrderRules; readonly calendar: Calendar }

/** Two nodes' clocks differ by so much at most; beyond it a clock was moved. */
const skewMs = 2_000

/** What a demand becomes. @throws Fault `category-unknown`, `unit-unknown`, `ring-in-future` */
export function decideNew(order: NewOrder, { atMs, rules }: Context): Decision {
  const category = known(rules.categories, order.category, 'category')
  const unit = known(rules.units, order.unit ?? category.unit, 'unit')
  const rangAtMs = order.rangAtMs ?? atMs
  if (rangAtMs > atMs + skewMs)
    throw fault('ring-in-future', 'rangAtMs', 'a ring that is yet to come', 'the first ring of the call')
  const { profile } = rules
  const urgency = order.urgency ?? category.urgency
  const {
    call,
    caller,
    contact,
    elder = false,
    language = 'zh-CN',
    matter,
    place,
    street,
    confidential,
    type,
    name,
    kind,
    district,
    answered,
    elderMatter = false,
  } = order
  const told = answered && ({ kind: 'closed', result: 'explained', evidence: [], ...answered } as const)
  return {
    happenings: [
      {
        kind: 'made',
        rangAtMs: Math.min(rangAtMs, atMs),
        caller,
        contact,
        elder,
        language,
        urgency,
        category: category.id,
        matter,
        place,
        street,
        unit: unit.id,
        call,
        confidential,
        type,
        name,
        catalogueKind: kind,
        district,
        limits: {
          handling: profile.handling[urgency],
          personRings: profile.personRings,
          sign: profile.sign ? profile.sign[urgency] : undefined,
          // What old people often raise has its fast track, and so has every old caller.
          feedback: elder || elderMatter || category.elder ? profile.elderFeedback : undefined,
        },
      },
      ...(told ? [told] : []),
    ],
    // What was answered at once is no unit's work.
    notices: told ? [] : [dispatched],
  }
}

/**
 * What comes of a command, nothing done yet.
 * @throws Fault `clock-moved-back`, `order-stage`, `order-of-another-unit`, `role-wrong`, and each command's own
 */
export function decide(order: Order, command: Command, context: Context): Decision {
  const { by, atMs } = context
  checkReader(order, by)
  // What a citizen answered is not refused for a clock of ours; it counts as of what happened last.
  if (by.role !== 'house' && atMs < order.lastAtMs - skewMs)
    throw fault(
      'clock-moved-back',
      'clock',
      `a time ${Math.round((order.lastAtMs - atMs) / 1000)} s before what happened last`,
      'a clock that goes on: look at the time of this machine',
    )
  const mayOnly = (...roles: readonly Actor['role'][]) => {
    if (!roles.includes(by.role)) throw fault('role-wrong', 'by', by.role, roles.join(' or '))
  }

  switch (command.do) {
    case 'add': {
      mayOnly('seat')
      const { words, call } = command
      return only(order, { kind: 'added', words, call })
    }
    case 'sign':
      ofUnit(order.unit, by)
      return only(order, { kind: 'signed', unit: order.unit })
    case 'support': {
      const unit = ofHelper(order, by)
      if (unit === order.lead)
        throw fault('order-led', 'by.unit', `${unit}, which leads`, 'a unit that helps')
      return only(order, { kind: 'supported', unit, person: command.person, phone: command.phone })
    }
    case 'grant':
    case 'end-grant':
      return grant(order, command, context)
    case 'reveal':
      return reveal(order, command, by)
    case 'set-confidential': {
      mayOnly('seat', 'supervisor')
      const { confidential, words } = command
      if (confidential === order.confidential)
        throw fault('nothing-changes', 'confidential', String(confidential), String(!confidential))
      return only(order, { kind: 'confidential-set', confidential, words })
    }
    case 'progress':
      ofUnit(order.lead, by)
      return only(order, { kind: 'progressed', words: command.words, citizenKnows: command.citizenKnows })
    case 'verify-contact': {
      mayOnly('seat', 'supervisor')
      const { contact } = order
      if (contact.mode !== 'unverified' || contact.number !== command.number)
        throw fault('contact-settled', 'order', `contact by ${contact.mode}`, 'a number to make sure of')
      return only(order, { kind: 'contact-verified', how: command.how })
    }
    case 'show-evidence':
      return showEvidence(order, command, context)
    case 'withdraw-evidence': {
      ofUnit(order.lead, by)
      // What a closing rested on stays.
      const piece = order.evidence.find(
        ({ hash, cycle, given }) => hash === command.hash && cycle === order.cycle && !given,
      )
      if (!piece)
        throw fault('evidence-unknown', 'hash', 'no such file of this round', 'a file that is shown')
      return only(order, { kind: 'withdrawn', hash: piece.hash })
    }
    case 'return':
      return sendOn(order, command, context)
    case 'appoint': {
      mayOnly('supervisor')
      const target = known(context.rules.units, command.target, 'target').id
      return only(order, { kind: 'appointed', target, words: command.words }, [dispatched])
    }
    case 'reclassify':
      return reclassify(order, command, context)
    case 'ask-extension':
      return askExtension(order, command, context)
    case 'decide-extension': {
      mayOnly('supervisor')
      if (!order.asked) throw fault('extension-not-asked', 'order', 'no extension asked for', 'one')
      const { granted, words } = command
      return only(order, { kind: 'extension-decided', granted, words, days: granted ? order.asked.days : 0 })
    }
    case 'close':
      return close(order, command, context)
    case 'answer':
      mayOnly('house')
      return answer(order, command)
    case 'note-ring':
      mayOnly('seat', 'supervisor')
      return only(order, { kind: 'rung', words: command.words })
    case 'ask-erasure':
      mayOnly('supervisor')
      return askErasure(order, command.because)
    case 'refuse-erasure':
      mayOnly('supervisor')
      return only(order, { kind: 'erasure-refused', askedBy: checkSecond(order, by.person).askedBy })
    case 'tick':
      return warn(order, context)
  }
}

function sendOn(
  order: Order,
  { ground, target, words }: Extract<Command, { do: 'return' }>,
  { by, atMs, rules, calendar }: Context,
): Decision {
  ofUnit(order.unit, by)
  const { within, most } = rules.profile.returns
  const to = known(rules.units, target, 'target').id
  const late = reachedAt(order.unitSinceMs, within, 1, calendar)
  if (order.lead !== undefined)
    throw fault(
      'return-refused',
      'order',
      'an order that was signed',
      'the first that signs leads to the end',
    )
  if (order.appointed)
    throw fault('return-refused', 'order', 'a unit that the centre appointed', 'that unit handles it')
  if (order.returns >= most)
    throw fault(
      'return-refused',
      'order',
      `${order.returns} returns already`,
      'a unit that the centre appoints',
    )
  if (atMs > late)
    throw fault(
      'return-refused',
      'order',
      'a return that comes too late',
      `one by ${new Date(late).toISOString()}`,
    )
  if (to === order.unit) throw fault('return-refused', 'target', `"${to}" itself`, 'another unit')
  // From here on no unit may send it on: somebody at the centre has to say whose it is.
  const isLast = order.returns + 1 === most
  const told = isLast ? [dispatched, { kind: 'disputed', to: 'city' } as const] : [dispatched]
  return only(order, { kind: 'returned', ground, target: to, words }, told)
}

/** What was taken for something else is put right; limits and class stay as they were when it was made. */
function reclassify(
  order: Order,
  { category, target, words }: Extract<Command, { do: 'reclassify' }>,
  { by, rules }: Context,
): Decision {
  if (by.role !== 'supervisor') throw fault('role-wrong', 'by', by.role, 'supervisor')
  const kind = known(rules.categories, category, 'category').id
  const unit = target === undefined ? order.unit : known(rules.units, target, 'target').id
  const isMoved = unit !== order.unit
  if (isMoved && order.lead !== undefined)
    throw fault('order-led', 'target', 'an order that was signed', 'the first that signs leads to the end')
  if (!isMoved && kind === order.category)
    throw fault('nothing-changes', 'category', `"${kind}"`, 'another category, or another unit')
  const happening = {
    kind: 'reclassified',
    category: kind,
    words,
    target: isMoved ? unit : undefined,
  } as const
  return only(order, happening, isMoved ? [dispatched] : [])
}

function askExtension(
  order: Order,
  { days, reason }: Extract<Command, { do: 'ask-extension' }>,
  { by, rules }: Context,
): Decision {
  ofUnit(order.lead, by)
  const { mostDays, times } = rules.profile.extension
  if (order.asked) throw fault('extension-asked', 'order', 'an extension asked for', 'one at a time')
  if (order.extensions.length >= times)
    throw fault('extension-refused', 'order', `${order.extensions.length} extensions`, `at most ${times}`)
  if (days > mostDays) throw fault('extension-refused', 'days', `${days} days`, `at most ${mostDays}`)
  return only(order, { kind: 'extension-asked', days, reason })
}

function close(
  order: Order,
  { result, words, evidence }: Extract<Command, { do: 'close' }>,
  { by, rules }: Context,
): Decision {
  ofUnit(order.lead, by)
  const files = order.evidence.filter(({ cycle, given }) => cycle === order.cycle && !given)
  if (rules.categories.get(order.category)?.evidence && evidence.length + files.length === 0)
    throw fault(
      'evidence-missing',
      'evidence',
      'none',
      'at least one: this kind of matter is closed with evidence',
    )
  return only(order, { kind: 'closed', result, words, evidence })
}

/**
 * What shows what was done, by the unit that leads; what shows what is wrong, by the centre, which has it of the citizen. A file
 * that is there already is not there twice, whatever it is called now.
 */
function showEvidence(
  order: Order,
  { pieces }: Extract<Command, { do: 'show-evidence' }>,
  { by, rules }: Context,
): Decision {
  if (by.role !== 'seat' && by.role !== 'supervisor') ofUnit(order.lead, by)
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

/** "Not solved" and the two worst ratings open the order again, if it is that closing that is still the last word. */
function answer(order: Order, { do: _, ...given }: Extract<Command, { do: 'answer' }>): Decision {
  if (given.cycle > order.closings.length || given.cycle < 1)
    throw fault('answer-unasked', 'cycle', `closing ${given.cycle}`, `one of ${order.closings.length}`)
  const answered = only(order, { kind: 'answered', ...given })
  // Nobody leads what was answered at once: there is no unit to open it for.
  if (order.lead === undefined) return answered
  const because = given.solved === 'no' ? 'not-solved' : (given.rating ?? 0) >= 4 ? 'dissatisfied' : undefined
  if (because === undefined || order.stage !== 'closed' || given.cycle !== order.cycle) return answered
  return {
    happenings: [...answered.happenings, { kind: 'reopened', because }],
    notices: [
      { kind: 'reopened', to: 'unit' },
      { kind: 'reopened', to: 'street' },
    ],
  }
}
