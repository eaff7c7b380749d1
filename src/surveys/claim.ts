import type { Dialable } from '../callers/index.ts'
import { placeTime } from '../city/index.ts'
import type { Clock } from '../foundation/index.ts'
import type { Ledger } from '../ledger/index.ts'
import type { Database, Queries } from '../storage/index.ts'
import type { SurveyActions } from './actions.ts'
import { campaignLoad, lockCampaign } from './campaign-store.ts'
import { eventsOf } from './event-store.ts'
import type { Dated, InHand } from './hand.ts'
import { halfDayOf, nextPermitted } from './hours.ts'
import { whenDue } from './next.ts'
import { closedOrders } from './owe.ts'
import type { SurveyRules } from './rules.ts'
import { type Due, insertAttempt, lockDue, numberHistories, optedOut } from './store.ts'
import { hasAnswer } from './survey.ts'

/** A call that this node, and no other, has to make now. */
export type Claimed = {
  readonly id: string
  readonly attempt: number
  /** Whether it is a repeat because the line was busy. */
  readonly redial: boolean
  readonly number: Dialable
  readonly order: string
  readonly cycle: number
}

/** How many are taken in one transaction. */
const batch = 50

/**
 * Takes what has fallen due. The attempt is committed before the telephone rings: if the node then dies, the
 * attempt has no end and counts as made.
 */
export function createClaim(dependencies: {
  readonly database: Database
  readonly ledger: Ledger
  readonly rules: SurveyRules
  readonly clock: Clock
  readonly leaseMs: number
  readonly actions: Pick<SurveyActions, 'inHand' | 'note' | 'put' | 'follow' | 'recover'>
}) {
  const { database, ledger, rules, clock, leaseMs, actions } = dependencies

  async function inHand(tx: Queries, due: Due, limit: number): Promise<readonly InHand[]> {
    const rows = await lockDue(tx, closedOrders, due, clock.now(), limit)
    const ids = rows.map(({ id }) => id)
    const events = await eventsOf(ledger, tx, ids)
    return rows.map(row => actions.inHand(row, events.get(row.id) ?? []))
  }

  /** @param dated receives the surveys to be written */
  async function ring(tx: Queries, limit: number, dated: Dated[]): Promise<readonly Claimed[]> {
    const hands = await inHand(tx, 'to-ring', limit)
    if (hands.length === 0) return []
    const nowMs = clock.now()
    const numbers = hands.flatMap(({ row }) => row.dial_number ?? [])
    const histories = await numberHistories(tx, numbers, placeTime(nowMs, rules.timeZone).date)
    const unwilling = await optedOut(tx, numbers)
    const claimed: Claimed[] = []
    for (const hand of hands) {
      const { row, survey } = hand
      const number = row.dial_number
      if (number === null) continue
      if (unwilling.has(number)) {
        dated.push(await actions.follow(tx, hand, { kind: 'settle', as: 'opted-out' }))
        continue
      }
      const next = whenDue(survey, histories.get(number) ?? { inDay: 0 }, nowMs, rules)
      if (next.kind !== 'ring') {
        dated.push(await actions.follow(tx, hand, next))
        continue
      }
      const { attempt, redial } = next
      const half = halfDayOf(nowMs, rules)
      if (!(await insertAttempt(tx, { survey: row.id, attempt, redial, number, half, nowMs }))) {
        // Another order of the same citizen used this half-day.
        const untilMs = nextPermitted(nowMs, row.elder, new Set([...survey.halfDays, half]), rules)
        dated.push(await actions.follow(tx, hand, { kind: 'wait', untilMs }))
        continue
      }
      actions.note(hand, { kind: 'rung', attempt, redial, half }, nowMs)
      dated.push({ ...hand, nextAtMs: nowMs + leaseMs })
      claimed.push({ id: row.id, attempt, redial, number, order: row.order_number, cycle: row.cycle })
    }
    return claimed
  }

  async function make(tx: Queries, limit: number, dated: Dated[]) {
    const toText = await inHand(tx, 'to-text', batch)
    for (const hand of toText) dated.push(await actions.follow(tx, hand, { kind: 'link' }))
    const load = await campaignLoad(tx, closedOrders, clock.now())
    const { lines, perHour } = rules.campaign
    const free = Math.min(limit, batch, lines - load.ringing, perHour - load.lastHour)
    const claimed = free > 0 ? await ring(tx, free, dated) : []
    return { claimed, more: toText.length === batch || claimed.length > 0 }
  }

  return {
    /** Settles what is over, and takes up to `limit` calls. @returns `more` if more may be due */
    async claim(limit: number): Promise<{ readonly claimed: readonly Claimed[]; readonly more: boolean }> {
      return database.transaction(async tx => {
        const campaign = await lockCampaign(tx, closedOrders)
        const dated: Dated[] = []
        const over = await inHand(tx, 'over', batch)
        for (const hand of over)
          if (hand.survey.state === 'ringing') dated.push(await actions.recover(tx, hand))
          else {
            const as = hasAnswer(hand.survey.answers) ? 'answered' : 'unreached'
            dated.push(await actions.follow(tx, hand, { kind: 'settle', as }))
          }
        const made =
          campaign?.state === 'running' ? await make(tx, limit, dated) : { claimed: [], more: false }
        await actions.put(tx, dated)
        return { ...made, more: made.more || over.length === batch }
      }, claimDeadlineMs)
    },
  }
}

/** Fifty surveys with several statements each, on a database shared with others. */
const claimDeadlineMs = 30_000
