import type { Catalogue } from '../catalogue/index.ts'
import type { Calendar, City } from '../city/index.ts'
import { type Handler, handle } from '../jobs/index.ts'
import { isRefusedText, type Text } from '../texts/index.ts'
import type { OrderActions } from './actions.ts'
import type { QuestionLinks } from './asking/links.ts'
import { isAsked } from './asking/question.ts'
import { citizenText, textNumberOf } from './citizen-text.ts'
import { kindNameOf } from './demand.ts'
import { orderCitizenQueue, orderTextQueue } from './jobs.ts'
import { noticeText } from './notice.ts'
import { readOrderNumber } from './number.ts'
import type { OrderRules } from './rules.ts'

type Parts = {
  readonly actions: Pick<OrderActions, 'find' | 'history'>
  readonly rules: OrderRules
  readonly calendar: Calendar
  readonly city: City
  readonly catalogue: Catalogue
  readonly questions: Pick<QuestionLinks, 'tokenOf'>
  /** Base URL of the pages. */
  readonly publicUrl?: () => string
  /** Sends a text message. */
  send(text: Text, signal?: AbortSignal): Promise<void>
}

/** Sends texts about orders to those who handle them and to citizens; each is worded when it is sent. */
export const tellsOfOrders = ({
  actions,
  rules,
  calendar,
  city,
  catalogue,
  questions,
  publicUrl,
  send,
}: Parts): readonly Handler[] => [
  handle(
    orderTextQueue,
    async ({ id, data: { order, phone, ...told }, signal }) => {
      const shown = await actions.history(readOrderNumber(order))
      const text = noticeText(told, shown.order, rules, calendar, city)
      await send({ id, to: phone, text }, signal)
    },
    isRefusedText,
  ),
  handle(
    orderCitizenQueue,
    async ({ id, data, signal }) => {
      // Nothing is sent about an order erased meanwhile, or to a citizen who now wants no texts.
      const order = (await actions.find(readOrderNumber(data.order)))?.order
      const to = order && textNumberOf(order)
      if (!order || to === undefined) return
      const kindName = kindNameOf(catalogue, order.kind)
      const { timeZone, texts } = city
      const asked = data.kind === 'asked' ? order.question : undefined
      // A question already answered by telephone is not sent.
      if (data.kind === 'asked' && !isAsked(asked)) return
      const opened = data.kind === 'byRule' ? order.byRule : asked
      const url = opened && `${publicUrl?.() ?? ''}/q/${questions.tokenOf(order.number, opened.seq)}`
      const text = citizenText(data.kind, order, { rules, kindName, calendar, timeZone, texts, url })
      // A text without the order's number is useless: the citizen could not ask about the order.
      if (text.includes(order.number)) await send({ id, to, text }, signal)
    },
    isRefusedText,
  ),
]
