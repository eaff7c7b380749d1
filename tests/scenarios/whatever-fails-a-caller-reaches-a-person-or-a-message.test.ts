import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { Database } from '../../src/storage/index.ts'
import { type Hotline, openHotline, openTables } from '../support/hotline.ts'

let database: Database
let hotline: Hotline
beforeAll(async () => {
  database = await openTables()
})
afterAll(() => database.close())
afterEach(() => hotline.close())

const talks = async (
  from: Hotline,
  to: string,
  meanwhile: () => Promise<unknown> = async () => undefined,
) => {
  const seat = from.seat('s1')
  const caller = from.rings({ to })
  await meanwhile()
  const person = await seat.answers()
  await from.happens('connected')
  caller.says('听得到吗')
  await person.hears('听得到吗')
  person.says('听得到')
  await caller.hears('听得到')
}

it('reaches a ready seat with the database stopped', async () => {
  const stopped = await openTables()
  await stopped.close()
  hotline = await openHotline(stopped)
  const seat = hotline.seat('s1')
  const caller = hotline.rings()
  await hotline.clock.advance(300)
  await caller.hears('12345热线')
  caller.presses('0')
  const person = await seat.answers()
  await hotline.happens('connected')
  caller.says('听得到吗')
  await person.hears('听得到吗')
})

it('reaches a ready seat when the flow of the number is missing', async () => {
  hotline = await openHotline(database, { without: ['elder'] })
  await talks(hotline, '12346')
})

it('hears the message that ships with the product when there is neither a flow nor a person', async () => {
  hotline = await openHotline(database, { without: ['hotline'] })
  const caller = hotline.rings()
  await caller.phone.answered
  await hotline.clock.advance(61_000)
  const message = await caller.hears(/110/)
  expect(message.from).toBe('house')
  await hotline.clock.advance(60_000)
  await caller.isLeft()
})

it('reaches a ready seat when no voice speaks', async () => {
  hotline = await openHotline(database, { voice: () => 'fail' })
  await talks(hotline, '12345', async () => {
    await hotline.happens('failure')
    // A moment for keys, without which a full queue and a voice that fails would go round at once.
    await hotline.clock.advance(1000)
  })
})
