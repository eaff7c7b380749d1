/** Rooms of orders, surveys and scores on one database, and a clock that stands until it is set: what falls due is done at its own time. */
import { tmpdir } from 'node:os'
import { z } from 'zod'
import { ordinaryCaller } from '../../../src/callers/index.ts'
import { createCalendar, exampleCity } from '../../../src/city/index.ts'
import { type Clock, silentLog, systemClock } from '../../../src/foundation/index.ts'
import { queues, tables } from '../../../src/hall/rooms.ts'
import { openJobs } from '../../../src/jobs/index.ts'
import { audit } from '../../../src/ledger/index.ts'
import { type OrderRules, openOrders, reportedOrders } from '../../../src/orders/index.ts'
import { orderCitizenQueue, orderClockQueue, orderTextQueue } from '../../../src/orders/jobs.ts'
import { migrate, openDatabase, sql } from '../../../src/storage/index.ts'
import { createDeductions } from '../../../src/supervision/deductions/deductions.ts'
import { openSupervision, reportedDeductions } from '../../../src/supervision/index.ts'
import { ordinaryScores } from '../../../src/supervision/rules.ts'
import { openSurveys, ordinaryRules, reportedSurveys, surveyQueues } from '../../../src/surveys/index.ts'
import { shippedRules } from '../../orders/rules-house.ts'
import { testKeys, testLedger } from '../../support/ledger.ts'
import { toldAtOnce, withPhones } from '../../support/order-desk.ts'
import { shippedCatalogue } from '../../support/shipped-catalogue.ts'
import { feedbackMs, limits, mostReturns, type Phones, personMs, returnsWithinMs } from './rules.ts'

const natural = (ms: number) => ({ measure: 'natural', ms }) as const
const each = (all: Readonly<Record<'urgent' | 'livelihood' | 'general' | 'complex', number>>) => ({
  urgent: natural(all.urgent),
  livelihood: natural(all.livelihood),
  general: natural(all.general),
  complex: natural(all.complex),
})

/** The shipped rules with the simulation's limits; every level rises by lateness, and each text is sent by itself. */
async function monthRules(): Promise<OrderRules> {
  const rules = toldAtOnce(withPhones(await shippedRules()))
  const { profile, levels } = rules
  const limit = each(limits.instruction)
  return {
    ...rules,
    profile: {
      ...profile,
      handling: each(limits.handling),
      dispatch: each(limits.dispatch),
      sign: each(limits.sign),
      help: each(limits.help),
      elderFeedback: natural(feedbackMs),
      personRings: natural(personMs),
      returns: {
        ...profile.returns,
        within: natural(returnsWithinMs),
        most: mostReturns,
        review: each(limits.review),
      },
    },
    levels: {
      ...levels,
      street: { ...levels.street, limit },
      district: { ...levels.district, limit },
      city: { ...levels.city, limit },
      late: ['street', 'district', 'city'],
    },
  }
}

const keys = Object.keys(exampleCity.texts.staff).filter(key => key !== 'language')
/** Texts to staff say which they are, and of which order: nothing has to be read out of Chinese. */
const city = {
  ...exampleCity,
  texts: {
    ...exampleCity.texts,
    staff: {
      ...exampleCity.texts.staff,
      ...Object.fromEntries(keys.map(key => [key, { 'zh-CN': `#${key} {number}`, en: '' }])),
    },
  },
}

export type Sent = { readonly atMs: number; readonly to: string; readonly text: string }
export type MonthCity = Awaited<ReturnType<typeof openMonthCity>>

export async function openMonthCity(startMs: number, sent: (text: Sent) => void) {
  let nowMs = startMs
  const clock: Clock = { now: () => nowMs, monotonicMs: () => nowMs, after: () => () => undefined }
  const log = silentLog
  const database = await openDatabase({ clock: systemClock, log })
  await migrate(database, tables)
  const jobs = openJobs({ database, queues, clock, log })
  await jobs.prepare()
  const rules = await monthRules()
  const send = async ({ to, text }: { readonly to: string; readonly text: string }) =>
    sent({ atMs: nowMs, to, text })
  const shared = { database, jobs, ledger: testLedger, clock, log, city, send }
  const orders = openOrders({
    ...shared,
    rules,
    catalogue: await shippedCatalogue(),
    callers: { find: async () => ordinaryCaller },
    calls: { find: async () => undefined, hasRung: async () => true },
    dataDir: tmpdir(),
  })
  const surveys = await openSurveys({
    ...shared,
    rules: ordinaryRules,
    ring: async () => ({ how: 'no-answer' }),
    answered: async (tx, { atMs: _, ...answer }) => void (await orders.answered(tx, answer)),
    publicUrl: () => 'https://12345.example',
  })
  const deductions = createDeductions({ ...shared, rules: ordinaryScores, units: rules.units })
  orders.follow({ happened: deductions.happened, closed: (tx, closed) => surveys.owe(tx, closed) })
  // Nothing is erased here, goes by a rule or waits for a window; whoever claims asks for each kind.
  const worked = [orderClockQueue, orderTextQueue, orderCitizenQueue, ...surveyQueues].map(({ name }) => name)
  jobs.run([...orders.handlers, ...surveys.handlers].filter(({ queue }) => worked.includes(queue.name)))
  const supervision = openSupervision({
    deductions,
    surveys,
    units: rules.units,
    rules: { ...ordinaryScores, least: 8, sizes: [] },
    city,
    clock,
  })
  const phones: Phones = {
    unit: unit => rules.units.get(unit)?.phones[0] ?? '',
    street: unit => rules.units.get(unit)?.supervisors[0] ?? '',
    district: rules.supervision.district[0] ?? '',
    city: rules.supervision.city[0] ?? '',
    dispatch: rules.supervision.dispatch[0] ?? '',
  }
  const reported = [reportedOrders(createCalendar(city)), reportedSurveys(ordinaryRules), reportedDeductions]
  return {
    database,
    orders,
    surveys,
    deductions,
    supervision,
    phones,
    now: () => nowMs,
    set: (atMs: number) => {
      nowMs = Math.max(nowMs, atMs)
    },
    runDue: jobs.runDue,
    failures: () => jobs.figures().failed,
    /** When the next job falls due; endless where none waits. */
    async nextDueMs(): Promise<number> {
      const [row] = await database.query(
        sql`select min(start_after) as at from pgboss.job where state in ('created', 'retry')`,
        z.object({ at: z.date().nullable() }),
      )
      return row?.at?.getTime() ?? Number.POSITIVE_INFINITY
    },
    breaks: async () => (await audit(database, { keys: testKeys, reported })).breaks,
    async close() {
      await surveys.close()
      await orders.close()
      await jobs.close()
      await database.close()
    },
  }
}
