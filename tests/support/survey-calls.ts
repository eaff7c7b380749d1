/** The hotline with calls that it owes: real flow, real lists, a loopback line, and a clock moved by hand. */

import { dialable } from '../../src/callers/index.ts'
import { createManualClock } from '../../src/foundation/index.ts'
import { createScriptedRecognizer } from '../../src/speech/index.ts'
import type { Database } from '../../src/storage/index.ts'
import type { Answered } from '../../src/surveys/index.ts'
import { earForWords } from '../../src/telephony/index.ts'
import { openHotline } from './hotline.ts'

export const hour = 3600_000
/** Jobs are worked on when a test says so: a clock that jumps a day would end every lease in between. */
const never = 365 * 24 * hour
export type SurveyCalls = Awaited<ReturnType<typeof openSurveyCalls>>

/** @param toOrders answers go to real orders, as in the house; else they are only listed. */
export async function openSurveyCalls(
  database: Database,
  { toOrders = false, env = {}, clock: own = createManualClock(), pollMs = never } = {},
) {
  const answers: Answered[] = []
  const sent: { readonly to: string; readonly text: string }[] = []
  const hotline = await openHotline(database, {
    recognizer: createScriptedRecognizer(),
    env,
    clock: own,
    pollMs,
    ear: earForWords,
    texts: { send: async text => void sent.push(text) },
    async answered(tx, { atMs, ...answer }) {
      answers.push({ ...answer, atMs })
      if (toOrders) await hotline.orders.answered(tx, answer)
    },
  })
  const { clock, jobs, surveys } = hotline

  return {
    ...hotline,
    answers,
    sent,
    closes: (order: string, number: string, { elder = false, mode = 'voice' } = {}) =>
      database.transaction(tx =>
        surveys.owe(tx, {
          order,
          cycle: 1,
          elder,
          language: 'zh-CN',
          unit: '城管局',
          category: '路灯',
          street: '东四街道',
          closedAtMs: clock.now(),
          contact: mode === 'voice' ? { mode, number: dialable(number, 'rang-us') } : { mode: 'sms', number },
        }),
      ),
    /** Time goes on, and what has fallen due begins. */
    async due(ms: number) {
      await clock.advance(ms)
      await jobs.runDue()
      await surveys.wake()
      await jobs.runDue()
    },
    runDue: jobs.runDue,
  }
}
