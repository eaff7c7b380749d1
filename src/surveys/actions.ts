import { createHash, createHmac } from 'node:crypto'
import type { Contact } from '../callers/index.ts'
import { type Clock, newId } from '../foundation/index.ts'
import type { Jobs } from '../jobs/index.ts'
import type { Database, Queries } from '../storage/index.ts'
import { stopForMissedPersons } from './campaign-actions.ts'
import { appendEvents, eventsOf } from './event-store.ts'
import { surveyLinkQueue, surveyRoundQueue } from './jobs.ts'
import { type Afterwards, afterAttempt, firstRingMs } from './next.ts'
import type { SurveyRules } from './rules.ts'
import {
  endAttempt,
  extendLease,
  insertLink,
  insertOptOut,
  insertSurvey,
  lockSurvey,
  optedOut,
  type SurveyRow,
  selectLink,
  updateSurveys,
} from './store.ts'
import {
  type Answers,
  type AttemptEnd,
  happen,
  hasAnswer,
  linkState,
  type OneAnswer,
  type PersonWish,
  replay,
  type Survey,
  type SurveyEvent,
} from './survey.ts'

/** A closing that the citizen has to be asked about. */
export type Owing = {
  readonly order: string
  /** 1 for the first closing of the order. */
  readonly cycle: number
  readonly contact: Contact
  readonly elder: boolean
  readonly language: string
  readonly closedAtMs: number
  readonly unit: string
  readonly category: string
  readonly street: string
}

/** What the citizen answered about that closing. */
export type Answered = Answers & {
  readonly order: string
  readonly cycle: number
  readonly atMs: number
  /** Why, in their words. They belong to the order: what is chained stays for ever, and holds no word of a citizen. */
  readonly words?: string
}

/** How an attempt ended. */
export type RingEnd = {
  readonly how: AttemptEnd
  readonly person?: PersonWish
  /** They were sent a link in the call. */
  readonly linked?: boolean
  /** What was heard of their reason. */
  readonly words?: string
}

export type SurveyLink = {
  /** Of the text that brings it: one survey is one text, however often it is tried, in the call and after it. */
  readonly id: string
  readonly token: string
  readonly to: string
  readonly language: string
}

export type House = {
  readonly database: Database
  readonly jobs: Pick<Jobs, 'enqueue'>
  readonly rules: SurveyRules
  readonly clock: Clock
  /** For how long an attempt is its node's; renewed while the call goes on. */
  readonly leaseMs: number
  /** What tokens of links are made with: whoever has the database alone can make none. */
  readonly linkKey: Uint8Array
  /** Told of an answer in the transaction that settles the survey. */
  answered(queries: Queries, answer: Answered): Promise<void>
}

/** The campaign of all surveys that closings owe. */
export const closedOrders = 'closed-orders'

const minuteMs = 60_000

/** A survey in hand: its row is locked, and what happens to it is gathered and written at once. */
export type InHand = { readonly row: SurveyRow; survey: Survey; readonly events: SurveyEvent[] }
/** And when it is next to be looked at; absent: never. */
export type Dated = InHand & { readonly nextAtMs?: number }

export type Actions = ReturnType<typeof createActions>

/** The only writers of this room's tables. */
export function createActions(house: House) {
  const { database, jobs, rules, clock, leaseMs, linkKey } = house

  /** It is looked at again when that was to be anyway. */
  const withDate = (hand: InHand): Dated =>
    hand.row.next_at === null ? hand : { ...hand, nextAtMs: hand.row.next_at.getTime() }

  const note = (hand: InHand, event: SurveyEvent) => {
    hand.events.push(event)
    hand.survey = happen(hand.survey, { atMs: clock.now(), event }, rules)
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
    const events = (await eventsOf(tx, [id])).get(id) ?? []
    return { row, survey: replay(events, rules), events: [] }
  }

  /**
   * Writes what happened, and when it is next to be looked at. Once in a transaction, and at its end: all take locks in
   * this order (order or campaign, surveys, rounds, chains), and no two wait for each other.
   */
  async function put(tx: Queries, hands: readonly Dated[]) {
    const nowMs = clock.now()
    await updateSurveys(
      tx,
      hands.map(({ row, survey, nextAtMs }) => ({ id: row.id, survey, nextAtMs, nowMs })),
    )
    const isNew = ({ row, nextAtMs }: Dated) => nextAtMs !== row.next_at?.getTime()
    const rounds = hands
      .filter(isNew)
      .flatMap(({ nextAtMs }) => (nextAtMs === undefined ? [] : [roundFor(nextAtMs)]))
    for (const [key, atMs] of new Map(rounds)) await jobs.enqueue(tx, surveyRoundQueue, {}, { key, atMs })
    await appendEvents(
      tx,
      nowMs,
      hands.flatMap(({ row, events }) => events.map(event => ({ survey: row.id, event }))),
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
      await house.answered(tx, {
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

  return {
    note,
    put,
    follow,
    withDate,
    onSurvey,

    /** In the transaction that closes the order. A closing is asked about once, however often this is called. */
    async owe(tx: Queries, owing: Owing): Promise<void> {
      const { contact, order, cycle, elder, unit, category, street, closedAtMs } = owing
      const id = newId('survey', clock.now())
      const number = 'number' in contact ? contact.number : undefined
      const isNew = await insertSurvey(tx, {
        id,
        campaign: closedOrders,
        order,
        cycle,
        elder,
        language: owing.language,
        unit,
        category,
        street,
        closedAtMs,
        dialNumber: contact.mode === 'voice' ? contact.number : undefined,
        textNumber: number,
      })
      if (!isNew) return
      const row = await lockSurvey(tx, id)
      if (!row) return
      const hand: InHand = { row, survey: replay([], rules), events: [] }
      note(hand, {
        kind: 'owed',
        order,
        cycle,
        contact: contact.mode,
        elder,
        unit,
        category,
        street,
        closedAtMs,
      })
      const isUnwilling = number !== undefined && (await optedOut(tx, [number])).size > 0
      const next: Afterwards =
        number === undefined || isUnwilling
          ? { kind: 'settle', as: isUnwilling ? 'opted-out' : 'unreached' }
          : { kind: 'wait', untilMs: firstRingMs(closedAtMs, elder, rules) }
      await put(tx, [await follow(tx, hand, next)])
    },

    /** One answer, as soon as it is given: whatever happens to the call or to us, it counts. */
    answer: (id: string, answer: OneAnswer) =>
      onSurvey(id, async (tx, hand) => {
        // Written twice, after a crash in between, it was still said once.
        const said: unknown = hand.survey.answers[answer.name]
        if (hand.survey.state === 'settled' || said === answer.value) return
        note(hand, { kind: 'answered', via: 'call', ...answer })
        await put(tx, [withDate(hand)])
      }),

    /** Nine: no more of these calls, at once, and for what is owed already as well. */
    optOut: (id: string) =>
      onSurvey(id, async (tx, hand) => {
        if (hand.row.text_number !== null) await insertOptOut(tx, hand.row.text_number, clock.now())
        if (hand.survey.state === 'settled' || hand.survey.optedOut) return
        note(hand, { kind: 'opted-out' })
        await put(tx, [withDate(hand)])
      }),

    /**
     * An attempt is over. One that was given up for dead meanwhile changes nothing but by what was answered in it.
     * @param linked they were sent a link in the call: they may say there what they have not said.
     */
    end: (id: string, attempt: number, { how, person, linked: isLinked = false, words }: RingEnd) =>
      onSurvey(id, async (tx, hand) => {
        const { state, attempts, answers, lastEnd } = hand.survey
        const isNew = await endAttempt(tx, id, how, person, clock.now())
        // Written twice, after a crash in between, it still ended once.
        if (!isNew && lastEnd === how) return
        if (person) await stopForMissedPersons(tx, hand.row.campaign, rules, clock.now())
        if (state === 'settled' || (state !== 'ringing' && !hasAnswer(answers))) return
        if (attempts !== attempt && !hasAnswer(answers)) return
        note(hand, { kind: 'ended', attempt, how, person })
        // That it is not solved waits for nothing.
        if (isLinked && !hand.survey.optedOut && answers.solved !== 'no') return put(tx, [linked(hand)])
        const next = afterAttempt(hand.survey, how, person, clock.now(), rules)
        await put(tx, [await follow(tx, hand, next, words)])
      }),

    /** While a call goes on, its node's lease does, and the alarm for when it ends. */
    extend: (id: string, attempt: number) =>
      database.transaction(async tx => {
        const untilMs = clock.now() + leaseMs
        const [key, atMs] = roundFor(untilMs)
        if (await extendLease(tx, id, attempt, untilMs))
          await jobs.enqueue(tx, surveyRoundQueue, {}, { key, atMs })
      }),

    /** A node died in this attempt, which may have rung: it counts, and is not made again. */
    async recover(tx: Queries, hand: InHand): Promise<Dated> {
      const { attempts: attempt } = hand.survey
      await endAttempt(tx, hand.row.id, 'unknown', undefined, clock.now())
      note(hand, { kind: 'ended', attempt, how: 'unknown' })
      return follow(tx, hand, afterAttempt(hand.survey, 'unknown', undefined, clock.now(), rules))
    },

    /**
     * A token that opens the page of a survey that is not settled, and is kept nowhere: it is made anew from the survey
     * and our key, and so the same each time.
     * @returns undefined once it is settled, or where there is no number to send it to
     */
    makeLink: (id: string): Promise<SurveyLink | undefined> =>
      database.transaction(async tx => {
        const hand = await take(tx, id)
        if (!hand || hand.survey.state === 'settled' || hand.row.text_number === null) return undefined
        const token = createHmac('sha256', linkKey)
          .update(`survey link ${id}`)
          .digest()
          .subarray(0, 16)
          .toString('base64url')
        await insertLink(tx, tokenHash(token), id, hand.survey.linkUntilMs ?? linkUntil())
        return {
          id: `survey-link-${id}`,
          token,
          to: hand.row.text_number,
          language: hand.row.language ?? 'zh-CN',
        }
      }),

    /** What a link opens. `over`: answered already, or too late. */
    async openLink(token: string): Promise<'open' | 'answered' | 'over' | undefined> {
      const link = await selectLink(database, tokenHash(token))
      if (!link) return undefined
      const events = (await eventsOf(database, [link.survey])).get(link.survey) ?? []
      return linkState(replay(events, rules), link.untilMs, clock.now())
    },

    /** One answer a link. It settles as a key would. */
    async answerLink(token: string, answers: Omit<Answers, 'reason'>) {
      const link = await selectLink(database, tokenHash(token))
      if (!link) return undefined
      return database.transaction(async tx => {
        const hand = await take(tx, link.survey)
        if (!hand) return undefined
        const state = linkState(hand.survey, link.untilMs, clock.now())
        if (state !== 'open') return state
        for (const [name, value] of Object.entries(answers))
          if (value !== undefined) note(hand, { kind: 'answered', via: 'link', name, value } as SurveyEvent)
        await put(tx, [await follow(tx, hand, { kind: 'settle', as: 'answered' })])
        return 'taken' as const
      })
    },
  }
}

const tokenHash = (token: string) => createHash('sha256').update(token).digest('hex')
