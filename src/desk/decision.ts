import type { CallQueue, Waiting, WaitingId } from './queue.ts'
import type { QueueRules } from './queue-rules.ts'
import { isFit, type Need, needOf, type Present, presentOf, type QueueSeat, rareOf } from './skills.ts'

/** Somebody whom a seat is to be rung for. */
export type Offer = { readonly id: WaitingId; readonly seat: string }

/** Somebody's turn: anybody who may serve them, or a speaker of what they wish for. */
type Turn = { readonly caller: Waiting; readonly need: Need }

/**
 * Who is offered to whom now. In the order of the queue each caller gets, of the free seats that may serve them, the one
 * that has most of what they wish for, then the one with the fewest skills besides, so that rare ones stay free, then the
 * one that has been idle longest. A caller whom no free seat may serve lets the next one by, and keeps their place.
 * Whoever is owed a callback waits as callers do, from their INVITE on, but for the seats that callers on the line have
 * before them (`ledShare`).
 *
 * Whoever wishes for a rare skill has one more turn, a little earlier, at the seats that have it: otherwise the few
 * speakers serve whoever stands first, and those who need them wait for the speakers after they have waited for their place.
 *
 * It walks the queue once for either turn: a need that no free seat meets is looked up once, however many callers have it.
 * @param seats where somebody is signed in, whether or not they are free
 */
export function decide(
  queue: CallQueue,
  seats: readonly QueueSeat[],
  rules: QueueRules,
  nowMs: number,
): readonly Offer[] {
  if (queue.length === 0) return []
  const free = new Set(seats.filter(({ isReady }) => isReady))
  const unmet = new Set<string>()
  const served = new Set<WaitingId>()
  const offers: Offer[] = []
  const offer = ({ caller, need }: Turn): boolean => {
    if (caller.offered || served.has(caller.id)) return false
    const key = keyOf(need)
    if (unmet.has(key)) return false
    const seat = bestOf(free, caller, need)
    if (seat) {
      free.delete(seat)
      served.add(caller.id)
      offers.push({ id: caller.id, seat: seat.name })
    } else unmet.add(key)
    return seat !== undefined
  }
  let mayLead = leadableIn(seats, rules)
  const later: Turn[] = []
  for (const turn of turnsOf(queue, free, presentOf(seats), rules, nowMs)) {
    if (free.size === 0) break
    if (turn.caller.isOwed && mayLead <= 0) later.push(turn)
    else if (offer(turn) && turn.caller.isOwed) mayLead--
  }
  // Seats that nobody on the line can use.
  for (const turn of later) if (free.size > 0) offer(turn)
  return offers
}

/** How many more seats may have a callback while callers wait: one in all, wherever any may. */
function leadableIn(seats: readonly QueueSeat[], { ledShare }: QueueRules): number {
  if (ledShare >= 1) return seats.length
  return Math.ceil(ledShare * seats.length) - seats.filter(({ isLeading }) => isLeading).length
}

/** Both turns of everyone, in their order. */
function* turnsOf(
  queue: CallQueue,
  free: ReadonlySet<QueueSeat>,
  present: Present,
  rules: QueueRules,
  nowMs: number,
): Generator<Turn> {
  const speakers = speakersTurns(queue, free, present)
  let early = speakers.next()
  for (const caller of queue) {
    while (!early.done && early.value.caller.rankMs - rules.speakerMs < caller.rankMs) {
      yield early.value
      early = speakers.next()
    }
    yield { caller, need: needOf(caller, present, rules, nowMs) }
  }
}

function* speakersTurns(
  queue: CallQueue,
  free: ReadonlySet<QueueSeat>,
  present: Present,
): Generator<Turn, undefined> {
  if (![...free].some(({ skills }) => skills.length > 0)) return
  for (const caller of queue) {
    const skills = caller.seat === undefined ? rareOf(caller.skills, present) : []
    if (skills.length > 0) yield { caller, need: { skills } }
  }
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
