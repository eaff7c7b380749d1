import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Database } from '../../src/storage/index.ts'
import { type Hotline, openHotline, openTables } from '../support/hotline.ts'

let database: Database
let hotline: Hotline
beforeAll(async () => {
  database = await openTables()
})
afterAll(() => database.close())
beforeEach(async () => {
  hotline = await openHotline(database)
})
afterEach(() => hotline.close())

async function waits(number: string) {
  const caller = hotline.rings({ from: number })
  await caller.hears('12345热线')
  caller.presses('0')
  await hotline.happens('queued')
  return caller
}

it('sees who waits, puts the second before the first, and the seat that comes free rings for them', async () => {
  const first = await waits('+8613800138001')
  await hotline.clock.advance(5_000)
  const second = await waits('+8613800138002')
  const { calls } = await hotline.floor.now()
  expect(calls.map(({ number, queuePlace, place }) => [number, queuePlace, place.at])).toEqual([
    ['138****8001', 1, 'queue'],
    ['138****8002', 2, 'queue'],
  ])
  const moved = calls[1]?.id ?? ''
  await hotline.desk.move(moved as Parameters<typeof hotline.desk.move>[0], { by: 'zhao' })
  hotline.floor.acts.note({ by: 'zhao', act: 'move', call: moved })
  const seat = hotline.seat('s1')
  const leg = await seat.answers()
  await hotline.happens('connected')
  const now = await hotline.floor.now()
  expect(now.talks).toMatchObject([
    { seat: 's1', call: moved, number: '138****8002', reason: 'hotline', phase: 'talking' },
  ])

  second.hangsUp()
  await leg.isLeft()
  first.hangsUp()
  const stretch = hotline.floor.stretchOf({})
  const until = { ...stretch, untilMs: hotline.clock.now() + 1 }
  await expect
    .poll(() => hotline.floor.lost(until, 10))
    .toMatchObject([{ number: '138****8001', flow: 'hotline', cameBack: false }])
  const day = await hotline.floor.count(until)
  expect(day).toMatchObject({ calls: 2, wanted: 2, reached: 1, lost: 1, menuKnown: 2, menuFree: 2 })
  expect(day.levels.now).toMatchObject({ wanted: 2, reached: 1 })
  expect(await hotline.floor.acts.list({ ...until, limit: 10 })).toMatchObject([
    { by: 'zhao', act: 'move', call: moved },
  ])
  const timelines = await hotline.timelines()
  expect(timelines.flat()).toContainEqual(expect.objectContaining({ kind: 'moved', by: 'zhao' }))
})

it('is told which days can be shown', () => {
  const { floor } = hotline
  for (const dates of [
    { from: '2026-01-06', to: '2026-01-05' },
    { from: '2026-01-01', to: '2026-02-01' },
  ])
    expect(() => floor.stretchOf(dates)).toThrow(expect.objectContaining({ code: 'dates-invalid' }))
  expect(floor.stretchOf({ from: '2020-01-01', to: '2020-01-31' })).toEqual({
    fromMs: Date.UTC(2019, 11, 31, 16),
    untilMs: Date.UTC(2020, 0, 31, 16),
  })
})
