import { afterEach, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import { type Database, sql } from '../../src/storage/index.ts'
import { openFolder, textOf } from '../ivr/flows-house.ts'
import { type Hotline, openHotline, openTables } from '../support/hotline.ts'

type Folder = Awaited<ReturnType<typeof openFolder>>

let database: Database
let folder: Folder
let flows: Awaited<ReturnType<Folder['start']>>
let hotline: Hotline
beforeEach(async () => {
  database = await openTables()
  folder = await openFolder(database)
  flows = await folder.start()
  hotline = await openHotline(database, { library: flows })
})
afterEach(async () => {
  await hotline.close()
  await folder.close()
  await database.close()
})

const change = (more: { share?: number } = {}) =>
  flows.load({
    files: [
      { path: 'hotline.yaml', text: textOf('hotline.yaml').replace('请说出您的诉求', '请讲一讲您的诉求') },
    ],
    author: '李工',
    note: '换一种说法',
    ...more,
  })

/** How many calls the journal says began with each version. */
const byVersion = async () =>
  Object.fromEntries(
    (
      await database.query(
        sql`select fact->>'number' as version, count(*) as calls from call_facts
          where fact->>'kind' = 'version' group by 1`,
        z.object({ version: z.string(), calls: z.number() }),
      )
    ).map(({ version, calls }) => [version, calls]),
  )

it('lets who waits in the queue hear the words that were there when they rang, and the next caller the new ones', async () => {
  const early = hotline.rings()
  await early.hears('12345热线')
  await hotline.clock.advance(10_000)
  await early.hears('正在为您接通话务员')
  await change()
  const late = hotline.rings({ from: '13900139000' })
  await late.hears('12345热线')
  late.presses('2')
  await late.hears('请讲一讲您的诉求')
  early.presses('2')
  await early.hears('请说出您的诉求')
  early.hangsUp()
  late.hangsUp()
  await Promise.all([early.isLeft(), late.isLeft()])
  await hotline.timelines()
  expect(await byVersion()).toEqual({ 1: 1, 2: 1 })
})

it('gives a trial its share of 400 calls, as the journal counts them', async () => {
  await change({ share: 0.2 })
  for (let batch = 0; batch < 20; batch++) {
    const callers = Array.from({ length: 20 }, () => hotline.rings())
    await Promise.all(callers.map(caller => caller.hears('12345热线')))
    for (const caller of callers) caller.hangsUp()
    await Promise.all(callers.map(caller => caller.isLeft()))
  }
  await hotline.timelines()
  const { 1: standing = 0, 2: trial = 0 } = await byVersion()
  console.info(`${trial} of ${standing + trial} calls at a share of 20 %`)
  expect(standing + trial).toBe(400)
  // Four standard deviations of a fair draw.
  expect(Math.abs(trial - 80)).toBeLessThan(32)
})
