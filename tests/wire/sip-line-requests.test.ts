/** What may be asked of us, in an INVITE and within a call: extensions, bodies, session timers; and how we say no. */
import { afterEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../src/foundation/index.ts'
import type { MediaPool } from '../../src/media/index.ts'
import type { Call } from '../../src/telephony/index.ts'
import { hurried } from '../support/hurried-clock.ts'
import { type ScriptedTrunk, someSdp, startScriptedTrunk } from '../support/scripted-trunk.ts'
import { linesForAll } from '../support/shares.ts'
import { openSipHouse, startTestMedia } from '../support/sip-house.ts'
import { headerOf, type SipText, sdpOf, statusOf } from '../support/sip-message.ts'
import { type PhoneCall, plugInPhone, type RingOptions } from '../support/sip-phone.ts'

const opened: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close()
})

async function open(options: Parameters<typeof openSipHouse>[0] = {}) {
  const farMedia: MediaPool = await startTestMedia([37_500, 37_999])
  const house = await openSipHouse({ portRange: [37_000, 37_499], ...options })
  const phone = await plugInPhone(house.sip, farMedia)
  opened.push(farMedia.close, house.close, phone.close)
  const talking = async (ringing: RingOptions) => {
    const far = await phone.ring('12345', ringing)
    const call = (await house.calls.take()) as Call
    void call.answer()
    return { far, call, final: await far.final }
  }
  return { house, phone, talking }
}
const asks = async (far: PhoneCall, method: string): Promise<SipText> => {
  for await (const request of far.asked) if (request.start.startsWith(method)) return request
  throw new Error(`no ${method}`)
}
async function openTrunk(options: Parameters<typeof openSipHouse>[0] = {}) {
  const trunk = await startScriptedTrunk()
  // As long as usual, however fast the clock is.
  const { house } = await open({ ...options, ringWithinMs: 300_000, trunk: { uri: trunk.uri } })
  opened.push(trunk.close)
  const dial = () => house.line.dial({ kind: 'number', number: '+8613800138000' }, { ringMs: 900_000 })
  return { trunk, house, dial }
}
const next = async (trunk: ScriptedTrunk) => (await trunk.invites.take()) as SipText
const asked = (request: SipText) => [headerOf(request, 'session-expires'), headerOf(request, 'min-se')]
/** drachtio-server times sessions, too, and heeds INVITEs alone: there they are refreshed so, whatever the other end takes. */
const refreshes = process.env.DRACHTIO_URL ? 'INVITE' : 'UPDATE'
const refreshOf = async ({ invites, requests }: ScriptedTrunk) =>
  (await (refreshes === 'INVITE' ? invites : requests).take()) as SipText
/** Thirty times as fast. */
const fast = hurried(30)

describe('an INVITE', () => {
  it.each([
    ['precondition', 'precondition'],
    ['timer, gruu, x-own', 'gruu, x-own'],
  ])('that requires %s is told what we do not have', async (required, unsupported) => {
    const { house, phone } = await open()
    const far = await phone.ring('12345', { headers: [['Require', required]] })
    const final = await far.final
    expect([statusOf(final), headerOf(final, 'unsupported')]).toEqual([420, unsupported])
    expect(house.calls.size).toBe(0)
  })

  it.each(['timer', '100rel', 'Timer,100Rel'])('that requires %s is taken', async required => {
    const { talking } = await open()
    const { far, call, final } = await talking({ headers: [['Require', required]] })
    expect(statusOf(final)).toBe(200)
    expect(headerOf(final, 'allow')).toMatch(/UPDATE/)
    expect(headerOf(final, 'supported')).toMatch(/timer/)
    far.hangup()
    await call.ended
  })

  it.each([
    ['text', [['Content-Type', 'text/plain']]],
    [
      'packed SDP',
      [
        ['Content-Type', 'application/sdp'],
        ['Content-Encoding', 'gzip'],
      ],
    ],
    ['parts without SDP', [['Content-Type', 'multipart/mixed;boundary=b']]],
  ] as const)('with %s for a body is told what we read: 415', async (_, headers) => {
    const { phone } = await open()
    const final = await (await phone.ring('12345', { sdp: 'hello', headers })).final
    expect([statusOf(final), headerOf(final, 'accept')]).toEqual([415, 'application/sdp'])
  })

  it('with SDP among other parts is taken', async () => {
    const { talking } = await open()
    const isup = '--b1\r\nContent-Type: application/isup\r\n\r\n\x01\x02\r\n'
    const sdp = `${isup}--b1\r\ncontent-type:application/SDP\r\n\r\n${sdpOf(40_000)}\r\n--b1--\r\n`
    const headers = [['Content-Type', 'multipart/mixed; boundary="b1"']] as const
    const { far, call, final } = await talking({ sdp, headers })
    expect([statusOf(final), final.body.includes('m=audio')]).toEqual([200, true])
    far.hangup()
    await call.ended
  })

  it('that is refused is in the journal with the reason, and counted', async () => {
    const { house, phone } = await open({ shares: linesForAll(1) })
    const refused = async (options: RingOptions) => statusOf(await (await phone.ring('12345', options)).final)
    expect(await refused({ sdp: sdpOf(40_000, { codecs: '18' }) })).toBe(488)
    expect(await refused({ headers: [['Require', 'x']] })).toBe(420)
    expect(await refused({ sdp: 'x', headers: [['Content-Type', 'text/plain']] })).toBe(415)
    const far = await phone.ring('99999')
    await ((await house.calls.take()) as Call).hangup('not-found')
    expect(statusOf(await far.final)).toBe(404)
    const up = await phone.ring('12345')
    const call = (await house.calls.take()) as Call
    void call.answer()
    await up.final
    expect(await refused({})).toBe(503)
    up.hangup()
    await call.ended
    expect(house.line.refused?.()).toEqual({ 404: 1, 415: 1, 420: 1, 488: 1, 503: 1 })
    const whys = house.facts.flatMap(fact =>
      fact.kind === 'refused' ? [[fact.by, fact.status, fact.why]] : [],
    )
    expect(whys).toEqual([
      ['us', 488, 'no-common-codec'],
      ['us', 420, 'extension'],
      ['us', 415, 'not-sdp'],
      ['us', 404, 'not-found'],
      ['us', 503, 'full'],
    ])
    const ends = house.facts.filter(fact => fact.kind === 'ended').map(fact => fact.reason)
    expect(ends).toEqual(['refused', 'refused', 'refused', 'refused', 'refused', 'hung-up'])
  })
})

describe('within a call', () => {
  it('a MESSAGE is told that nobody reads it, and what is required and unknown is named', async () => {
    const { talking } = await open()
    const { far, call } = await talking({})
    const message = await far.request('MESSAGE', [['Content-Type', 'text/plain']], '你好')
    expect([statusOf(message), headerOf(message, 'allow').includes('MESSAGE')]).toEqual([405, false])
    const offer = await far.request('INVITE', [['Require', 'precondition']], sdpOf(far.port.local.port))
    expect([statusOf(offer), headerOf(offer, 'unsupported')]).toEqual([420, 'precondition'])
    far.acknowledge()
    expect(call.signal.aborted).toBe(false)
    far.hangup()
    await call.ended
  })
})

describe('a request within a call that nobody can do anything about', () => {
  const news = (event: string) => [
    ['Event', event],
    ['Subscription-State', 'active;expires=60'],
  ]
  const talked = 'INVITE, ACK, BYE, CANCEL, OPTIONS, INFO, UPDATE, PRACK, MESSAGE'
  it.each([
    ['PUBLISH', [['Event', 'presence']], 405, 'allow', talked],
    ['SUBSCRIBE', [['Event', 'dialog']], 405, 'allow', talked],
    ['REFER', [['Refer-To', '<sip:9001@127.0.0.1>']], 405, 'allow', talked],
    ['NOTIFY', news('presence'), 489, 'allow', ''],
    ['NOTIFY', [], 489, 'allow', ''],
    ['NOTIFY', news('refer;id=7'), 481, 'allow', ''],
    ['OPTIONS', [['Require', 'gruu']], 420, 'unsupported', 'gruu'],
    ['INFO', [['Require', 'x, timer']], 420, 'unsupported', 'x'],
    ['MESSAGE', [['Require', 'x, y']], 420, 'unsupported', 'x, y'],
  ] as const)(
    '%s %j is told so with %i, and the call goes on',
    async (method, headers, status, name, said) => {
      const { talking } = await open()
      const { far, call } = await talking({})
      const answer = await far.request(method, headers as readonly (readonly [string, string])[])
      expect([statusOf(answer), headerOf(answer, name)]).toEqual([status, said])
      const options = await far.request('OPTIONS', [])
      expect([statusOf(options), headerOf(options, 'allow')]).toEqual([200, talked])
      expect(call.signal.aborted).toBe(false)
      far.hangup()
      await call.ended
    },
  )

  // What drachtio-server does not know it keeps to itself.
  it.skipIf(process.env.DRACHTIO_URL).each(['DANCE', 'REGISTER'])('%s too', async method => {
    const { talking } = await open()
    const { far, call } = await talking({})
    const answer = await far.request(method, [])
    expect([statusOf(answer), headerOf(answer, 'allow')]).toEqual([405, talked])
    far.hangup()
    await call.ended
  })

  it.skipIf(process.env.DRACHTIO_URL).each([
    ['INFO', '2 BYE'],
    ['BYE', '2 INFO'],
    ['INFO', '2147483648 INFO'],
    ['BYE', '4294967298 BYE'],
  ])('%s numbered as %s is a bad request', async (method, cseq) => {
    const { talking } = await open()
    const { far, call } = await talking({})
    expect(statusOf(await far.request(method, [['CSeq', cseq]]))).toBe(400)
    expect(statusOf(await far.request('OPTIONS', []))).toBe(200)
    expect(call.signal.aborted).toBe(false)
    far.hangup()
    await call.ended
  })

  it('a BYE that requires what we do not have is told so, and is a BYE', async () => {
    const { talking } = await open()
    const { far, call } = await talking({})
    const answer = await far.request('BYE', [['Require', 'x']])
    expect([statusOf(answer), headerOf(answer, 'unsupported')]).toEqual([420, 'x'])
    expect(await call.ended).toMatchObject({ by: 'them', reason: 'hung-up' })
  })
})

describe('a session timer', () => {
  const timer = (expires: string, more: readonly (readonly [string, string])[] = []): RingOptions => ({
    headers: [['Supported', 'timer'], ['Session-Expires', expires], ...more],
  })

  it.each([
    ['1800', '1800;refresher=uac', 'timer'],
    ['1800;refresher=uac', '1800;refresher=uac', 'timer'],
    ['1800 ; Refresher = UAS', '1800;refresher=uas', ''],
  ])('of %s is agreed on', async (asked, agreed, required) => {
    const { talking } = await open()
    const { far, call, final } = await talking(timer(asked))
    expect([headerOf(final, 'session-expires'), headerOf(final, 'require')]).toEqual([agreed, required])
    const update = await far.request('UPDATE', [
      ['Supported', 'timer'],
      ['Session-Expires', '900;refresher=uac'],
    ])
    expect([statusOf(update), headerOf(update, 'session-expires')]).toEqual([200, '900;refresher=uac'])
    far.hangup()
    await call.ended
  })

  it('that is too brief is told the least', async () => {
    const { phone } = await open()
    const final = await (await phone.ring('12345', timer('30'))).final
    expect([statusOf(final), headerOf(final, 'min-se')]).toEqual([422, '90'])
  })

  it('that a proxy asked for, for a phone that has none, is kept up by us', async () => {
    const { talking } = await open()
    const { far, call, final } = await talking({ headers: [['Session-Expires', '60']] })
    expect([headerOf(final, 'session-expires'), headerOf(final, 'require')]).toEqual(['60;refresher=uas', ''])
    far.hangup()
    await call.ended
  })

  it('that is ours to keep up is, by UPDATE, or by a re-INVITE where there is no UPDATE', async () => {
    const { talking } = await open({ clock: fast })
    const { far, call } = await talking(timer('90;refresher=uas', [['Allow', 'INVITE, UPDATE']]))
    const first = await asks(far, refreshes)
    expect(headerOf(first, 'session-expires')).toBe('90;refresher=uac')
    await asks(far, refreshes)
    far.hangup()
    await call.ended
    const plain = await talking(timer('90;refresher=uas'))
    const invite = await asks(plain.far, 'INVITE')
    expect(invite.body).toContain('m=audio')
    plain.far.hangup()
    await plain.call.ended
  })

  it.each([
    [[], '300;refresher=uas'],
    [[['Min-SE', '600']] as const, '600;refresher=uas'],
  ])('is given to a phone that can and does not ask: %j', async (more, given) => {
    const { talking } = await open({ clock: fast })
    const { far, call, final } = await talking({
      headers: [['Supported', 'replaces, timer'], ['Allow', 'UPDATE'], ...more],
    })
    expect(headerOf(final, 'session-expires')).toBe(given)
    far.hangup()
    await call.ended
  })

  it('that was given is kept up by us', { timeout: 15_000 }, async () => {
    const { talking } = await open({ clock: fast })
    const { far, call } = await talking({
      headers: [
        ['Supported', 'timer'],
        ['Allow', 'UPDATE'],
      ],
    })
    expect(headerOf(await asks(far, refreshes), 'session-expires')).toBe('300;refresher=uac')
    far.hangup()
    await call.ended
  })

  it('is not forced on a phone that has none', async () => {
    const { talking } = await open()
    const { far, call, final } = await talking({ headers: [['Supported', 'replaces']] })
    expect(headerOf(final, 'session-expires')).toBe('')
    far.hangup()
    await call.ended
  })

  it('that the other end forgets is asked after, and does not cut who is there', async () => {
    const { talking } = await open({ clock: fast })
    const { far, call } = await talking(timer('90;refresher=uac', [['Allow', 'UPDATE']]))
    await asks(far, refreshes)
    expect(call.signal.aborted).toBe(false)
    far.hangup()
    await call.ended
  })

  it('of a call that we made, and that its trunk knows no more, ends it', async () => {
    const { trunk, dial } = await openTrunk({ clock: fast })
    trunk.keep('UPDATE')
    const answered = dial()
    const invite = await next(trunk)
    const headers = [
      ['Session-Expires', '90;refresher=uac'],
      ['Require', 'timer'],
      ['Allow', 'INVITE, UPDATE'],
    ] as const
    trunk.answer(invite, 200, headers, someSdp)
    const call = await answered
    trunk.answer(await refreshOf(trunk), 200, headers)
    trunk.answer(await refreshOf(trunk), 481)
    expect(await call.ended).toMatchObject({ by: 'failure', reason: 'signalling-lost' })
  })

  it('whose refresh is refused is refreshed again before it runs out', async () => {
    const { trunk, house, dial } = await openTrunk({ clock: fast })
    trunk.keep('UPDATE')
    const answered = dial()
    const headers = [
      ['Session-Expires', '90;refresher=uac'],
      ['Allow', 'INVITE, UPDATE'],
    ] as const
    trunk.answer(await next(trunk), 200, headers, someSdp)
    const call = await answered
    const refresh = () => refreshOf(trunk)
    const first = await refresh()
    const sinceMs = systemClock.monotonicMs()
    trunk.answer(first, 422, [['Min-SE', '120']])
    const second = await refresh()
    expect(asked(second)).toEqual(['120;refresher=uac', '120'])
    trunk.answer(second, 500)
    const third = await refresh()
    expect(systemClock.monotonicMs() - sinceMs).toBeLessThan(45_000 / 30)
    trunk.answer(third, 200)
    await call.hangup()
    await expect.poll(() => house.line.size(), { timeout: 5_000 }).toBe(0)
  })
})

describe('an INVITE of ours', () => {
  it('asks for a session timer', async () => {
    const { trunk, dial } = await openTrunk()
    const refused = expect(dial()).rejects.toMatchObject({ code: 'busy' })
    const invite = await next(trunk)
    expect(asked(invite)).toEqual(['300', '90'])
    trunk.answer(invite, 486)
    await refused
  })

  it('that asks for too brief a one asks for the least that is named, once, and then for none', async () => {
    const { trunk, dial } = await openTrunk()
    const answered = dial()
    const first = await next(trunk)
    trunk.answer(first, 422, [['Min-SE', '1800']])
    const second = await next(trunk)
    expect(asked(second)).toEqual(['1800', '1800'])
    expect(headerOf(second, 'call-id')).toBe(headerOf(first, 'call-id'))
    trunk.answer(second, 422, [['Min-SE', '3600']])
    const third = await next(trunk)
    expect(asked(third)).toEqual(['', ''])
    trunk.answer(third, 200, [], someSdp)
    await (await answered).hangup()
  })

  it('that is told too brief without a least goes without one', async () => {
    const { trunk, dial } = await openTrunk()
    const answered = dial()
    trunk.answer(await next(trunk), 422)
    const second = await next(trunk)
    expect(asked(second)).toEqual(['', ''])
    trunk.answer(second, 200, [], someSdp)
    await (await answered).hangup()
  })
})
