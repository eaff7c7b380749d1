import type { Queries } from '../storage/index.ts'
import { stopForMissedPersons } from './campaign-actions.ts'
import type { Dated, HandParts, Hands, InHand } from './hand.ts'
import { surveyRoundQueue } from './jobs.ts'
import { afterAttempt } from './next.ts'
import { endAttempt, extendLease, insertOptOut } from './store.ts'
import { type AttemptEnd, hasAnswer, type OneAnswer, type PersonWish } from './survey.ts'

/** How an attempt ended. */
export type RingEnd = {
  readonly how: AttemptEnd
  readonly person?: PersonWish
  /** They were sent a link in the call. */
  readonly linked?: boolean
  /** What was heard of their reason. */
  readonly words?: string
}

type Parts = HandParts & {
  /** For how long an attempt is its node's; renewed while the call goes on. */
  readonly leaseMs: number
}

/** What is written of an attempt to ring, while it goes on and when it is over. */
export function createAttempts(
  { database, jobs, rules, clock, leaseMs, optedOut }: Parts,
  { note, put, follow, linked, withDate, roundFor, onSurvey }: Hands,
) {
  return {
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
        const number = hand.row.text_number
        if (number !== null) {
          await insertOptOut(tx, number, clock.now())
          await optedOut?.(tx, number)
        }
        if (hand.survey.state === 'settled' || hand.survey.optedOut) return
        note(hand, { kind: 'opted-out' })
        await put(tx, [withDate(hand)])
      }),

    /** Nobody is to ask any more: whoever it is wants to be forgotten. One that rings right now is left to its end. */
    giveUp: (id: string) =>
      onSurvey(id, async (tx, hand) => {
        const { state } = hand.survey
        if (state !== 'owed' && state !== 'linked') return
        note(hand, { kind: 'settled', as: 'unreached' })
        await put(tx, [hand])
      }),

    /**
     * An attempt is over. One that was given up for dead meanwhile changes nothing but by what was answered in it.
     * @param linked they were sent a link in the call: they may say there what they have not said.
     */
    end: (id: string, attempt: number, { how, person, linked: isLinked = false, words }: RingEnd) =>
      onSurvey(id, async (tx, hand) => {
        const { state, attempts, answers, lastEnd } = hand.survey
        const nowMs = clock.now()
        const isNew = await endAttempt(tx, id, attempt, how, person, nowMs)
        // Written twice, after a crash in between, it still ended once.
        if (!isNew && lastEnd === how) return
        if (person) await stopForMissedPersons(tx, hand.row.campaign, rules, clock.now())
        if (isNew) note(hand, { kind: 'ended', attempt, how, person }, nowMs)
        const isOver =
          state === 'settled' || ((state !== 'ringing' || attempts !== attempt) && !hasAnswer(answers))
        if (isOver) return put(tx, [withDate(hand)])
        if (!isNew) note(hand, { kind: 'ended', attempt, how, person }, nowMs)
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
      const nowMs = clock.now()
      await endAttempt(tx, hand.row.id, attempt, 'unknown', undefined, nowMs)
      note(hand, { kind: 'ended', attempt, how: 'unknown' }, nowMs)
      return follow(tx, hand, afterAttempt(hand.survey, 'unknown', undefined, nowMs, rules))
    },
  }
}
