/**
 * A process that makes the calls that are owed, to be killed at any moment: what rang and what was answered it writes
 * into a file, as the telephone network would remember it. Its last line is what the database holds in the end.
 */

import { appendFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { dialable } from '../../src/callers/index.ts'
import { exampleCity } from '../../src/city/index.ts'
import { systemClock as clock, silentLog, sleep } from '../../src/foundation/index.ts'
import { openJobs } from '../../src/jobs/index.ts'
import { audit, ledgerMigrations } from '../../src/ledger/index.ts'
import { migrate, openDatabase, sql } from '../../src/storage/index.ts'
import {
  openSurveys,
  ordinaryRules,
  reportedSurveys,
  surveyMigrations,
  surveyQueues,
} from '../../src/surveys/index.ts'
import { testKeys, testLedger } from './ledger.ts'

const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    dir: { type: 'string' },
    network: { type: 'string', default: '' },
    surveys: { type: 'string', default: '0' },
  },
})
const { url, dir, network } = values
const owed = Number(values.surveys)

const database = await openDatabase({
  clock,
  log: silentLog,
  ...(url === undefined ? { dataDir: dir } : { url }),
})
await migrate(database, [
  ...ledgerMigrations,
  ...surveyMigrations,
  { name: 'test-told', sql: 'create table told (order_number text not null, solved text)' },
])
const jobs = openJobs({ database, queues: surveyQueues, clock, log: silentLog, pollMs: 300 })
await jobs.prepare()

const day = { morning: [0, 720], afternoon: [720, 1440] } satisfies (typeof ordinaryRules)['hours']
const rules = {
  ...ordinaryRules,
  hours: day,
  delayMinutes: 0,
  attempts: 1,
  campaign: { ...ordinaryRules.campaign, lines: 6, perHour: 1_000_000 },
}
const surveys = await openSurveys({
  city: exampleCity,
  database,
  jobs,
  ledger: testLedger,
  clock,
  log: silentLog,
  leaseMs: 1_200,
  rules,
  async ring({ id, order, attempt }, told) {
    appendFileSync(network, `rang ${order}\n`)
    await sleep(clock, (Number.parseInt(id.slice(-2), 36) % 400) + attempt)
    await told.answer({ name: 'solved', value: 'partly' })
    appendFileSync(network, `answered ${order}\n`)
    await sleep(clock, 100)
    return { how: 'talked' }
  },
  async answered(tx, { order, solved }) {
    await tx.execute(sql`insert into told (order_number, solved) values (${order}, ${solved ?? null})`)
  },
  send: async () => undefined,
  publicUrl: () => 'https://12345.example',
})

for (let at = 0; at < owed; at++)
  await database.transaction(tx =>
    surveys.owe(tx, {
      order: `A${at}`,
      cycle: 1,
      elder: false,
      language: 'zh-CN',
      unit: '城管局',
      category: '路灯',
      street: '东四街道',
      closedAtMs: clock.now(),
      contact: { mode: 'voice', number: dialable(`+86138${String(at).padStart(8, '0')}`, 'rang-us') },
    }),
  )
process.stdout.write('ready\n')
jobs.run(surveys.handlers)

for (;;) {
  await surveys.wake()
  const [campaign] = await surveys.campaigns()
  if (campaign && campaign.owed === 0 && campaign.ringing === 0) break
  await sleep(clock, 200)
}
await surveys.close()
const rows = await database.query(
  sql`select order_number as "order", state, settled, solved,
      (select count(*)::int from survey_attempts a where a.survey = s.id) as attempts,
      (select count(*)::int from told t where t.order_number = s.order_number) as told
    from surveys s order by order_number`,
  z.unknown(),
)
const { breaks } = await audit(database, { keys: testKeys, reported: [reportedSurveys(rules)] })
await jobs.close()
process.stdout.write(`${JSON.stringify({ rows, breaks })}\n`)
await database.close()
process.exit(0)
