import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import { exampleCity } from '../../src/city/index.ts'
import {
  createManualClock,
  Fault,
  type ManualClock,
  silentLog,
  systemClock,
} from '../../src/foundation/index.ts'
import { type Incidents, incidentMigrations, openIncidents } from '../../src/incidents/index.ts'
import { type Database, migrate, openDatabase, sql } from '../../src/storage/index.ts'

let database: Database
let clock: ManualClock
let incidents: Incidents
const open = () => openIncidents({ database, city: exampleCity, clock, log: silentLog })
beforeAll(async () => {
  database = await openDatabase({ clock: systemClock, log: silentLog })
  await migrate(database, incidentMigrations)
})
afterAll(() => database.close())
beforeEach(() => {
  clock = createManualClock()
  incidents = open()
})
afterEach(async () => {
  await incidents.close()
  await database.execute(sql`delete from incidents`)
})

const gone = () =>
  new Fault({ code: 'database-away', place: 'database', found: 'nobody', expected: 'an answer' })
const hour = 60 * 60_000
const water = (words = '望京停水，预计18点恢复', hours = 8) => ({
  words: { 'zh-CN': words, en: 'No water in Wangjing until six' },
  kind: 'water' as const,
  area: { place: '望京' },
  untilMs: clock.now() + hours * hour,
})

it('is told from the moment it is made, the newest two of several, and ends by itself', async () => {
  const made = await incidents.make(water('上地停电，预计20点恢复', 10), 'zhang')
  expect(made).toMatchObject({ state: 'current', madeBy: 'zhang', madeAtMs: clock.now(), affected: 0 })
  await clock.advance(1_000)
  await incidents.make(water(), 'zhang')
  await clock.advance(1_000)
  await incidents.make(water('地铁4号线停运，预计10点恢复', 1), 'li')
  const told = () => incidents.toldIn('zh-CN').map(({ words }) => words.slice(0, 4))
  expect(told()).toEqual(['地铁4号', '望京停水'])
  expect(incidents.current()).toHaveLength(3)
  await clock.advance(hour)
  expect(told()).toEqual(['望京停水', '上地停电'])
  await clock.advance(10 * hour)
  expect(told()).toEqual([])
  expect((await incidents.list()).map(({ state }) => state)).toEqual(['over', 'over', 'over'])
})

it('is ended before its time by somebody who is named, once', async () => {
  const { id } = await incidents.make(water(), 'zhang')
  await clock.advance(60_000)
  expect(await incidents.end(id, 'li')).toMatchObject({
    state: 'over',
    madeBy: 'zhang',
    endedBy: 'li',
    endedAtMs: clock.now(),
  })
  expect(incidents.toldIn('zh-CN')).toEqual([])
  await expect(incidents.end(id, 'li')).rejects.toMatchObject({ code: 'incident-over' })
  await expect(incidents.end('incident_none', 'li')).rejects.toMatchObject({ code: 'incident-unknown' })
})

it('counts a caller once however often they ring, and one without a number by their call', async () => {
  const { id } = await incidents.make(water(), 'zhang')
  incidents.affects(id, { number: '13800138000', call: 'call_1' })
  incidents.affects(id, { number: '13800138000', call: 'call_2' })
  incidents.affects(id, { number: '', call: 'call_3' })
  incidents.affects(id, { number: '', call: 'call_4' })
  incidents.affects('incident_none', { number: '13800138001', call: 'call_5' })
  await incidents.flush()
  expect(await incidents.list()).toEqual([expect.objectContaining({ id, affected: 3 })])
  const rows = await database.query(
    sql`select caller from incident_callers`,
    z.object({ caller: z.string() }),
  )
  expect(rows).toHaveLength(3)
  expect(JSON.stringify(rows)).not.toMatch(/13800138000|call_/)
})

it('is told by a node that starts later, and hears of a change on another', async () => {
  const { id } = await incidents.make(water(), 'zhang')
  const other = open()
  await expect
    .poll(() => other.toldIn('en').map(({ words }) => words))
    .toEqual(['No water in Wangjing until six'])
  await incidents.end(id, 'li')
  await expect.poll(() => other.toldIn('en')).toEqual([])
  await other.close()
})

it('refuses what has no sense, and keeps nothing of it', async () => {
  await expect(incidents.make({ ...water(), untilMs: clock.now() - 1 }, 'zhang')).rejects.toMatchObject({
    code: 'incident-times-wrong',
  })
  expect(await incidents.list()).toEqual([])
})

it('goes on telling what it knows while the database is away, and counts whoever is affected once it is back', async () => {
  let isAway = false
  const away: Database = {
    ...database,
    query: (...asked) => (isAway ? Promise.reject(gone()) : database.query(...asked)),
    execute: statement => (isAway ? Promise.reject(gone()) : database.execute(statement)),
  }
  const far = openIncidents({ database: away, city: exampleCity, clock, log: silentLog })
  const { id } = await far.make(water(), 'zhang')
  isAway = true
  await clock.advance(120_000)
  expect(far.toldIn('zh-CN')).toHaveLength(1)
  far.affects(id, { number: '13800138000', call: 'call_1' })
  await far.flush()
  isAway = false
  await clock.advance(5_000)
  await far.flush()
  expect((await far.list())[0]?.affected).toBe(1)
  await far.close()
})
