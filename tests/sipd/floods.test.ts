import { createSocket, type Socket } from 'node:dgram'
import { beforeEach, expect, it, onTestFinished } from 'vitest'
import { silentLog, systemClock } from '../../src/foundation/index.ts'
import { type Sipd, startSipd } from '../../src/sipd/index.ts'
import { headerOf, readSip, type SipText, statusOf, writeSip } from '../support/sip-message.ts'

let sipd: Sipd
beforeEach(async () => {
  // Nobody takes its calls, so that each is refused at once.
  const options = { clock: systemClock, log: silentLog, secret: 'none', controlPort: 0 }
  sipd = await startSipd({ ...options, sipAddress: '127.0.0.1', sipPort: 0 })
  onTestFinished(sipd.close)
})

async function phoneAt(address: string) {
  const socket: Socket = createSocket('udp4')
  onTestFinished(() => void socket.close())
  await new Promise<void>(resolve => socket.bind(0, address, resolve))
  const here = `${address}:${socket.address().port}`
  const refused = new Map<string, SipText>()
  socket.on('message', bytes => {
    const answer = readSip(bytes.toString())
    if (statusOf(answer) >= 300) refused.set(headerOf(answer, 'call-id'), answer)
  })
  const send = (method: 'INVITE' | 'ACK', at: number, to = '<sip:12345@127.0.0.1>') =>
    socket.send(
      writeSip(`${method} sip:12345@127.0.0.1 SIP/2.0`, [
        ['Via', `SIP/2.0/UDP ${here};rport;branch=z9hG4bK${at}`],
        ['From', `<sip:${at}@${address}>;tag=${at}`],
        ['To', to],
        ['Call-ID', `${at}@${here}`],
        ['CSeq', `1 ${method}`],
        ['Contact', `<sip:x@${here}>`],
        ['Max-Forwards', '70'],
      ]),
      sipd.sipPort,
      '127.0.0.1',
    )
  return {
    refused,
    invite: (at: number) => send('INVITE', at),
    /** How many of these are refused by now; those that the system lost on the way go out once more. */
    refusedOf(calls: readonly number[]): number {
      const lost = calls.filter(at => !refused.has(`${at}@${here}`))
      for (const at of lost) send('INVITE', at)
      return calls.length - lost.length
    },
    acknowledgeAll() {
      for (const answer of refused.values())
        send('ACK', Number(headerOf(answer, 'call-id').split('@')[0]), headerOf(answer, 'to'))
    },
  }
}

it('keeps no more than so many refusals of one source that it does not acknowledge, and hears the others', async () => {
  const flood = await phoneAt('127.0.2.2')
  const calls = Array.from({ length: 600 }, (_, at) => at)
  await expect.poll(() => flood.refusedOf(calls), { interval: 200, timeout: 5_000 }).toBe(256)
  expect(sipd.open().transactions).toBe(256)
  const other = await phoneAt('127.0.3.3')
  other.invite(1)
  await expect.poll(() => other.refused.size).toBe(1)
  flood.acknowledgeAll()
  flood.invite(1000)
  await expect.poll(() => flood.refused.size).toBe(257)
})

it('counts nobody who acknowledges, however many calls they make', async () => {
  const busy = await phoneAt('127.0.2.2')
  for (let round = 1; round <= 4; round++) {
    const calls = Array.from({ length: 200 }, (_, at) => round * 1000 + at)
    await expect.poll(() => busy.refusedOf(calls), { interval: 200, timeout: 5_000 }).toBe(200)
    busy.acknowledgeAll()
  }
})
