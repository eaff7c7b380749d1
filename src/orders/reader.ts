import type { ContactMode } from '../callers/index.ts'
import { type Home, spokenNumber } from '../telephony/index.ts'
import type { OrderCommand } from './acting/api.ts'
import type { Actor, OrderEvent } from './event.ts'
import { maskedNumber, masksNumbers } from './mask.ts'
import type { History, Order } from './order.ts'
import type { OrderRules } from './rules.ts'
import type { OrderLine } from './store.ts'
import type { SupervisionLevel } from './supervising/api.ts'

/** Resolves a unit given by name, as earlier versions stored it. */
export function withUnitId(actor: Actor, rules: Pick<OrderRules, 'units'>): Actor {
  return actor.unit === undefined ? actor : { ...actor, unit: unitIdOf(actor.unit, rules) }
}

export const unitIdOf = (unit: string, { units }: Pick<OrderRules, 'units'>): string =>
  [...units.values()].find(({ name }) => name === unit)?.id ?? unit

/** An order as a reader may see it. `contact` is for display only: its number may be masked. */
export type ShownHistory = History & {
  readonly contact: { readonly mode: ContactMode; readonly number?: string }
}

/** With the acts open to the reader, judged by the real order rather than by what is shown. */
export type SeenHistory = ShownHistory & {
  readonly may: readonly OrderCommand['do'][]
  /** Levels at which this reader can issue an instruction. */
  readonly mayInstruct: readonly SupervisionLevel[]
}

/**
 * Hides the citizen from units. A unit reaches the citizen the way they wished and need not know who rang: numbers
 * are masked, even within texts, until it says why it needs one, and it does not see which other orders are the
 * citizen's. In a confidential order it sees no person at all.
 */
export function asSeenBy(reader: Actor, seen: History, home: Home, isRevealed = false): ShownHistory {
  const { order, events } = seen
  if (reader.role !== 'unit') return { order, events, contact: order.contact }
  const { contact, confidential } = order
  const number = contact.mode === 'none' ? '' : contact.number
  const shown = (text: string) => (isRevealed ? text : maskOf(order, home)(text))
  return {
    order: {
      ...order,
      caller: '',
      name: confidential ? undefined : order.name && shown(order.name),
      contact: { mode: 'none' },
      ...wordsOf(order, shown),
    },
    events: events.filter(isForUnits).map(event => eventFor(reader, event, shown, confidential)),
    contact: confidential
      ? { mode: 'none' }
      : {
          mode: contact.mode,
          number: number === '' ? undefined : isRevealed ? number : maskedNumber(spokenNumber(number, home)),
        },
  }
}

/** A line of a list, as a reader may see it. */
export const lineSeenBy = (reader: Actor, line: OrderLine): OrderLine =>
  reader.role === 'unit' ? { ...line, ...wordsOf(line, masksNumbers([])) } : line

const wordsOf = ({ matter, place }: Pick<Order, 'matter' | 'place'>, shown: (text: string) => string) => ({
  matter: shown(matter),
  place: shown(place),
})

/** Masks the citizen's numbers in texts, however they are written. */
function maskOf({ caller, contact }: Order, home: Home): (text: string) => string {
  const known = [caller, contact.mode === 'none' ? '' : contact.number].filter(Boolean)
  return masksNumbers(known.flatMap(number => [number, spokenNumber(number, home)]))
}

/** Only the centre sees which orders share a caller or resemble each other. */
const isForUnits = ({ kind }: OrderEvent) => kind !== 'likened' && kind !== 'told-apart'

function eventFor(
  reader: Actor,
  event: OrderEvent,
  shown: (text: string) => string,
  confidential: boolean,
): OrderEvent {
  const by = confidential && event.by.unit !== reader.unit ? { ...event.by, person: '' } : event.by
  const seen = { ...event, by }
  if (seen.kind === 'made')
    return {
      ...seen,
      caller: '',
      name: confidential ? undefined : seen.name && shown(seen.name),
      contact: { mode: 'none' },
      ...wordsOf(seen, shown),
    }
  if (seen.kind === 'site-checked')
    return { ...seen, visitors: confidential ? '' : shown(seen.visitors), words: shown(seen.words) }
  if (seen.kind === 'extension-asked') return { ...seen, reason: shown(seen.reason) }
  if (seen.kind === 'closed') return { ...seen, words: shown(seen.words), evidence: seen.evidence.map(shown) }
  return 'words' in seen && seen.words !== undefined ? { ...seen, words: shown(seen.words) } : seen
}
