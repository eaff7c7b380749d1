/** The room with a database, jobs and a clock moved by hand; who is rung answers as they are told to. */

import { dialable } from '../../src/callers/index.ts'
import { exampleCity } from '../../src/city/index.ts'
import { createManualClock, type ManualClock, silentLog, systemClock } from '../../src/foundation/index.ts'
import { openJobs } from '../../src/jobs/index.ts'
import { audit, type ChainHead, ledgerMigrations } from '../../src/ledger/index.ts'
import { type Database, migrate, openDatabase, sql } from '../../src/storage/index.ts'
import {
  type Answered,
  type Claimed,
  openSurveys,
  ordinaryRules,
  type Ring,
  reportedSurveys,
  type SurveyRules,
  surveyMigrations,
  surveyQueues,
} from '../../src/surveys/index.ts'
import type { Text } from '../../src/texts/index.ts'
import { testKeys, testLedger } from '../support/ledger.ts'

/** Monday, 5 January 2026, 10:00 in Beijing. */
export const mondayTen = Date.UTC(2026, 0, 5, 2)
export const hour = 3600_000
/** Jobs are worked on when a test says so: a clock that jumps a day would end every lease in between. */
const never = 365 * 24 * hour

export async function openRoomDatabase(url?: string): Promise<Database> {
  const database = await openDatabase({ clock: systemClock, log: silentLog, url: url || undefined })
  await migrate(database, [...ledgerMigrations, ...surveyMigrations])
  return database
}

export type Room = Awaited<ReturnType<typeof openRoom>>

/** What happens when a number is rung; nobody answers where nothing is said. */
export type Phone = Ring

export async function openRoom(
  database: Database,
  {
    clock = createManualClock(mondayTen),
    rules = ordinaryRules,
    phone = async () => ({ how: 'no-answer' }),
    gateway = async () => undefined,
  }: {
    clock?: ManualClock
    rules?: SurveyRules
    phone?: Phone
    /** What the gateway says to the text that it is given, by throwing. */
    gateway?: () => Promise<void>
  } = {},
) {
  const jobs = openJobs({ database, queues: surveyQueues, clock, log: silentLog, pollMs: never })
  await jobs.prepare()
  const rung: (Claimed & { readonly atMs: number })[] = []
  const answers: Answered[] = []
  const texts: Text[] = []
  const optOuts: string[] = []
  const surveys = await openSurveys({
    city: exampleCity,
    database,
    jobs,
    ledger: testLedger,
    rules,
    clock,
    log: silentLog,
    ring(call, told, signal) {
      rung.push({ ...call, atMs: clock.now() })
      return phone(call, told, signal)
    },
    answered: async (_tx, answer) => void answers.push(answer),
    optedOut: async (_tx, number) => void optOuts.push(number),
    async send(text) {
      texts.push(text)
      await gateway()
    },
    publicUrl: () => 'https://12345.example',
  })
  jobs.run(surveys.handlers)

  return {
    ...surveys,
    audit: (anchors?: readonly ChainHead[]) =>
      audit(database, { keys: testKeys, reported: [reportedSurveys(rules)], anchors }),
    clock,
    rung,
    answers,
    texts,
    optOuts,
    /** An order is closed now. */
    closes: (
      order: string,
      { number = '+8613800138000', mode = 'voice', elder = false, cycle = 1, unit = '城管局' } = {},
    ) =>
      database.transaction(tx =>
        surveys.owe(tx, {
          order,
          cycle,
          elder,
          unit,
          language: 'zh-CN',
          category: '路灯',
          street: '东四街道',
          closedAtMs: clock.now(),
          contact:
            mode === 'voice'
              ? { mode, number: dialable(number, 'rang-us') }
              : { mode: mode as 'sms' | 'sign' | 'unverified', number },
        }),
      ),
    /** Time goes on, half an hour at a time, and what falls due is done. */
    async passes(ms: number) {
      for (let left = ms; left > 0; left -= hour / 2) {
        await clock.advance(Math.min(left, hour / 2))
        await jobs.runDue()
        await surveys.wake()
        await surveys.idle()
        await jobs.runDue()
      }
    },
    runDue: jobs.runDue,
    async leave() {
      await surveys.idle()
      await surveys.close()
      await jobs.close()
    },
  }
}

export const wipe = (database: Database) =>
  database.execute(
    sql.raw(`truncate surveys, survey_attempts, ledger_events, ledger_links, ledger_heads, survey_links, survey_opt_outs;
      update campaigns set state = 'running', because = '', started_at = '2020-01-01';
      delete from pgboss.job;`),
  )
