import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { exampleCity } from '../../src/city/index.ts'
import { widthOf } from '../../src/cli/screen.ts'
import { createManualClock, silentLog, systemClock } from '../../src/foundation/index.ts'
import { type FrontDesk, openFrontDesk, readOrMakeToken } from '../../src/http/index.ts'
import type { Plan } from '../../src/planning/api.ts'
import { openPlanning, readForecast } from '../../src/planning/index.ts'
import { createWeb } from '../http/house.ts'
import { cityMonth, nobodyThere, nowMs } from '../planning/city-month.ts'
import { type } from './terminal.ts'

let desk: FrontDesk
let dataDir: string
let env: Record<string, string>

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'jieting-'))
  const { token } = await readOrMakeToken(dataDir)
  desk = await openFrontDesk({
    host: '127.0.0.1',
    port: 0,
    log: silentLog,
    clock: systemClock,
    apiToken: token,
    ...createWeb({
      planning: openPlanning({
        calls: cityMonth(),
        desk: nobodyThere,
        names: async () => new Map(),
        city: exampleCity,
        clock: createManualClock(nowMs),
        log: silentLog,
        wrapUpSeconds: 5,
      }),
    }).web,
  })
  env = { DATA_DIR: dataDir, JIETING_URL: desk.url }
})
afterAll(async () => {
  await desk.close()
  await rm(dataDir, { recursive: true })
})

const planned = async (...args: readonly string[]) =>
  JSON.parse((await type(['staff', 'plan', '--json', ...args], env)).out) as Plan

it('shows what each half-hour takes beside what was there, in 80 columns', async () => {
  for (const language of ['zh-CN', 'en']) {
    const { code, out } = await type(['staff', 'plan', '--from', 'history', '--lang', language], env)
    expect(code).toBe(0)
    const lines = out.trimEnd().split('\n')
    expect(lines.filter(line => widthOf(line) > 80)).toEqual([])
    const nine = lines.find(line => line.startsWith('09:30'))
    // The peak: calls, seconds each, by C, by A, roster; nobody knows who was there, and 10.7 talked.
    expect(nine).toMatch(/^09:30 +117 +180 +18 +17 +25 +- +85% +10\.7 +#{11}-{6}$/)
    expect(lines.filter(line => /^\d\d:\d\d/.test(line))).toHaveLength(48)
  }
})

it('passes on what is asked of the day, the aim and the callers', async () => {
  const plan = await planned(
    ...['--day', 'restday', '--weeks', '2', '--growth', '3', '--target', '0.8', '--within', '20'],
    ...['--shrinkage', '0.2', '--handling', '300', '--patience', '60', '--until', '2026-01-26'],
  )
  expect(plan).toMatchObject({
    day: 'restday',
    since: '2026-01-12',
    until: '2026-01-26',
    growth: 3,
    target: 0.8,
    soonSeconds: 20,
    shrinkage: 0.2,
  })
  expect(plan.halfHours[19]).toMatchObject({ handlingSeconds: 300, patienceSeconds: 60 })
})

it('prints a table that can be changed and read again', async () => {
  const { out } = await type(['staff', 'plan', '--csv'], env)
  const path = join(dataDir, 'calls.csv')
  await writeFile(path, out)
  expect(readForecast(out, path).halfHours).toHaveLength(48)
  const [again, first] = [await planned('--from', path), await planned()]
  expect(again.from).toBe('own')
  expect(again.halfHours.map(({ byA }) => byA.agents)).toEqual(first.halfHours.map(({ byA }) => byA.agents))
})

it('says what is wrong with a file, a number, and a history without such a day', async () => {
  const path = join(dataDir, 'wrong.csv')
  await writeFile(path, 'start,calls\n08:15,3')
  const wrong = await type(['staff', 'plan', '--from', path], env)
  expect([wrong.code, wrong.err]).toEqual([
    1,
    `测算不了。${path}:2 start：现为 08:15；应为 半小时的起点，如 08:30\n`,
  ])
  expect((await type(['staff', 'plan', '--from', join(dataDir, 'none.csv')], env)).err).toContain('none.csv')
  const target = await type(['staff', 'plan', '--target', '1'], env)
  expect([target.code, target.err]).toEqual([2, expect.stringContaining('应为 0.01 到 0.9999 的数')])
  const none = await type(['staff', 'plan', '--day', 'holiday'], env)
  expect(none.out).toContain('没有节假日的来电')
})
