import type { Calendar } from '../../city/index.ts'
import type { Clock } from '../../foundation/index.ts'
import type { Jobs } from '../../jobs/index.ts'
import type { Queries } from '../../storage/index.ts'
import type { Notice } from '../command.ts'
import { orderDigestQueue, orderTextQueue, type ToldNotice } from '../jobs.ts'
import { phonesOf } from '../notice.ts'
import type { Order } from '../order.ts'
import type { OrderRules } from '../rules.ts'
import { insertWaitingText, type TextWindow } from './store.ts'
import { windowAt } from './window.ts'

type Parts = {
  readonly jobs: Pick<Jobs, 'enqueue'>
  readonly rules: OrderRules
  readonly calendar: Calendar
  readonly clock: Clock
}

/** Tells those who handle an order: each notice at once, or with others in a window. */
export const createTelling =
  ({ jobs, rules, calendar, clock }: Parts) =>
  async (tx: Queries, order: Order, notices: readonly Notice[]): Promise<void> => {
    const { texts } = rules.levels
    const told = notices
      .flatMap(notice => phonesOf(notice, order, rules).map(phone => ({ phone, notice })))
      // Sorted, so that two transactions lock the windows of the same persons in the same order.
      .toSorted((one, other) => (one.phone < other.phone ? -1 : one.phone > other.phone ? 1 : 0))
    for (const { phone, notice } of told) {
      const atMs = windowAt(notice.kind, order.urgency, texts, clock.now(), calendar)
      const data = toldOf(notice)
      if (atMs === undefined) await jobs.enqueue(tx, orderTextQueue, { order: order.number, phone, ...data })
      else {
        await insertWaitingText(tx, { phone, atMs }, { order: order.number, told: data })
        await enqueueWindow(jobs, tx, { phone, atMs })
      }
    }
  }

/** One job per person and window. */
export const enqueueWindow = (
  jobs: Pick<Jobs, 'enqueue'>,
  tx: Queries,
  window: TextWindow,
): Promise<boolean> =>
  jobs.enqueue(tx, orderDigestQueue, window, { atMs: window.atMs, key: `${window.phone} ${window.atMs}` })

const toldOf = (notice: Notice): ToldNotice => ({
  kind: notice.kind,
  percent: 'percent' in notice ? notice.percent : undefined,
  clock: notice.kind === 'warning' ? notice.clock : undefined,
  unit: 'unit' in notice ? notice.unit : undefined,
  level: 'level' in notice ? notice.level : undefined,
})
