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

/** A citizen's answers about a closing. */
export type Answered = Answers & {
  readonly order: string
  readonly cycle: number
  readonly atMs: number
  /**
   * The reason in the citizen's words. It belongs to the order: chained events are permanent and hold no words of
   * citizens.
   */
  readonly words?: string
}

export type HandParts = {
  readonly database: Database
  readonly jobs: Pick<Jobs, 'enqueue'>
  readonly ledger: Ledger
  readonly rules: SurveyRules
  readonly clock: Clock
  /** Receives an answer in the transaction that settles the survey. */
  answered(queries: Queries, answer: Answered): Promise<void>
  /** Receives a number that opts out, in the same transaction. */
  optedOut?(queries: Queries, number: string): Promise<void>
}

const minuteMs = 60_000

/** A survey being changed: its row is locked, and its events are collected and written together. */
export type InHand = {
  readonly row: SurveyRow
  survey: Survey
  /** The number of its earlier events. */
  readonly had: number
  readonly events: TimedEvent[]
}
/** With the time at which it is next due; absent if never. */
export type Dated = InHand & { readonly nextAtMs?: number }

export type Hands = ReturnType<typeof createHands>

/** Loads, changes and writes back surveys: every action of this room goes through it. */
export function createHands({ database, jobs, ledger, rules, clock, answered }: HandParts) {
  /** Folds the survey's events so far. */
  const inHand = (row: SurveyRow, events: readonly TimedEvent[]): InHand => ({
    row,
    survey: replay(events, rules),
    had: events.length,
    events: [],
  })

  /** Keeps the time at which it is due. */
  const withDate = (hand: InHand): Dated =>
    hand.row.next_at === null ? hand : { ...hand, nextAtMs: hand.row.next_at.getTime() }

  const note = (hand: InHand, event: SurveyEvent, atMs = clock.now()) => {
    hand.events.push({ atMs, event })
    hand.survey = happen(hand.survey, { atMs, event }, rules)
  }

  const linkUntil = () => clock.now() + rules.linkHours * 60 * minuteMs

  /** One round per minute, at its end, for all surveys due in it; and one round at once. */
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
   * Writes the new events, and when the survey is next due. Called once, at the end of a transaction: all
   * transactions lock in the same order (order or campaign, surveys, rounds), so that none deadlock.
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

  /** Carries out the next step, except ringing, which the dialer does. The result must be passed to `put`. */
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
