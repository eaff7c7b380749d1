/** Survey calls that are due at once, each claimed, dialled on the loopback line, led through the survey and settled. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newId, systemClock } from '../../src/foundation/index.ts'
import { type Database, sql } from '../../src/storage/index.ts'
import { appendEvents } from '../../src/surveys/event-store.ts'
import type { LoopbackPhone } from '../../src/telephony/index.ts'
import { testLedger } from '../support/ledger.ts'
import { openSurveyCalls } from '../support/survey-calls.ts'

/** Time goes on by itself here. */
const clock = { ...systemClock, advance: async () => undefined, pending: () => 0 }
/** Calls at once: each lasts a second or two, as a citizen says a word before they are spoken to. */
const lines = 200
const longestMs = 60_000
const numberOf = (at: number) => `+86138${String(at).padStart(8, '0')}`

/** @returns how many a second come to their end, and how many lines that took. */
export async function surveyCallsASecond(database: Database, count: number) {
  const directory = await mkdtemp(join(tmpdir(), 'jieting-duties-'))
  const day = { morning: ['00:00', '12:00'], afternoon: ['12:00', '24:00'] }
  const rules = join(directory, 'rules.json')
  const campaign = { lines, perHour: 10_000_000 }
  await writeFile(rules, JSON.stringify({ hours: day, delayMinutes: 0, campaign }))
  await fill(database, count)
  const city = await openSurveyCalls(database, { clock, pollMs: 2_000, env: { SURVEY_RULES: rules } })
  for (let at = 0; at < count; at++) city.line.plugIn(numberOf(at), phone => void answers(phone))
  void city.surveys.wake()
  // Once the lines are full, and no longer in step.
  while (city.answers.length < 2 * lines) await passed(10)
  const [startedMs, before] = [clock.monotonicMs(), city.answers.length]
  // Calls come to their ends in waves: many waves, or the figure is where in one it was looked at.
  while (city.answers.length - before < 10 * lines && clock.monotonicMs() - startedMs < longestMs)
    await passed(50)
  const settled = city.answers.length - before
  const tookMs = clock.monotonicMs() - startedMs
  await city.close()
  await rm(directory, { recursive: true })
  return { aSecond: (settled * 1000) / tookMs, lines }
}

/** A citizen who is content, and hangs up once that is read back to them. */
async function answers(phone: LoopbackPhone) {
  phone.accept()
  phone.say('喂')
  for (const key of ['1', '1', '1', '2'] as const) phone.press(key)
  for await (const { text } of phone.ear) if (text.includes('您的评价是')) phone.hangup()
}

const passed = (ms: number) => new Promise<void>(resolve => clock.after(ms, resolve))

/** As many closings, each of another citizen, all due now; their chains of hashes are real. */
async function fill(database: Database, count: number): Promise<void> {
  const nowMs = clock.now() - 1_000
  const order = { cycle: 1, elder: false, unit: 'power', category: 'power-supply', street: '望京街道' }
  for (let from = 0; from < count; from += 5_000) {
    const surveys = Array.from({ length: Math.min(5_000, count - from) }, (_, index) => ({
      id: newId('survey', nowMs),
      order: `B${from + index}`,
      number: numberOf(from + index),
    }))
    await database.transaction(async tx => {
      await tx.execute(sql`
        insert into surveys (id, campaign, order_number, cycle, dial_number, text_number, elder, language, unit,
          category, street, closed_at, state, next_at)
        select id, 'closed-orders', "order", 1, number, number, false, 'zh-CN', ${order.unit}, ${order.category},
          ${order.street}, ${new Date(nowMs)}, 'owed', ${new Date(nowMs)}
        from jsonb_to_recordset(${JSON.stringify(surveys)}::jsonb) as x(id text, "order" text, number text)`)
      const owed = { ...order, kind: 'owed', contact: 'voice', closedAtMs: nowMs } as const
      await appendEvents(
        testLedger,
        tx,
        surveys.map(({ id, order: of }) => ({
          survey: id,
          place: 1,
          atMs: nowMs,
          event: { ...owed, order: of },
        })),
      )
    }, 60_000)
  }
  await database.execute(sql`analyze surveys, ledger_events`)
}
