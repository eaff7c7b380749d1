import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { exampleCity } from '../../src/city/index.ts'
import {
  createManualClock,
  Fault,
  type ManualClock,
  silentLog,
  systemClock,
} from '../../src/foundation/index.ts'
import { type FrontDesk, openFrontDesk, readOrMakeToken } from '../../src/http/index.ts'
import { type Incidents, incidentMigrations, openIncidents } from '../../src/incidents/index.ts'
import { type Database, migrate, openDatabase, sql } from '../../src/storage/index.ts'
import { type } from '../cli/terminal.ts'
import { createWeb } from '../http/house.ts'

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

it('is prolonged and changed, told so from then on, and keeps who did what and when', async () => {
  const { id } = await incidents.make(water('望京停水，预计18点恢复', 1), 'zhang')
  incidents.affects(id, { number: '13800138000', call: 'call_1' })
  await incidents.flush()
  await clock.advance(hour - 15 * 60_000)
  expect(await incidents.list()).toMatchObject([{ endsSoon: true }])
  const longer = clock.now() + 3 * hour
  const prolonged = await incidents.change(id, { untilMs: longer }, 'li')
  expect(prolonged).toMatchObject({ endsSoon: false, untilMs: longer, affected: 1, madeBy: 'zhang' })
  await clock.advance(2 * hour)
  expect(incidents.toldIn('zh-CN')).toHaveLength(1)
  await incidents.change(id, { words: { 'zh-CN': '望京停水，预计20点恢复' } }, 'wang')
  expect(incidents.toldIn('zh-CN')).toEqual([{ id, words: '望京停水，预计20点恢复' }])
  expect(incidents.toldIn('en')).toEqual([])
  // The same again is no event.
  await incidents.change(id, { untilMs: longer, area: { place: '望京' } }, 'wang')
  await incidents.end(id, 'zhao')
  const { events } = await incidents.show(id)
  expect(events.map(({ kind, by }) => [kind, by])).toEqual([
    ['made', 'zhang'],
    ['prolonged', 'li'],
    ['changed', 'wang'],
    ['ended', 'zhao'],
  ])
  expect(events[1]?.before).toEqual({ untilMs: longer - 3 * hour + 15 * 60_000 })
  expect(events[2]?.before.words?.['zh-CN']).toBe('望京停水，预计18点恢复')
  expect(events[3]?.atMs).toBe(clock.now())
})

it('is not changed once it is over, nor to a time without sense', async () => {
  const { id } = await incidents.make(water('望京停水，预计18点恢复', 1), 'zhang')
  const times = [clock.now() - 1, clock.now() + 8 * 24 * hour, Number.NaN]
  for (const untilMs of times)
    await expect(incidents.change(id, { untilMs }, 'li')).rejects.toMatchObject({
      code: 'incident-times-wrong',
    })
  await clock.advance(hour)
  await expect(incidents.change(id, { untilMs: clock.now() + hour }, 'li')).rejects.toMatchObject({
    code: 'incident-over',
  })
  await expect(incidents.change('incident_none', {}, 'li')).rejects.toMatchObject({
    code: 'incident-unknown',
  })
  expect((await incidents.show(id)).events).toHaveLength(1)
})

describe('at the terminal', () => {
  let front: FrontDesk
  let folder: string
  let env: Readonly<Record<string, string>>
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jieting-'))
    const { token } = await readOrMakeToken(folder)
    const web = createWeb({ incidents }).web
    front = await openFrontDesk({
      host: '127.0.0.1',
      port: 0,
      log: silentLog,
      clock: systemClock,
      apiToken: token,
      ...web,
    })
    env = { JIETING_URL: front.url, DATA_DIR: folder }
  })
  afterEach(async () => {
    await front.close()
    await rm(folder, { recursive: true })
  })
  const inCity = (atMs: number) =>
    new Date(atMs).toLocaleString('sv-SE', { timeZone: exampleCity.timeZone }).slice(0, 16)

  it('is made known, prolonged, changed and ended, for whom the program says', async () => {
    const until = inCity(clock.now() + hour)
    const open = ['incidents', 'open', '望京停水，预计18点恢复', '--kind', 'water', '--place', '望京']
    const opened = await type([...open, '--until', until, '--by', '赵'], env)
    expect([opened.code, opened.err]).toEqual([0, ''])
    const [{ id, untilMs } = { id: '', untilMs: 0 }] = await incidents.list()
    expect(opened.out).toContain(id)
    await clock.advance(50 * 60_000)
    expect((await type(['incidents'], env)).out).toContain('将在')
    expect((await type(['incidents', 'prolong', id, '--minutes', '60', '--by', '李'], env)).code).toBe(0)
    await type(['incidents', 'change', id, '--words', '望京停水，预计20点恢复'], env)
    expect(await incidents.list()).toMatchObject([
      { words: { 'zh-CN': '望京停水，预计20点恢复' }, untilMs: untilMs + hour, area: { place: '望京' } },
    ])
    expect((await type(['incidents', 'end', id, '--by', '王'], env)).code).toBe(0)
    const shown = (await type(['incidents', 'show', id], env)).out
    for (const word of ['赵', '延长', '李', '修改', 'program', '提前结束', '王', until])
      expect(shown).toContain(word)
    expect((await type(['incidents', 'show', id, '--lang', 'en'], env)).out).toContain('prolonged')
  })

  it('is refused without an end, with one that is none, and with words that say nothing', async () => {
    const open = ['incidents', 'open', '望京停水，预计18点恢复', '--place', '望京']
    expect((await type(open, env)).code).toBe(2)
    const never = await type([...open, '--until', '永远'], env)
    expect([never.code, never.err.includes('--until')]).toEqual([2, true])
    const past = await type([...open, '--until', inCity(clock.now() - hour)], env)
    expect([past.code, past.out]).toEqual([1, ''])
    expect((await type(['incidents', 'prolong', 'incident_none', '--minutes', '0'], env)).code).toBe(2)
    expect((await type(['incidents', 'end', 'incident_none'], env)).code).toBe(1)
    expect(await incidents.list()).toEqual([])
  })
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
