import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { anyRow, type Database, sql } from '../../src/storage/index.ts'
import { type Hotline, openHotline, openTables } from '../support/hotline.ts'
import { withPhones } from '../support/order-desk.ts'

let database: Database
let hotline: Hotline
let sent: { readonly id?: string; readonly to: string; readonly text: string }[]
/** How many sends fail before one is taken. */
let failing = 0
beforeAll(async () => {
  database = await openTables()
})
afterAll(() => database.close())
beforeEach(async () => {
  sent = []
  failing = 0
  hotline = await openHotline(database, {
    ruled: withPhones,
    texts: {
      send: async text => {
        sent.push(text)
        if (failing-- > 0) throw new Error('the gateway took it, and its answer was lost')
      },
    },
  })
})
afterEach(() => hotline.close())

const hourMs = 3_600_000
const seat = { role: 'seat', person: 's1' } as const
const later = async (ms: number) => {
  await hotline.clock.advance(ms)
  await hotline.jobs.runDue()
}
const make = (matter: string, urgency: 'general' | 'urgent' = 'general') =>
  hotline.orderDesk.make(
    { category: 'heating', urgency, matter, street: '望京街道', place: '3号楼', anyway: true },
    seat,
  )
const reminders = () => sent.filter(({ text }) => text.includes('条提醒'))
const waiting = () => database.query(sql`select * from order_texts_waiting`, anyRow)

it('forty reminders of one morning are one text a person; a gateway that loses its answer is told the same under the same id', async () => {
  for (let n = 0; n < 40; n++) await make(`第 ${n} 户不热`)
  await hotline.jobs.runDue()
  const people = new Set(sent.map(({ to }) => to)).size
  expect(sent).toHaveLength(40 * people)
  sent = []
  // Half of the time of each is used up within the same minutes, by day or by night.
  failing = 1
  await later(84 * hourMs)
  for (let n = 0; n < 30; n++) await later(hourMs)
  const told = reminders()
  expect(new Set(told.map(({ id }) => id)).size).toBe(people)
  expect(told).toHaveLength(people + 1)
  expect(new Set(told.map(({ text }) => text)).size).toBe(1)
  expect(told[0]?.text).toContain('40条提醒，涉及40件工单')
  expect(sent.filter(({ text }) => text.includes('已用50%'))).toEqual([])
  expect(await waiting()).toEqual([])
}, 120_000)

it('one reminder is told as it is, at a time at which people are awake, and an emergency at its own', async () => {
  await make('有一户不热')
  await make('燃气泄漏', 'urgent')
  await hotline.jobs.runDue()
  sent = []
  await later(hourMs)
  expect(sent.some(({ text }) => text.includes('提醒') && text.includes('50%'))).toBe(true)
  sent = []
  await later(83 * hourMs)
  for (let n = 0; n < 14; n++) {
    await later(hourMs)
    const hour = new Date(hotline.clock.now() + 8 * hourMs).getUTCHours()
    if (sent.some(({ text }) => text.includes('时限已用50%'))) expect(hour).toBeGreaterThanOrEqual(8)
  }
  expect(sent.some(({ text }) => text.includes('时限已用50%'))).toBe(true)
}, 120_000)
