import type { CallQueue, Waiting, WaitingId } from './queue.ts'
import type { QueueRules } from './queue-rules.ts'
import { isFit, type Need, needOf, type Present, presentOf, type QueueSeat, rareOf } from './skills.ts'

/** A caller, or somebody owed a callback, for whom a seat is to be rung. */
export type Offer = { readonly id: WaitingId; readonly seat: string }

/** One turn in the queue: at any seat that may serve them, or at a speaker of what they wish for. */
type Turn = { readonly caller: Waiting; readonly need: Need }

/**
 * Decides who is offered to whom now. In the order of the queue each caller gets, of the free seats that may serve
 * them, the one with most of what they wish for, then the one with the fewest other skills, so that rare skills
 * stay free, then the one that has been idle longest. A caller whom no free seat may serve lets the next one by and
 * keeps their place. People owed a callback wait as callers do, from their INVITE on, except that callers on the
 * line come first for most seats (`ledShare`).
 *
 * A caller who wishes for a rare skill has one more turn, a little earlier, at the seats that have it: otherwise
 * the few speakers serve whoever is first, and those who need them wait for a speaker after having waited for their
 * place.
 *
 * Walks the queue once for each kind of turn: a need that no free seat meets is looked up once, however many
 * callers have it.
 * @param seats those that take calls, whether or not they are free
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
  // Callbacks get the seats that nobody on the line can use.
  for (const turn of later) if (free.size > 0) offer(turn)
  return offers
}

/** How many more seats may have a callback while callers wait; at least one in all unless the share is 0. */
function leadableIn(seats: readonly QueueSeat[], { ledShare }: QueueRules): number {
  if (ledShare >= 1) return seats.length
  return Math.ceil(ledShare * seats.length) - seats.filter(({ isLeading }) => isLeading).length
}

/** Both turns of every caller, in their order. */
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
