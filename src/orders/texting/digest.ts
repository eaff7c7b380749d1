import type { Calendar, City } from '../../city/index.ts'
import { filledIn } from '../../city/index.ts'
import type { Clock } from '../../foundation/index.ts'
import { type Handler, handle, type Jobs } from '../../jobs/index.ts'
import type { Database } from '../../storage/index.ts'
import { isRefusedText, type Text } from '../../texts/index.ts'
import type { OrderActions } from '../actions.ts'
import { orderDigestQueue } from '../jobs.ts'
import { digestWords, noticeText } from '../notice.ts'
import { readOrderNumber } from '../number.ts'
import type { Order } from '../order.ts'
import type { OrderRules } from '../rules.ts'
import { claimTexts, deleteTexts, type WaitingText } from './store.ts'
import { enqueueWindow } from './tell.ts'
import { nextWindow } from './window.ts'

type Parts = {
  readonly database: Database
  readonly jobs: Pick<Jobs, 'enqueue'>
  readonly actions: Pick<OrderActions, 'find'>
  readonly rules: OrderRules
  readonly calendar: Calendar
  readonly city: City
  readonly clock: Clock
  send(text: Text, signal?: AbortSignal): Promise<void>
}

type Told = WaitingText['told'] & { readonly of: Order }

/** One text per person and window, whatever it has to say; a single notice is sent in its own words. */
export const tellsInWindows = ({
  database,
  jobs,
  actions,
  rules,
  calendar,
  city,
  clock,
  send,
}: Parts): Handler =>
  handle(
    orderDigestQueue,
    async ({ id, data: window, signal }) => {
      const laterMs = nextWindow(rules.levels.texts, Math.max(clock.now(), window.atMs), calendar)
      const texts = await database.transaction(async tx => {
        const claimed = await claimTexts(tx, window, id, laterMs)
        if (claimed.moved > 0) await enqueueWindow(jobs, tx, { phone: window.phone, atMs: laterMs })
        return claimed.texts
      })
      const told: Told[] = []
      // Orders erased meanwhile are left out.
      for (const { order, told: one } of texts) {
        const found = await actions.find(readOrderNumber(order))
        if (found) told.push({ ...one, of: found.order })
      }
      const [first] = told
      if (first) {
        const text =
          told.length === 1 ? noticeText(first, first.of, rules, calendar, city) : digestText(told, city)
        await send({ id, to: window.phone, text }, signal)
      }
      await deleteTexts(database, id)
    },
    isRefusedText,
  )

/** A summary: how many notices, orders and lights, and the highest level; it names no order. */
function digestText(told: readonly Told[], { texts: { staff } }: City): string {
  const { language } = staff
  const isRed = ({ kind, percent = 0 }: Told) => kind === 'unsigned' || percent >= 100
  const isYellow = (one: Told) => !isRed(one) && (one.percent ?? 0) >= 75
  return filledIn(staff.digest[language], {
    count: String(told.length),
    orders: String(new Set(told.map(({ of }) => of.number)).size),
    red: String(told.filter(isRed).length),
    yellow: String(told.filter(isYellow).length),
    level: digestWords(told, language),
  })
}
