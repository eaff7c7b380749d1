/** The hotline with calls that it owes: real flow, real lists, a loopback line, and a clock moved by hand. */

import { dialable } from '../../src/callers/index.ts'
import { createManualClock, silentLog } from '../../src/foundation/index.ts'
import { openSurveyCalls as openCalls } from '../../src/hall/survey-calls.ts'
import { openJobs } from '../../src/jobs/index.ts'
import { createScriptedRecognizer } from '../../src/speech/index.ts'
import type { Database } from '../../src/storage/index.ts'
import { type Answered, surveyQueues } from '../../src/surveys/index.ts'
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
  const hotline = await openHotline(database, { recognizer: createScriptedRecognizer(), env, clock: own })
  const { clock, line, reception, captions, settings, city } = hotline
  const jobs = openJobs({ database, queues: surveyQueues, clock, log: silentLog, pollMs })
  await jobs.prepare()
  const answers: Answered[] = []
  const sent: { readonly to: string; readonly text: string }[] = []
  const { surveys, doors } = await openCalls({
    settings,
    city,
    database,
    jobs,
    captions,
    clock,
    log: silentLog,
    ear: earForWords,
    reception: () => reception,
    way: () => line,
    texts: { send: async text => void sent.push(text) },
    publicUrl: () => 'https://12345.example',
    async answered(tx, { atMs, ...answer }) {
      answers.push({ ...answer, atMs })
      if (toOrders) await hotline.orders.answered(tx, answer)
    },
  })
  jobs.run(surveys.handlers)

  return {
    ...hotline,
    surveys,
    doors,
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
    async close() {
      await surveys.close()
      await jobs.close()
      await hotline.close()
    },
  }
}
