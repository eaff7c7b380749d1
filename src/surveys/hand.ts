import type { Clock } from '../foundation/index.ts'
import type { Jobs } from '../jobs/index.ts'
import type { Ledger } from '../ledger/index.ts'
import type { Database, Queries } from '../storage/index.ts'
import { appendEvents, eventsOf } from './event-store.ts'
import { surveyLinkQueue, surveyRoundQueue } from './jobs.ts'
import type { Afterwards } from './next.ts'
import type { SurveyRules } from './rules.ts'
import { lockSurvey, type SurveyRow, updateSurveys } from './store.ts'
import { type Answers, happen, replay, type Survey, type SurveyEvent, type TimedEvent } from './survey.ts'

/** What the citizen answered about that closing. */
export type Answered = Answers & {
  readonly order: string
  readonly cycle: number
  readonly atMs: number
  /** Why, in their words. They belong to the order: what is chained stays for ever, and holds no word of a citizen. */
  readonly words?: string
}

export type HandParts = {
  readonly database: Database
  readonly jobs: Pick<Jobs, 'enqueue'>
  readonly ledger: Ledger
  readonly rules: SurveyRules
  readonly clock: Clock
  /** Told of an answer in the transaction that settles the survey. */
  answered(queries: Queries, answer: Answered): Promise<void>
  /** Told of a number that wants no more calls in the transaction that writes it down; nobody is when absent. */
  optedOut?(queries: Queries, number: string): Promise<void>
}

const minuteMs = 60_000

/** A survey in hand: its row is locked, and what happens to it is gathered and written at once. */
export type InHand = {
  readonly row: SurveyRow
  survey: Survey
  /** How many events it had before. */
  readonly had: number
  readonly events: TimedEvent[]
}
/** And when it is next to be looked at; absent: never. */
export type Dated = InHand & { readonly nextAtMs?: number }

export type Hands = ReturnType<typeof createHands>

/** How surveys are taken in hand, changed and put back: every action of this room goes through it. */
export function createHands({ database, jobs, ledger, rules, clock, answered }: HandParts) {
  /** With what happened to it until now. */
  const inHand = (row: SurveyRow, events: readonly TimedEvent[]): InHand => ({
    row,
    survey: replay(events, rules),
    had: events.length,
    events: [],
  })

  /** It is looked at again when that was to be anyway. */
  const withDate = (hand: InHand): Dated =>
    hand.row.next_at === null ? hand : { ...hand, nextAtMs: hand.row.next_at.getTime() }

  const note = (hand: InHand, event: SurveyEvent, atMs = clock.now()) => {
    hand.events.push({ atMs, event })
    hand.survey = happen(hand.survey, { atMs, event }, rules)
  }

  const linkUntil = () => clock.now() + rules.linkHours * 60 * minuteMs

  /** One round a minute, at its end, for all who fall due in it; and one at once. */
  const roundFor = (atMs: number): readonly [key: string, atMs: number] => {
    const minute = Math.ceil(atMs / minuteMs)
    return atMs <= clock.now() ? ['now', clock.now()] : [String(minute), minute * minuteMs]
  }

  async function take(tx: Queries, id: string): Promise<InHand | undefined> {
    const row = await lockSurvey(tx, id)
    if (!row) return undefined
    return inHand(row, (await eventsOf(ledger, tx, [id])).get(id) ?? [])
  }

  /**
   * Writes what happened, and when it is next to be looked at. Once in a transaction, and at its end: all take locks in
   * this order (order or campaign, surveys, rounds), and no two wait for each other.
   */
  async function put(tx: Queries, hands: readonly Dated[]) {
    await updateSurveys(
      tx,
      hands.map(({ row, survey, nextAtMs }) => ({ id: row.id, survey, nextAtMs })),
    )
    const isNew = ({ row, nextAtMs }: Dated) => nextAtMs !== row.next_at?.getTime()
    const rounds = hands
      .filter(isNew)
      .flatMap(({ nextAtMs }) => (nextAtMs === undefined ? [] : [roundFor(nextAtMs)]))
    for (const [key, atMs] of new Map(rounds)) await jobs.enqueue(tx, surveyRoundQueue, {}, { key, atMs })
    await appendEvents(
      ledger,
      tx,
      hands.flatMap(({ row, had, events }) =>
        events.map((one, index) => ({ survey: row.id, place: had + index + 1, ...one })),
      ),
    )
  }

  function linked(hand: InHand): Dated {
    const nextAtMs = linkUntil()
    note(hand, { kind: 'linked', untilMs: nextAtMs })
    return { ...hand, nextAtMs }
  }

  /** Does what has to be done next, but ring: that is the dialer's. What it gives is to be put. */
  async function follow(tx: Queries, hand: InHand, next: Afterwards, words?: string): Promise<Dated> {
    if (next.kind === 'wait') return { ...hand, nextAtMs: next.untilMs }
    if (next.kind === 'link' && hand.row.text_number !== null) {
      await jobs.enqueue(tx, surveyLinkQueue, { survey: hand.row.id })
      return linked(hand)
    }
    note(hand, { kind: 'settled', as: next.kind === 'link' ? 'unreached' : next.as })
    if (next.kind === 'settle' && next.as === 'answered')
      await answered(tx, {
        order: hand.row.order_number,
        cycle: hand.row.cycle,
        atMs: clock.now(),
        ...hand.survey.answers,
        words,
      })
    return hand
  }

  const onSurvey = async (id: string, work: (tx: Queries, hand: InHand) => Promise<void>) =>
    database.transaction(async tx => {
      const hand = await take(tx, id)
      if (hand) await work(tx, hand)
    })

  return { inHand, note, take, put, follow, linked, linkUntil, roundFor, withDate, onSurvey }
}
