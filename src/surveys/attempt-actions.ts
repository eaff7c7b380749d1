import type { Queries } from '../storage/index.ts'
import { stopForMissedPersons } from './campaign-actions.ts'
import type { Dated, HandParts, Hands, InHand } from './hand.ts'
import { surveyRoundQueue } from './jobs.ts'
import { afterAttempt } from './next.ts'
import { endAttempt, extendLease, insertOptOut } from './store.ts'
import { type AttemptEnd, hasAnswer, type OneAnswer, type PersonWish } from './survey.ts'

/** The end of an attempt. */
export type RingEnd = {
  readonly how: AttemptEnd
  readonly person?: PersonWish
  /** Whether they were sent a link in the call. */
  readonly linked?: boolean
  /** What was understood of their reason. */
  readonly words?: string
}

type Parts = HandParts & {
  /** How long an attempt belongs to its node; renewed while the call goes on. */
  readonly leaseMs: number
}

/** Writes an attempt's progress and its end. */
export function createAttempts(
  { database, jobs, rules, clock, leaseMs, optedOut }: Parts,
  { note, put, follow, linked, withDate, roundFor, onSurvey }: Hands,
) {
  return {
    /** Stores one answer as soon as it is given, so that it counts whatever happens to the call or to us. */
    answer: (id: string, answer: OneAnswer) =>
      onSurvey(id, async (tx, hand) => {
        // A retry after a crash writes it again, but it is recorded once.
        const said: unknown = hand.survey.answers[answer.name]
        if (hand.survey.state === 'settled' || said === answer.value) return
        note(hand, { kind: 'answered', via: 'call', ...answer })
        await put(tx, [withDate(hand)])
      }),

    /** Key 9: no more of these calls, from now on and for those already owed. */
    optOut: (id: string) =>
      onSurvey(id, async (tx, hand) => {
        const number = hand.row.text_number
        if (number !== null) {
          await insertOptOut(tx, number, clock.now())
          await optedOut?.(tx, number)
        }
        if (hand.survey.state === 'settled' || hand.survey.optedOut) return
        note(hand, { kind: 'opted-out' })
        await put(tx, [withDate(hand)])
      }),

    /** Gives up a survey because the person wants to be forgotten. One that is ringing right now runs to its end. */
    giveUp: (id: string) =>
      onSurvey(id, async (tx, hand) => {
        const { state } = hand.survey
        if (state !== 'owed' && state !== 'linked') return
        note(hand, { kind: 'settled', as: 'unreached' })
        await put(tx, [hand])
      }),

    /**
     * Ends an attempt. If it was already given up as dead, only the answers given in it still count.
     * @param linked whether they were sent a link in the call, on which they may give the missing answers
     */
    end: (id: string, attempt: number, { how, person, linked: isLinked = false, words }: RingEnd) =>
      onSurvey(id, async (tx, hand) => {
        const { state, attempts, answers, lastEnd } = hand.survey
        const nowMs = clock.now()
        const isNew = await endAttempt(tx, id, attempt, how, person, nowMs)
        // A retry after a crash writes it again, but it is recorded once.
        if (!isNew && lastEnd === how) return
        if (person) await stopForMissedPersons(tx, hand.row.campaign, rules, clock.now())
        if (isNew) note(hand, { kind: 'ended', attempt, how, person }, nowMs)
        const isOver =
          state === 'settled' || ((state !== 'ringing' || attempts !== attempt) && !hasAnswer(answers))
        if (isOver) return put(tx, [withDate(hand)])
        if (!isNew) note(hand, { kind: 'ended', attempt, how, person }, nowMs)
        // An answer of "not solved" is passed on at once, without waiting for the link.
        if (isLinked && !hand.survey.optedOut && answers.solved !== 'no') return put(tx, [linked(hand)])
        const next = afterAttempt(hand.survey, how, person, clock.now(), rules)
        await put(tx, [await follow(tx, hand, next, words)])
      }),

    /** Extends the lease while the call goes on, and sets the alarm for its end. */
    extend: (id: string, attempt: number) =>
      database.transaction(async tx => {
        const untilMs = clock.now() + leaseMs
        const [key, atMs] = roundFor(untilMs)
        if (await extendLease(tx, id, attempt, untilMs))
          await jobs.enqueue(tx, surveyRoundQueue, {}, { key, atMs })
      }),

    /** The node died during this attempt, which may have rung: it counts, and is not repeated. */
    async recover(tx: Queries, hand: InHand): Promise<Dated> {
      const { attempts: attempt } = hand.survey
      const nowMs = clock.now()
      await endAttempt(tx, hand.row.id, attempt, 'unknown', undefined, nowMs)
      note(hand, { kind: 'ended', attempt, how: 'unknown' }, nowMs)
      return follow(tx, hand, afterAttempt(hand.survey, 'unknown', undefined, nowMs, rules))
    },
  }
}
