/** A seat on a desk phone asks somebody else first and then presses transfer: both of its calls are the hotline's (RFC 5589, section 7). */
import { createHash } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { MediaPool } from '../../src/media/index.ts'
import { type Mark, soundOfMark, soundsOf } from '../support/marks.ts'
import { type RunningHotline, runHotline, testToken } from '../support/running-hotline.ts'
import { startTestMedia } from '../support/sip-house.ts'
import { headerOf, type SipText, sdpOf, statusOf } from '../support/sip-message.ts'
import { type PhoneCall, plugInPhone, type SipPhone } from '../support/sip-phone.ts'

const patience = { timeout: 15_000, interval: 50 }
const unit = '+861012345'

describe('a seat that asks first', { timeout: 60_000 }, () => {
  let hotline: RunningHotline
  let media: MediaPool
  let trunk: SipPhone
  const open: SipPhone[] = []
  const plugIn = async (user: string) => {
    const phone = await plugInPhone(hotline.sip, media, user)
    open.push(phone)
    return phone
  }
  beforeAll(async () => {
    media = await startTestMedia([26_500, 26_999])
    // Where numbers outside are rung: a phone whose address is known before the hotline starts.
    trunk = await plugInPhone({ host: '127.0.0.1', port: 9 }, media, 'trunk')
    hotline = await runHotline({
      SEAT_WRAP_UP_SECONDS: '0',
      SIP_TRUNK: trunk.contact.replace('trunk@', ''),
      CALLER_ID: '+861012345678',
      TRANSFER_NUMBERS: `${unit}=一号单位`,
      MEDIA_PORT_MIN: '27000',
      MEDIA_PORT_MAX: '27399',
    })
    trunk.belongsTo(hotline.sip)
  }, 60_000)
  afterAll(async () => {
    await trunk.close()
    await hotline.close()
    await media.close()
  })
  afterEach(async () => {
    for (const phone of open.splice(0)) await phone.close()
    for (const name of ['s1', 's2'])
      await expect
        .poll(() => asked('DELETE', `/seats/${name}`), patience)
        .toSatisfy((status: number) => status === 204 || status === 404)
  })

  const asked = async (method: string, path: string, body?: object) => {
    const token = { authorization: `Bearer ${testToken}` }
    const headers = body ? { ...token, 'content-type': 'application/json' } : token
    const text = body && JSON.stringify(body)
    return (await fetch(`${hotline.url}/api${path}`, { method, headers, body: text })).status
  }
  const ready = async (name: string) => expect(await asked('POST', `/seats/${name}/ready`)).toBe(200)
  const seatAt = async (name: string, { contact }: SipPhone) => {
    expect(await asked('POST', '/seats', { name, display: name, contact })).toBe(201)
    await ready(name)
  }
  const states = async () => {
    const { seats } = await hotline.api<{ seats: readonly { name: string; state: string }[] }>('/seats')
    return seats.map(({ name, state }) => `${name} ${state}`).sort()
  }
  const taken = async (phone: SipPhone) => {
    const rung = (await phone.rung.take()) as PhoneCall
    rung.accept()
    return rung
  }
  const hears = (call: PhoneCall, mark: Mark) =>
    new Promise<void>(resolve => {
      const off = call.port.tap(frame => {
        if (frame.direction !== 'heard' || !soundsOf(mark, frame)) return
        off()
        resolve()
      })
    })
  /** Says this for as long as the call is up. */
  const says = (call: PhoneCall, mark: Mark) => void call.port.play([soundOfMark(mark, 60_000)])
  const holding = async (call: PhoneCall, direction: 'sendonly' | 'sendrecv') => {
    const { port } = call.port.local
    expect(statusOf(await call.request('INVITE', [], sdpOf(port, { direction })))).toBe(200)
    call.acknowledge()
  }
  const phase = async () => {
    const facts = await hotline.facts('in')
    return facts.filter(({ kind }) => kind === 'held' || kind === 'party').map(fact => fact.held ?? fact.is)
  }
  /** A citizen who talks with s1, and has been put on hold there. */
  async function onHold(register?: (phone: SipPhone) => Promise<void>) {
    const [citizen, one] = [await plugIn('citizen'), await plugIn('s1')]
    if (register) await register(one)
    else await seatAt('s1', one)
    const caller = await citizen.ring('12345')
    expect(statusOf(await caller.final)).toBe(200)
    await caller.request('INFO', [['Content-Type', 'application/dtmf']], '0')
    const first = await taken(one)
    await expect.poll(states, patience).toContain('s1 talking')
    await holding(first, 'sendonly')
    await expect.poll(phase, patience).toEqual([true])
    return { caller, one, first }
  }
  const refer = async (within: PhoneCall, named: string) =>
    statusOf(
      await within.request('REFER', [
        ['Refer-To', `<sip:s2@127.0.0.1?Replaces=${encodeURIComponent(named)}>`],
        ['Referred-By', '<sip:s1@127.0.0.1>'],
      ]),
    )
  /** What the phone is told within this call until it is hung up. */
  const toldOf = async (call: PhoneCall) => {
    const told: string[] = []
    for (;;) {
      const message = (await call.asked.take()) as SipText
      const [method = ''] = message.start.split(' ')
      told.push(method === 'NOTIFY' ? message.body.trim() : method)
      if (method === 'BYE') return told
    }
  }

  it.each(['the caller', 'the other seat'] as const)(
    'joins the caller and another seat, by a REFER in its call with %s; hears of it, and is free',
    async where => {
      const { caller, one, first } = await onHold()
      const two = await plugIn('s2')
      await seatAt('s2', two)
      const second = await one.ring('s2', { from: 's1' })
      const other = await taken(two)
      expect(statusOf(await second.final)).toBe(200)
      expect(headerOf(await second.final, 'supported')).toContain('replaces')
      says(second, 'low')
      await hears(other, 'low')
      says(other, 'high')
      await hears(second, 'high')
      await expect.poll(states, patience).toEqual(['s1 talking', 's2 talking'])
      // One call came in: a seat's own is none of a citizen's.
      const { calls } = await hotline.api<{ calls: readonly { direction: string; called: string }[] }>(
        '/calls',
      )
      expect(
        calls.filter(({ called }) => called === 's1').every(({ direction }) => direction === 'out'),
      ).toBe(true)

      const [within, named] = where === 'the caller' ? [first, second] : [second, first]
      expect(await refer(within, named.named())).toBe(202)
      expect(await toldOf(within)).toEqual(['SIP/2.0 100 Trying', 'SIP/2.0 200 OK', 'BYE'])
      await Promise.all([first.ended, second.ended])
      await hears(caller, 'high')
      says(caller, 'middle')
      await hears(other, 'middle')
      await expect.poll(states, patience).toEqual(['s1 ready', 's2 talking'])
      other.hangup()
      await caller.ended
      await expect.poll(states, patience).toEqual(['s1 ready', 's2 ready'])
    },
  )

  it('joins the caller and a number that is listed; the phone goes to and fro before it decides', async () => {
    const { caller, one, first } = await onHold()
    const ringing = one.ring(unit, { from: 's1' })
    const outside = await taken(trunk)
    const second = await ringing
    expect(statusOf(await second.final)).toBe(200)
    await holding(second, 'sendonly')
    await holding(first, 'sendrecv')
    says(first, 'low')
    await hears(caller, 'low')
    await holding(first, 'sendonly')
    await holding(second, 'sendrecv')
    says(second, 'middle')
    await hears(outside, 'middle')
    expect(await refer(first, second.named())).toBe(202)
    await first.ended
    says(outside, 'high')
    await hears(caller, 'high')
    caller.hangup()
    await outside.ended
  })

  it('rings nobody whom the seat may not, and takes over no call but its own', async () => {
    const { caller, one, first } = await onHold()
    const two = await plugIn('s2')
    await seatAt('s2', two)
    for (const [dialled, status] of [
      ['+8613900139000', 603],
      ['110', 603],
      ['s1', 480],
    ] as const)
      expect(statusOf(await (await one.ring(dialled, { from: 's1' })).final)).toBe(status)
    expect(trunk.rung.size).toBe(0)
    // Another citizen, who waits: nobody has them moved by a name.
    const another = await plugIn('another')
    const waiting = await another.ring('12345')
    expect(statusOf(await waiting.final)).toBe(200)
    for (const named of [
      waiting.named(),
      caller.named(),
      first.named(),
      first.named().replace('to-tag=', 'to-tag=x'),
      'nobody@x;to-tag=a;from-tag=b',
    ])
      expect(await refer(first, named)).toSatisfy((status: number) => status === 603 || status === 202)
    expect(await refer(first, 'one;to-tag=a')).toBe(400)
    // A caller's own exchange decides nothing here, whichever call of its own it names.
    expect(await refer(caller, first.named())).toBe(405)
    expect(await refer(waiting, caller.named())).toBe(405)
    const told = async (call: PhoneCall) => ((await call.asked.take()) as SipText).body.trim()
    expect([await told(first), await told(first)]).toEqual(['SIP/2.0 100 Trying', 'SIP/2.0 603 Decline'])
    // Nor does anybody take a call over by an INVITE.
    const taking = async (replaces: string) =>
      statusOf(await (await another.ring('12345', { headers: [['Replaces', replaces]] })).final)
    expect(await taking(caller.named())).toBe(603)
    expect(await taking('nobody@x;to-tag=a;from-tag=b')).toBe(481)
    expect(await taking('nobody@x')).toBe(400)
    await holding(first, 'sendrecv')
    says(first, 'low')
    await hears(caller, 'low')
    waiting.hangup()
    caller.hangup()
    await first.ended
  })

  it('asks a phone with a password for it, and nobody else who calls himself by its name', async () => {
    const password = 'a password of a phone that only this test knows'
    const answer = (challenge: string, method: string) => {
      const nonce = /nonce="([^"]+)"/.exec(challenge)?.[1] ?? ''
      const md5 = (text: string) => createHash('md5').update(text).digest('hex')
      const uri = 'sip:hotline'
      const proof = md5(
        `${md5(`s1:jieting:${password}`)}:${nonce}:00000001:abc:auth:${md5(`${method}:${uri}`)}`,
      )
      return [
        'Authorization',
        `Digest username="s1", realm="jieting", nonce="${nonce}", uri="${uri}", algorithm=MD5, qop=auth, nc=00000001, cnonce="abc", response="${proof}"`,
      ] as const
    }
    const { caller, one, first } = await onHold(async phone => {
      expect(await asked('POST', '/seats', { name: 's1', display: 's1', password })).toBe(201)
      const contact = ['Contact', `<${phone.contact}>`] as const
      const refused = await phone.request('REGISTER', [contact])
      const proof = answer(headerOf(refused, 'www-authenticate'), 'REGISTER')
      expect(statusOf(await phone.request('REGISTER', [contact, proof]))).toBe(200)
      await ready('s1')
    })
    const two = await plugIn('s2')
    await seatAt('s2', two)
    const refused = await (await one.ring('s2', { from: 's1' })).final
    expect(statusOf(refused)).toBe(401)
    const wrong = answer(headerOf(refused, 'www-authenticate'), 'REGISTER')
    expect(statusOf(await (await one.ring('s2', { from: 's1', headers: [wrong] })).final)).toBe(401)
    expect(two.rung.size).toBe(0)
    // Whoever is somebody else at the same address is a caller as any.
    const stranger = await (await plugIn('x')).ring('s2', { from: 'x' })
    expect(statusOf(await stranger.final)).toBe(404)
    const proof = answer(headerOf(refused, 'www-authenticate'), 'INVITE')
    const second = await one.ring('s2', { from: 's1', headers: [proof] })
    const other = await taken(two)
    expect(statusOf(await second.final)).toBe(200)
    expect(await refer(first, second.named())).toBe(202)
    await Promise.all([first.ended, second.ended])
    says(other, 'high')
    await hears(caller, 'high')
    other.hangup()
    await caller.ended
  })

  it('gives up ringing with the CANCEL of the phone, which takes its caller back', async () => {
    const { caller, one, first } = await onHold()
    const two = await plugIn('s2')
    await seatAt('s2', two)
    const second = await one.ring('s2', { from: 's1' })
    const rung = (await two.rung.take()) as PhoneCall
    second.hangup()
    expect(statusOf(await second.final)).toBe(487)
    await rung.ended
    await expect.poll(states, patience).toEqual(['s1 talking', 's2 ready'])
    await holding(first, 'sendrecv')
    says(first, 'low')
    await hears(caller, 'low')
    first.hangup()
    await caller.ended
  })
})
