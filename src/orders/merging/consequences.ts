import type { Command } from '../command.ts'
import type { OrderEvent } from '../event.ts'
import { type OrderNumber, readOrderNumber } from '../number.ts'
import type { Order } from '../order.ts'
import { contactNumberOf } from '../store.ts'
import { carried } from './merging.ts'
import type { MergedOrder } from './store.ts'

export type Consequence = { readonly number: OrderNumber; readonly command: Command }

/**
 * What an order's change means for the order that it is merged with, or for those merged with it. It happens in the
 * same transaction, so that the orders never contradict each other.
 * @param members the orders merged with it, by number
 */
export function consequences(
  before: Order,
  after: Order,
  events: readonly OrderEvent[],
  members: readonly MergedOrder[],
): readonly Consequence[] {
  return [...events.flatMap(event => forLead(before, event)), ...forMembers(before, after, events, members)]
}

function forLead(before: Order, event: OrderEvent): readonly Consequence[] {
  if (event.kind === 'merged') {
    const command = { do: 'join', order: before.number, clocks: carried(before) } as const
    return [{ number: readOrderNumber(event.into), command }]
  }
  const from =
    event.kind === 'parted' ? event.from : event.kind === 'reopened' ? before.merged?.into : undefined
  if (from === undefined) return []
  return [{ number: readOrderNumber(from), command: { do: 'leave', order: before.number } }]
}

function forMembers(
  before: Order,
  after: Order,
  events: readonly OrderEvent[],
  members: readonly MergedOrder[],
): readonly Consequence[] {
  if (members.length === 0) return []
  const closed = events.find(event => event.kind === 'closed')
  if (closed) return closedWith(after, closed, members)
  const isHidden = after.confidential && !before.confidential
  const command: Command | undefined = isHidden ? { do: 'part' } : followOf(before, after, events)
  return command ? members.map(({ number }) => ({ number, command })) : []
}

/** If a number told the same matter twice, its citizen is asked only once. */
function closedWith(
  lead: Order,
  { result }: Extract<OrderEvent, { kind: 'closed' }>,
  members: readonly MergedOrder[],
): readonly Consequence[] {
  const asked = new Set([contactNumberOf(lead)])
  return members.map(({ number, contact }) => {
    const isAsked = contact === '' || !asked.has(contact)
    asked.add(contact)
    return { number, command: { do: 'close-with', lead: lead.number, result, isAsked } }
  })
}

function followOf(before: Order, after: Order, events: readonly OrderEvent[]): Command | undefined {
  const { unit, lead, copies } = after
  const isMoved = unit !== before.unit || lead !== before.lead || copies !== before.copies
  const citizenKnows = events.some(event => event.kind === 'progressed' && event.citizenKnows)
  const granted = events.find(event => event.kind === 'extension-decided' && event.granted)
  const days = granted?.kind === 'extension-decided' ? granted.days : undefined
  if (!isMoved && !citizenKnows && days === undefined) return undefined
  return { do: 'follow', unit, lead, copies, days, citizenKnows: citizenKnows ? true : undefined }
}
