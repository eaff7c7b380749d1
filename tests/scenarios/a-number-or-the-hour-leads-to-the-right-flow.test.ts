import { afterAll, beforeAll, expect, it } from 'vitest'
import { exampleCity, instantOf } from '../../src/city/index.ts'
import { createManualClock } from '../../src/foundation/index.ts'
import type { Database } from '../../src/storage/index.ts'
import { type Hotline, openHotline, openTables } from '../support/hotline.ts'

const day = [{ fromMinute: 540, toMinute: 1080 }]
const city = { ...exampleCity, openingHours: { workday: day, restday: [], holiday: [] } }

let database: Database
beforeAll(async () => {
  database = await openTables()
})
afterAll(() => database.close())

async function openAt(
  written: string,
  options: Parameters<typeof openHotline>[1],
  happens: (hotline: Hotline) => Promise<void>,
) {
  const clock = createManualClock(instantOf(written, exampleCity.timeZone))
  const hotline = await openHotline(database, { clock, ...options })
  try {
    await happens(hotline)
  } finally {
    await hotline.close()
  }
}

it('rings in opening hours and is put through; five minutes later the office is closed', () =>
  openAt('2026-03-11 17:56', { city }, async hotline => {
    await hotline.rings().hears('12345热线，正在转接人工')
    await hotline.clock.advance(5 * 60_000)
    const late = hotline.rings({ from: '13800138001' })
    await late.hears('现在是下班时间')
    late.presses('9')
    await late.hears('报警请按1')
    const old = hotline.rings({ from: '13800138002', to: '12346' })
    await old.hears('现在是下班时间')
    await hotline.rings({ to: '99999' }).isLeft()
  }))

it('rings at National Day and hears that it is closed, and that 0 is whoever is on duty', () =>
  openAt('2026-10-01 10:00', { city }, async hotline => {
    const seat = hotline.seat('s1')
    const caller = hotline.rings()
    await caller.hears('找值班人员请按0')
    caller.presses('0')
    await seat.answers()
  }))

it('rings at three at night in a city that says no hours, and is put through', () =>
  openAt('2026-10-01 03:00', {}, async hotline => {
    await hotline.rings().hears('12345热线，正在转接人工')
  }))

it('rings a number that leads to a flow of its own', () =>
  openAt('2026-03-11 10:00', { env: { FLOW_NUMBERS: '12347=after-hours' } }, async hotline => {
    await hotline.rings({ to: '12347' }).hears('现在是下班时间')
    await hotline.rings().hears('12345热线，正在转接人工')
    // From elsewhere in the country, and as a trunk writes it.
    for (const to of ['01012345', '+861012345']) await hotline.rings({ to }).hears('12345热线，正在转接人工')
  }))

it('rings a number whose flow is gone, and a person answers all the same', () => {
  const printed: string[] = []
  const options = {
    env: { FLOW_NUMBERS: '12347=enterprise' },
    print: (text: string) => void printed.push(text),
  }
  return openAt('2026-03-11 10:00', options, async hotline => {
    expect(printed).toEqual([
      expect.stringContaining('no flow enterprise: callers of 12347 wait for a person'),
    ])
    const seat = hotline.seat('s1')
    hotline.rings({ to: '12347' })
    await seat.answers()
  })
})

it('rings from an English page and is greeted in English, and without one as the number is known', () =>
  openAt('2026-03-11 10:00', {}, async hotline => {
    const visitor = hotline.rings({ from: '', language: 'en' })
    await visitor.hears('Hello, this is 12345')
    visitor.presses('0')
    await visitor.hears('We are connecting you to a person')
    await hotline.rings({ from: '', language: 'zh-CN' }).hears('您好，12345热线')
    await hotline.rings({ from: '', language: 'fr' }).hears('您好，12345热线')
    await hotline.callers.mark('13800138005', { language: 'en' })
    await hotline.rings({ from: '13800138005' }).hears('Hello, this is 12345')
    await hotline.rings({ from: '13800138005', language: 'zh-CN' }).hears('您好，12345热线')
  }))
