import type { CallId } from '../telephony/index.ts'
import type { CallQueue, Waiting } from './queue.ts'
import type { QueueRules } from './queue-rules.ts'
import { isFit, type Need, needOf, presentOf, type QueueSeat } from './skills.ts'

/** A caller whom a seat is to be rung for. */
export type Offer = { readonly call: CallId; readonly seat: string }

/**
 * Who is offered to whom now. In the order of the queue each caller gets, of the free seats that may serve them, the one
 * that has most of what they wish for, then the one with the fewest skills besides, so that rare ones stay free, then the
 * one that has been idle longest. A caller whom no free seat may serve lets the next one by, and keeps their place.
 *
 * It walks the queue once: a need that no free seat meets is looked up once, however many callers have it.
 * @param seats where somebody is signed in, whether or not they are free
 */
export function decide(
  queue: CallQueue,
  seats: readonly QueueSeat[],
  rules: QueueRules,
  nowMs: number,
): readonly Offer[] {
  const present = presentOf(seats)
  const free = new Set(seats.filter(({ isReady }) => isReady))
  const unmet = new Set<string>()
  const offers: Offer[] = []
  for (const caller of queue) {
    if (free.size === 0) break
    if (caller.offered) continue
    const need = needOf(caller, present, rules, nowMs)
    const key = keyOf(need)
    if (unmet.has(key)) continue
    const seat = bestOf(free, caller, need)
    if (seat) {
      free.delete(seat)
      offers.push({ call: caller.call, seat: seat.name })
    } else unmet.add(key)
  }
  return offers
}

function keyOf({ seat, skills }: Need): string {
  if (seat !== undefined) return `@${seat}`
  return skills.length > 1 ? skills.join(' ') : (skills[0] ?? '')
}

function bestOf(free: ReadonlySet<QueueSeat>, { skills }: Waiting, need: Need): QueueSeat | undefined {
  let best: QueueSeat | undefined
  for (const seat of free) if (isFit(seat, need) && (!best || isBetter(seat, best, skills))) best = seat
  return best
}

function isBetter(one: QueueSeat, other: QueueSeat, wished: readonly string[]): boolean {
  const [ours, theirs] = [wishedIn(one, wished), wishedIn(other, wished)]
  if (ours !== theirs) return ours > theirs
  const surplus = one.skills.length - other.skills.length
  return surplus === 0 ? one.turn < other.turn : surplus < 0
}

const wishedIn = ({ skills }: QueueSeat, wished: readonly string[]) =>
  wished.length === 0 ? 0 : wished.filter(skill => skills.includes(skill)).length
