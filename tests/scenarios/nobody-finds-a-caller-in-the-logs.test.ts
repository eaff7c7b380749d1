import { expect, it } from 'vitest'
import { openHotline, openTables } from '../support/hotline.ts'

it('logs neither the number, nor the name, nor the words of a caller, however the call goes', async () => {
  const database = await openTables()
  const hotline = await openHotline(database)
  const seat = hotline.seat('s1')
  await hotline.callers.mark('13912345678', { elder: true })
  const caller = hotline.rings({ from: '13912345678', to: '12345' })
  await caller.hears('长辈专线')
  caller.presses('0')
  const person = await seat.answers()
  await hotline.happens('connected')
  caller.says('我叫王淑芬')
  await person.hears('我叫王淑芬')
  caller.hangsUp()
  await person.isLeft()
  await database.close()
  const second = hotline.rings({ from: '13912345678' })
  // Marks are held in memory: without the database an elder is still one.
  await second.hears('长辈专线')
  second.hangsUp()
  await second.isLeft()
  await hotline.clock.advance(5_000)
  await hotline.close()
  expect(hotline.logged.length).toBeGreaterThan(0)
  expect(hotline.logged.filter(line => /1391234567|王淑芬|一号/.test(line))).toEqual([])
})
