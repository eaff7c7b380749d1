import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Calendar } from '../../city/index.ts'
import type { Clock } from '../../foundation/index.ts'
import type { OrderActions } from '../actions.ts'
import { dueAt } from '../clocks.ts'
import { house } from '../event.ts'
import { fault } from '../faults.ts'
import { isOrderNumber, type OrderNumber, readOrderNumber } from '../number.ts'
import type { Order } from '../order.ts'
import type { OrderRules } from '../rules.ts'
import type { CitizenQuestion, PersonAsked, ReplyTaken } from './api.ts'
import { isAsked, questionEndsAt } from './question.ts'

export type QuestionLinks = {
  /** The token for a question's page; the same for each call. */
  tokenOf(number: OrderNumber, seq: number): string
  /** @throws Fault `question-unknown` */
  open(token: string): Promise<CitizenQuestion>
  /** Accepts one answer per question. @throws Fault `question-unknown` */
  reply(token: string, words: string): Promise<ReplyTaken>
  /**
   * The citizen asks for a person to check what was dispatched by rule (个人信息保护法, article 24). @throws Fault
   * `question-unknown`
   */
  askPerson(token: string, words: string | undefined): Promise<PersonAsked>
}

type Parts = {
  readonly actions: Pick<OrderActions, 'find' | 'act'>
  readonly rules: Pick<OrderRules, 'units'>
  readonly calendar: Calendar
  readonly clock: Clock
  /** Key for tokens, so that access to the database is not enough to forge one. */
  readonly linkKey: Uint8Array
}

/**
 * A token is not stored, since it contains what it opens:
 *
 *      0       6     8              16 bytes
 *     | number | seq | HMAC-SHA-256, its first 8 bytes |
 *
 * Guessing one means guessing 64 bits at 30 attempts a minute.
 */
export function createQuestionLinks({ actions, rules, calendar, clock, linkKey }: Parts): QuestionLinks {
  const bytesOf = (number: string, seq: number) => {
    const told = Buffer.alloc(8)
    told.writeUIntBE(Number(number), 0, 6)
    told.writeUInt16BE(seq, 6)
    const mark = createHmac('sha256', linkKey).update('order question ').update(told).digest()
    return Buffer.concat([told, mark.subarray(0, 8)])
  }

  /** The order and event that a token names. @throws Fault `question-unknown` for a forged or malformed token */
  async function orderOf(token: string) {
    const bytes = Buffer.from(token, 'base64url')
    const number = String(bytes.length === 16 ? bytes.readUIntBE(0, 6) : 0).padStart(13, '0')
    const seq = bytes.length === 16 ? bytes.readUInt16BE(6) : 0
    if (bytes.length !== 16 || !timingSafeEqual(bytes, bytesOf(number, seq)) || !isOrderNumber(number))
      throw unknownLink()
    const found = await actions.find(readOrderNumber(number))
    if (!found) throw unknownLink()
    return { ...found, seq }
  }

  const stateOf = ({ question }: Order, seq: number) => {
    if (question?.seq !== seq) return 'over'
    if (question.answerSeq !== undefined) return 'answered'
    return isAsked(question) && clock.now() < questionEndsAt(question, calendar) ? 'open' : 'over'
  }

  return {
    tokenOf: (number, seq) => bytesOf(number, seq).toString('base64url'),
    async open(token) {
      const { order, events, seq } = await orderOf(token)
      const state = stateOf(order, seq)
      const { question, clocks, confidential, lead, unit, number } = order
      const handling = clocks.find(({ name }) => name === 'handling')
      const asked = events.find(event => event.seq === seq)
      const unitName = confidential ? '' : (rules.units.get(lead ?? unit)?.name ?? '')
      const ruled = ruledAt(order, seq)
      if (ruled === 'ruled' && order.byRule)
        return { state: ruled, unitName, number, atMs: order.byRule.atMs }
      if (ruled !== undefined && ruled !== 'ruled') return { state: ruled }
      if (state !== 'open' || !question || !handling || asked?.kind !== 'citizen-asked')
        return { state: state === 'open' ? 'over' : state }
      return {
        state,
        words: asked.words,
        unitName,
        number,
        untilMs: questionEndsAt(question, calendar),
        dueAtMs: dueAt(handling, calendar),
      }
    },
    async reply(token, words) {
      const { order, seq } = await orderOf(token)
      const state = stateOf(order, seq)
      if (state !== 'open') return { state }
      await actions.act(order.number, { do: 'reply', seq, words }, house)
      return { state: 'taken' }
    },
    async askPerson(token, words) {
      const { order, seq } = await orderOf(token)
      const ruled = ruledAt(order, seq)
      if (ruled !== 'ruled') return { state: ruled ?? 'over' }
      await actions.act(order.number, { do: 'ask-person', words: words || undefined }, house)
      return { state: 'person-asked' }
    },
  }
}

/** The state of a dispatch by rule for the citizen's page; undefined if the link is for something else. */
function ruledAt({ byRule, personAsked, stage }: Order, seq: number) {
  if (byRule?.seq !== seq) return undefined
  if (byRule.verdict !== undefined) return 'person-looked'
  if (personAsked) return 'person-asked'
  return stage === 'closed' ? 'over' : 'ruled'
}

const unknownLink = () =>
  fault('question-unknown', 'params.token', 'a link that opens nothing', 'the whole link of the text message')
