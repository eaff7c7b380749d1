import { type Contact, dialable } from '../callers/index.ts'
import type { Calendar } from '../city/index.ts'
import type { ClockName, OrderType, Piece, Stage, Urgency } from './api.ts'
import { done, markAt, type OrderClock } from './clocks.ts'
import type { WaitsBecause } from './dispatching/api.ts'
import type { ErasureAsked } from './erasing/api.ts'
import type { Answer, Happening, OrderEvent } from './event.ts'
import { historyFault } from './faults.ts'
import { type Limit, longer } from './limit.ts'
import type { OrderNumber } from './number.ts'
import { moves } from './order-state.ts'

type Of<Kind extends Happening['kind']> = Omit<Extract<OrderEvent, { kind: Kind }>, 'kind' | 'seq' | 'by'>

/** A file, the round that it belongs to, and whether the citizen gave it when they told us: that shows nothing of what was done. */
export type GivenPiece = Piece & { readonly cycle: number; readonly given?: true | undefined }

/** What an order is after what has happened to it. */
export type Order = {
  readonly number: OrderNumber
  /** How many events it has had. */
  readonly seq: number
  readonly lastAtMs: number
  readonly stage: Stage
  /** 1 until it is reopened for the first time. */
  readonly cycle: number
  readonly rangAtMs: number
  readonly madeAtMs: number
  readonly caller: string
  readonly contact: Contact
  readonly elder: boolean
  readonly language: string
  /** Older orders have none, nor a name, a kind or a district. */
  readonly type: OrderType | undefined
  readonly name: string | undefined
  /** Code in the catalogue; none any more once the category was put right. */
  readonly kind: string | undefined
  readonly district: string | undefined
  /** Empty until somebody has said what it is. */
  readonly category: string
  readonly urgency: Urgency
  readonly matter: string
  readonly place: string
  readonly street: string
  /** Which unit has it, the centre until it is dispatched, and since when. */
  readonly unit: string
  readonly unitSinceMs: number
  /** The centre named the unit: it may not return it. */
  readonly appointed: boolean
  readonly returns: number
  /** The first that signed. */
  readonly lead?: string
  readonly supports: readonly Of<'supported'>[]
  /** Units that the lead or the centre asked to help, each with the reason. */
  readonly grants: readonly Of<'granted'>[]
  /** No person of it is shown outside the centre. */
  readonly confidential: boolean
  readonly additions: readonly Of<'added'>[]
  readonly asked?: Of<'extension-asked'>
  /** Days that were granted beyond the limit. */
  readonly extensions: readonly number[]
  /** Files that are there, each with the round that it belongs to. */
  readonly evidence: readonly GivenPiece[]
  readonly closings: readonly Of<'closed'>[]
  readonly answers: readonly Answer[]
  readonly personRings: Limit
  /** Why it waits or waited to be dispatched; absent where whoever made it said whose it is. */
  readonly waits?: WaitsBecause
  /** What a unit has to sign it, where cities set that. */
  readonly signs: Limit | undefined
  /** Somebody asked that it is erased, and nobody has decided yet. */
  readonly erasure?: ErasureAsked
  readonly clocks: readonly OrderClock[]
  /** Marks that were told, as `handling 75`. */
  readonly warned: readonly string[]
}

/** An order and all that happened to it, in order. */
export type History = { readonly order: Order; readonly events: readonly OrderEvent[] }

export const warnedKey = (clock: ClockName, percent: number) => `${clock} ${percent}`

/**
 * The order that these events make; the same events make the same order, whenever they are replayed.
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
    supports: [],
    grants: [],
    confidential,
    additions: [],
    extensions: [],
    evidence: [],
    closings: [],
    answers: [],
    personRings: limits.personRings,
    waits,
    signs: limits.sign,
    warned: [],
    clocks: [
      { name: 'handling', startMs: rangAtMs, limit: limits.handling },
      ...(limits.feedback ? [{ name: 'feedback', startMs: rangAtMs, limit: limits.feedback } as const] : []),
      ...(limits.dispatch ? [{ name: 'dispatch', startMs: rangAtMs, limit: limits.dispatch } as const] : []),
      // A unit signs what it has.
      ...(limits.sign && waits === undefined
        ? [{ name: 'sign', startMs: atMs, limit: limits.sign } as const]
        : []),
    ],
  }
}

/** One more event. Time never runs back within an order. */
export function happen(before: Order, event: OrderEvent, calendar: Calendar): Order {
  const stage = moves[before.stage][event.kind]
  if (stage === undefined || event.seq !== before.seq + 1 || event.atMs < before.lastAtMs)
    throw historyFault(before.number, event, Object.keys(moves[before.stage]).join(', '))
  const order: Order = { ...before, seq: event.seq, lastAtMs: event.atMs, stage }
  const { atMs } = event

  switch (event.kind) {
    case 'made':
      throw historyFault(order.number, event, 'one beginning')
    case 'added':
      return { ...order, additions: [...order.additions, event] }
    case 'dispatched': {
      const { unit, category, catalogueKind: kind = order.kind } = event
      const known = { ...order, category, kind, clocks: done(order.clocks, atMs, 'dispatch') }
      return given(known, unit, atMs)
    }
    case 'signed':
      return { ...order, lead: event.unit, clocks: done(order.clocks, atMs, 'sign') }
    case 'supported':
      return {
        ...order,
        supports: [...order.supports.filter(({ unit }) => unit !== event.unit), event],
      }
    case 'granted':
      return { ...order, grants: [...order.grants, event] }
    case 'grant-ended':
      return { ...order, grants: order.grants.filter(({ unit }) => unit !== event.unit) }
    case 'confidential-set':
      return { ...order, confidential: event.confidential }
    case 'revealed':
      return order
    case 'progressed':
      return event.citizenKnows ? { ...order, clocks: done(order.clocks, atMs, 'feedback') } : order
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
      return given({ ...order, returns: order.returns + 1 }, event.target, atMs)
    case 'appointed':
      return given({ ...order, appointed: true }, event.target, atMs)
    case 'reclassified': {
      const { category, target = order.unit } = event
      const anew = { ...order, category, kind: category === order.category ? order.kind : undefined }
      return target === order.unit ? anew : given({ ...anew, appointed: true }, target, atMs)
    }
    case 'extension-asked':
      return { ...order, asked: event }
    case 'extension-decided': {
      const { asked: _, ...decided } = order
      return event.granted ? extended(decided, event.days, atMs, calendar) : decided
    }
    case 'warned':
      return { ...order, warned: [...order.warned, warnedKey(event.clock, event.percent)] }
    case 'closed':
      return {
        ...order,
        closings: [...order.closings, event],
        clocks: done(order.clocks, atMs, 'handling', 'feedback', 'sign'),
      }
    case 'answered':
      return { ...order, answers: [...order.answers, event] }
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

/** A clock that begins anew is warned of anew. */
const begun = (order: Order, clock: OrderClock): Order => ({
  ...order,
  clocks: [...order.clocks.filter(({ name }) => name !== clock.name), clock],
  warned: order.warned.filter(key => !key.startsWith(`${clock.name} `)),
})

/** Each unit has the same time to sign, while the citizen's clocks go on as they were. */
function given(order: Order, unit: string, atMs: number): Order {
  const moved = { ...order, unit, unitSinceMs: atMs }
  return order.signs ? begun(moved, { name: 'sign', startMs: atMs, limit: order.signs }) : moved
}

/** A longer limit moves the marks; those that lie ahead again are told again. */
function extended(order: Order, days: number, atMs: number, calendar: Calendar): Order {
  const clocks = order.clocks.map(clock =>
    clock.name === 'handling' ? { ...clock, limit: longer(clock.limit, days) } : clock,
  )
  const handling = clocks.find(({ name }) => name === 'handling')
  const isPassed = (key: string) => {
    const [name, percent] = key.split(' ')
    return name !== 'handling' || !handling || markAt(handling, Number(percent), calendar) <= atMs
  }
  return {
    ...order,
    clocks,
    extensions: [...order.extensions, days],
    warned: order.warned.filter(isPassed),
  }
}

/** The same order, the same lead and the clock of the first ring: a closing that was none did not stop it. */
function reopened(order: Order, atMs: number): Order {
  const clocks = order.clocks.map((clock): OrderClock => {
    if (clock.name !== 'handling') return clock
    const { doneAtMs: _, ...running } = clock
    return running
  })
  const open = { ...order, clocks, cycle: order.cycle + 1, erasure: undefined }
  const waits = clocks.some(({ name, doneAtMs }) => name === 'person' && doneAtMs === undefined)
  return waits ? open : begun(open, { name: 'person', startMs: atMs, limit: order.personRings })
}
