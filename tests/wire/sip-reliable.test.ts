/** Answers before the answer that have to be heard (100rel, RFC 3262), from a trunk and from us. */
import { createSocket } from 'node:dgram'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import type { Call } from '../../src/telephony/index.ts'
import { hurried } from '../support/hurried-clock.ts'
import { soundOfMark } from '../support/marks.ts'
import { type ScriptedTrunk, someSdp, startScriptedTrunk } from '../support/scripted-trunk.ts'
import { openSipHouse, type SipHouse } from '../support/sip-house.ts'
import { headerOf, headersOf, type SipText, sdpOf, statusOf } from '../support/sip-message.ts'

const opened: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close()
})

/** drachtio-server times sessions, too, and heeds INVITEs alone. */
const refreshes = process.env.DRACHTIO_URL ? 'INVITE' : 'UPDATE'

async function ringing(options: Parameters<typeof openSipHouse>[0] = {}) {
  const trunk = await startScriptedTrunk()
  const house = await openSipHouse({ portRange: [36_600, 36_999], trunk: { uri: trunk.uri }, ...options })
  opened.push(trunk.close, house.close)
  const answered = house.line.dial({ kind: 'number', number: '+8613800138000' }, { ringMs: 900_000 })
  answered.catch(() => undefined)
  const invite = (await trunk.invites.take()) as SipText
  /** What it says before its answer and wants acknowledged. */
  const says = (rseq: number, { status = 183, body = '', tag = 'far-end', more = [] as Headers } = {}) =>
    trunk.answer(invite, status, [['Require', '100rel'], ['RSeq', String(rseq)], ...more], body, tag)
  return { trunk, house, answered, invite, says }
}
type Headers = readonly (readonly [string, string])[]

/** Where sound may go. */
async function listening() {
  const socket = createSocket('udp4')
  await new Promise<void>(resolve => socket.bind(0, '127.0.0.1', resolve))
  opened.push(() => new Promise<void>(resolve => socket.close(() => resolve())))
  return {
    port: socket.address().port,
    heard: new Promise<unknown>(resolve => socket.once('message', resolve)),
  }
}

const told = async (trunk: ScriptedTrunk, method: string) => {
  for await (const request of trunk.requests) if (request.start.startsWith(method)) return request
  throw new Error(`no ${method}`)
}
const racks = async (trunk: ScriptedTrunk, count: number) => {
  const found: SipText[] = []
  while (found.length < count) found.push(await told(trunk, 'PRACK'))
  return found.map(prack => headerOf(prack, 'rack').split(' ')[0])
}
const over = async (call: Call, { line, media, server }: SipHouse) => {
  expect(call.signal.aborted).toBe(false)
  await call.hangup()
  await expect
    .poll(() => line.size() + media.size() + (server.sipd?.open().dialogs ?? 0), { timeout: 5_000 })
    .toBe(0)
}

describe('a trunk whose 18x are to be acknowledged', () => {
  it('has each acknowledged once, however often it says it', async () => {
    const { trunk, house, answered, invite, says } = await ringing()
    trunk.keep('PRACK')
    for (const at of [1, 2, 3]) {
      says(41, { body: someSdp })
      await delay(at * 20)
    }
    const first = await told(trunk, 'PRACK')
    expect(headerOf(first, 'rack')).toBe(`41 ${headerOf(invite, 'cseq')}`)
    trunk.answer(first, 200)
    says(42, { status: 180 })
    const second = await told(trunk, 'PRACK')
    expect(headerOf(second, 'rack')).toBe(`42 ${headerOf(invite, 'cseq')}`)
    trunk.answer(second, 200)
    says(42, { status: 180 })
    says(41, { body: someSdp })
    await delay(200)
    expect(trunk.requests.size).toBe(0)
    trunk.answer(invite, 200)
    await over(await answered, house)
  })

  it.each([404, 481, 500, 0])('and who answers PRACK by %i is not lost', async status => {
    const { trunk, house, answered, invite, says } = await ringing()
    trunk.keep('PRACK')
    says(7, { body: someSdp })
    const prack = await told(trunk, 'PRACK')
    if (status) trunk.answer(prack, status)
    trunk.answer(invite, 200)
    await over(await answered, house)
  })

  // drachtio-server (0.9.10) counts what all of them say as one's, and acknowledges it where the first rings.
  it.skipIf(process.env.DRACHTIO_URL)(
    'at two places at once has each acknowledged at its own, though they count alike',
    async () => {
      const { trunk, house, answered, invite, says } = await ringing()
      says(1, { tag: 'one' })
      says(1, { tag: 'two', body: someSdp })
      const both = [await told(trunk, 'PRACK'), await told(trunk, 'PRACK')]
      expect(both.map(prack => headerOf(prack, 'to').split('tag=')[1]).toSorted()).toEqual(['one', 'two'])
      trunk.answer(invite, 200, [], '', 'two')
      await over(await answered, house)
    },
  )

  it.skipIf(process.env.DRACHTIO_URL)('at two places has each acknowledged at its own', async () => {
    const { trunk, house, answered, invite, says } = await ringing()
    says(500, { tag: 'one' })
    const one = await told(trunk, 'PRACK')
    says(3, { tag: 'two', body: someSdp })
    const two = await told(trunk, 'PRACK')
    expect(
      [one, two].map(prack => [
        headerOf(prack, 'rack').split(' ')[0],
        headerOf(prack, 'to').split('tag=')[1],
      ]),
    ).toEqual([
      ['500', 'one'],
      ['3', 'two'],
    ])
    trunk.answer(invite, 200, [], '', 'two')
    await over(await answered, house)
  })

  it('without a Contact, and by a route, is acknowledged there', async () => {
    const { trunk, house, answered, invite, says } = await ringing()
    says(9, { body: someSdp, more: [['Record-Route', `<${trunk.uri};lr>`]] })
    const prack = await told(trunk, 'PRACK')
    expect(headersOf(prack, 'route')).toEqual([`<${trunk.uri};lr>`])
    trunk.answer(invite, 200, [['Record-Route', `<${trunk.uri};lr>`]])
    await over(await answered, house)
  })

  it('that names no place is acknowledged where it rings', async () => {
    const { trunk, house, answered, invite, says } = await ringing()
    says(9, { body: someSdp, more: [['Contact', '']] })
    expect(await racks(trunk, 1)).toEqual(['9'])
    trunk.answer(invite, 200)
    await over(await answered, house)
  })

  it('may move its sound before the answer', async () => {
    const { trunk, house, answered, invite, says } = await ringing()
    says(1, { body: someSdp })
    await racks(trunk, 1)
    const [ringer, person] = [await listening(), await listening()]
    for (const [place, codecs] of [
      [ringer, '8 0 101'],
      [person, '0'],
    ] as const) {
      const updated = await trunk.ask(invite, 'UPDATE', [], sdpOf(place.port, { codecs }))
      expect([statusOf(updated), /m=audio \d+ RTP\/AVP (.*)/.exec(updated.body)?.[1]]).toEqual([
        200,
        codecs === '0' ? '0' : '8 101',
      ])
    }
    expect(statusOf(await trunk.ask(invite, 'UPDATE', [], sdpOf(9, { codecs: '18' })))).toBe(488)
    expect(statusOf(await trunk.ask(invite, 'UPDATE'))).toBe(200)
    expect(statusOf(await trunk.ask(invite, 'UPDATE', [['Require', 'x']]))).toBe(420)
    trunk.answer(invite, 200)
    const call = await answered
    void call.play([soundOfMark('low', 2_000)])
    await person.heard
    await over(call, house)
  })
})

describe('an UPDATE that crosses a question of ours', () => {
  it('is answered all the same', async () => {
    const { trunk, house, answered, invite } = await ringing({ clock: hurried(30), ringWithinMs: 300_000 })
    trunk.keep('UPDATE')
    const timer = [
      ['Session-Expires', '90;refresher=uac'],
      ['Allow', 'INVITE, UPDATE'],
    ] as const
    trunk.answer(invite, 200, timer, someSdp)
    const call = await answered
    const ours = await (refreshes === 'INVITE' ? trunk.invites.take() : told(trunk, 'UPDATE'))
    expect(statusOf(await trunk.ask(invite, 'UPDATE'))).toBe(200)
    trunk.answer(ours as SipText, 200, timer, refreshes === 'INVITE' ? someSdp : '')
    await over(call, house)
  })
})
