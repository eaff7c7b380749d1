import { expect, it } from 'vitest'
import { createMailbox } from '../../src/foundation/index.ts'

it('hands values out in the order they came, to whoever waited longest', async () => {
  const mailbox = createMailbox<number>()
  const first = mailbox.take()
  const second = mailbox.take()
  mailbox.put(1)
  mailbox.put(2)
  mailbox.put(3)
  expect([await first, await second, mailbox.takeNow(), mailbox.takeNow()]).toEqual([1, 2, 3, undefined])
})

it('gives a taker that was called off no value', async () => {
  const mailbox = createMailbox<string>()
  const giveUp = new AbortController()
  const impatient = mailbox.take(giveUp.signal)
  const patient = mailbox.take()
  giveUp.abort(new Error('no longer'))
  mailbox.put('kept')
  await expect(impatient).rejects.toThrow('no longer')
  expect(await patient).toBe('kept')
})

it('ends its readers when it closes, after what still waits', async () => {
  const mailbox = createMailbox<string>()
  mailbox.put('last')
  mailbox.close()
  mailbox.put('too late')
  const read: string[] = []
  for await (const value of mailbox) read.push(value)
  expect(read).toEqual(['last'])
})
