/** SIP servers that die, hang, lie or let go, and a line that lives on. */
import { afterEach, describe, expect, it } from 'vitest'
import { exampleCity } from '../../src/city/index.ts'
import { type Clock, createMailbox, silentLog, systemClock } from '../../src/foundation/index.ts'
import type { MediaPool } from '../../src/media/index.ts'
import { type Call, openSipLine, type SipLine } from '../../src/telephony/index.ts'
import {
  answered,
  type ControlServer,
  dialogIdOf,
  fromNetwork,
  type Ordered,
  refused,
  sent,
  startControlServer,
} from '../support/control-server.ts'
import { hurried } from '../support/hurried-clock.ts'
import { soundOfMark } from '../support/marks.ts'
import { linesForAll } from '../support/shares.ts'
import { isUp, openSipHouse, startSipServer, startTestMedia } from '../support/sip-house.ts'
import { sdpOf, statusOf } from '../support/sip-message.ts'
import { plugInPhone } from '../support/sip-phone.ts'

const opened: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close()
})

type House = {
  server: ControlServer
  line: SipLine
  media: MediaPool
  calls: ReturnType<typeof createMailbox<Call>>
  /** What the line told the log as an error. */
  faults: object[]
}

async function open(
  start = () => startControlServer(),
  secret = 'secret',
  clock: Clock = systemClock,
): Promise<House> {
  const server = await start()
  const media = await startTestMedia([28_000, 28_999])
  const calls = createMailbox<Call>()
  const faults: object[] = []
  const line = openSipLine({
    server: { host: '127.0.0.1', port: server.port, secret },
    media,
    clock,
    log: {
      ...silentLog,
      error: (fault: object) => faults.push(fault),
      warn: (fault: object) => faults.push(fault),
    },
    journal: { write: () => undefined },
    home: exampleCity,
    shares: linesForAll(10),
    silence: {
      stillThere: async () => [],
      isTalking: () => false,
      seats: { missedAfterMs: 2_000, lostAfterMs: 15_000 },
    },
    onCall: call => calls.put(call),
    onFailure: call => call.hangup(),
  })
  opened.push(() => server.die(), media.close, line.close)
  return { server, line, media, calls, faults }
}

const notFound = 'unable to find dialog for dialog id provided'

const notice = (line: SipLine, name: 'up' | 'down') =>
  new Promise<unknown>(resolve => {
    const off = line.notices.on(name, told => {
      off()
      resolve(told)
    })
  })

/** An INVITE arrives, is answered, and the server says that the answer went out. */
async function talking(
  { server, calls }: House,
  callId: string,
  {
    alongside = [],
    headers = [],
    rtpPort = 40_000,
    onAnswer = (_sip: string): void => undefined,
  }: {
    alongside?: readonly string[]
    headers?: readonly string[]
    rtpPort?: number
    onAnswer?: (sip: string) => void
  } = {},
) {
  server.say(fromNetwork('INVITE', callId, { body: sdpOf(rtpPort), headers }))
  const call = (await calls.take()) as Call
  const answering = call.answer()
  const order = (await server.orders.take()) as Ordered
  expect(order.sip).toMatch(/^SIP\/2.0 200/)
  onAnswer(order.sip)
  server.say(sent(order, callId, 'b'), ...alongside)
  await answering
  return call
}

const nothingIsOpen = ({ line, media }: House) =>
  expect.poll(() => line.size() + media.size(), { timeout: 3_000 }).toBe(0)

describe('a message that the library cannot read', () => {
  it('is told to the log as a fact, and to nobody in its own words', async () => {
    const house = await open()
    await isUp(house.line)
    const printed: unknown[] = []
    const print = console.error
    console.error = (...said: unknown[]) => printed.push(said)
    try {
      house.server.say(fromNetwork('INVITE', 'broken').replace(' SIP/2.0', ' HTTP/1.1'))
      await (await talking(house, 'whole')).hangup()
    } finally {
      console.error = print
    }
    expect(printed).toEqual([])
    expect(house.faults).toContainEqual({ what: 'unreadable' })
    await nothingIsOpen(house)
  })
})

describe('a BYE', () => {
  it('that comes in the same read as the news that our answer went out is not lost', async () => {
    const house = await open()
    await isUp(house.line)
    for (let times = 0; times < 50; times++) {
      const callId = `call-${times}`
      const call = await talking(house, callId, {
        alongside: [fromNetwork('ACK', callId, { toTag: 'b' }), fromNetwork('BYE', callId, { toTag: 'b' })],
      })
      expect(await call.ended).toMatchObject({ by: 'them', reason: 'hung-up' })
      expect(((await house.server.orders.take()) as Ordered).sip).toMatch(/^SIP\/2.0 200/)
    }
    await nothingIsOpen(house)
  })

  it('that the server makes up, as no ACK came, ends the call as a failure', async () => {
    const house = await open()
    await isUp(house.line)
    const bye = fromNetwork('BYE', 'one', { toTag: 'b', source: 'application' })
    const call = await talking(house, 'one', { alongside: [bye] })
    expect(await call.ended).toMatchObject({ by: 'failure', reason: 'signalling-lost' })
    await nothingIsOpen(house)
  })
})

describe('an INVITE whose headers are written as RFC 3261 allows', () => {
  it('is answered with headers of one line each, where the server passes on folded ones as they came', async () => {
    const house = await open()
    await isUp(house.line)
    const folded = fromNetwork('INVITE', 'one', { body: sdpOf(40_000) }).replace(
      /From: [^\r]*/,
      'From: "Zhang San"\r\n <sip:13800138000@127.0.0.1>\r\n\t;tag=a',
    )
    house.server.say(folded)
    const call = (await house.calls.take()) as Call
    const answering = call.answer()
    const order = (await house.server.orders.take()) as Ordered
    expect(order.sip).toMatch(/^from: "Zhang San" <sip:13800138000@127\.0\.0\.1>;?\s?;?tag=a\r$/im)
    expect(order.sip).not.toMatch(/\n[ \t]/)
    house.server.say(sent(order, 'one', 'b'))
    await answering
    expect([call.caller, call.callerName]).toEqual(['+8613800138000', 'Zhang San'])
    await call.hangup()
    await nothingIsOpen(house)
  })

  it.each(['P-ASSERTED-IDENTITY', 'p-asserted-identity', 'P-Asserted-Identity '])(
    'is from whom its %s says',
    async name => {
      const house = await open()
      await isUp(house.line)
      const call = await talking(house, 'one', { headers: [`${name}: <tel:+8613900139000>`] })
      expect(call.caller).toBe('+8613900139000')
      await call.hangup()
      await nothingIsOpen(house)
    },
  )
})

describe('an answer that crosses', () => {
  it.each(['at once', 'once the call is over'])(
    'our hanging up is followed by a BYE: news of it %s',
    async when => {
      const house = await open()
      await isUp(house.line)
      house.server.say(fromNetwork('INVITE', 'one', { body: sdpOf(40_000) }))
      const call = (await house.calls.take()) as Call
      const answering = call.answer()
      const order = (await house.server.orders.take()) as Ordered
      const hungUp = call.hangup()
      if (when !== 'at once') await hungUp
      house.server.say(sent(order, 'one', 'b'))
      await Promise.all([answering, hungUp])
      expect(((await house.server.orders.take()) as Ordered).sip).toMatch(/^BYE/)
      await nothingIsOpen(house)
    },
  )
})

describe('a SIP server that is gone', () => {
  it('leaves who talks to talk, is said to be down, and takes new calls as soon as it is back', async () => {
    const house = await open()
    await isUp(house.line)
    const call = await talking(house, 'one')
    const down = notice(house.line, 'down')
    await house.server.die()
    expect(await down).toEqual({ reason: 'gone' })
    expect(house.line.isUp()).toBe(false)
    expect([call.signal.aborted, house.line.size()]).toEqual([false, 1])
    await call.hangup()
    await nothingIsOpen(house)
    const dial = house.line.dial({ kind: 'seat', name: 's1', contact: 'sip:s1@127.0.0.1' }, { ringMs: 1_000 })
    await expect(dial).rejects.toMatchObject({ code: 'line-down' })

    const up = notice(house.line, 'up')
    const back = await startControlServer(house.server.port)
    opened.push(back.die)
    await up
    const bye = (await back.orders.take()) as Ordered
    expect([bye.sip.split(' ')[0], bye.fields[1]]).toEqual(['BYE', dialogIdOf('one')])
    const next = await talking({ ...house, server: back }, 'two')
    await next.hangup()
    await nothingIsOpen(house)
  })

  it('ends what was only begun on it: an answer, a dial', async () => {
    const house = await open()
    await isUp(house.line)
    house.server.say(fromNetwork('INVITE', 'one', { body: sdpOf(40_000) }))
    const call = (await house.calls.take()) as Call
    const answering = call.answer()
    const dial = house.line.dial({ kind: 'seat', name: 's1', contact: 'sip:s1@127.0.0.1' }, { ringMs: 9_000 })
    const dialled = expect(dial).rejects.toMatchObject({ code: 'line-down' })
    await house.server.orders.take()
    await house.server.orders.take()
    await house.server.die()
    await answering
    await dialled
    expect(await call.ended).toMatchObject({ reason: 'signalling-lost' })
    await nothingIsOpen(house)
  })

  it('back, is told what ended meanwhile, and by a BYE that stands alone where it knows of no dialog', async () => {
    const house = await open()
    await isUp(house.line)
    const [ended, lasting] = [await talking(house, 'ended'), await talking(house, 'lasting')]
    const down = notice(house.line, 'down')
    await house.server.die()
    await down
    await ended.hangup()
    const up = notice(house.line, 'up')
    const back = await startControlServer(house.server.port)
    opened.push(back.die)
    await up
    const orders = [await back.orders.take(), await back.orders.take()] as Ordered[]
    expect(orders.map(({ fields, sip }) => [sip.split(' ')[0], fields[1]])).toEqual([
      ['BYE', dialogIdOf('ended')],
      ['INFO', dialogIdOf('lasting')],
    ])
    for (const order of orders) back.say(refused(order, notFound))
    const alone = (await back.orders.take()) as Ordered
    expect(alone.fields[1]).toBe('')
    expect(alone.sip).toMatch(/^BYE sip:phone@127\.0\.0\.1:5062 SIP\/2\.0\r\n/)
    expect(alone.sip).toMatch(/^Call-ID: ended\r$/im)
    expect(alone.sip).toMatch(/^From: <sip:12345@127\.0\.0\.1>;tag=b\r$/im)
    expect(alone.sip).toMatch(/^To: <sip:13800138000@127\.0\.0\.1>;tag=a\r$/im)
    expect(lasting.signal.aborted).toBe(false)
    await lasting.hangup()
    const bye = (await back.orders.take()) as Ordered
    expect([bye.sip.split(' ')[0], bye.fields[1]]).toEqual(['BYE', dialogIdOf('lasting')])
    await nothingIsOpen(house)
  })

  it.each([
    ['it had the call still', () => [], 'SIP/2.0 200 OK'],
    ['it knows of no call', (asked: Ordered) => [refused(asked, notFound)], ''],
  ])('back, does not tell of who hung up on it: their telephone is asked, where %s', async (_how, say) => {
    const house = await open(undefined, undefined, hurried(200))
    await isUp(house.line)
    const call = await talking(house, 'lasting')
    const down = notice(house.line, 'down')
    await house.server.die()
    await down
    const up = notice(house.line, 'up')
    const back = await startControlServer(house.server.port)
    opened.push(back.die)
    await up
    const next = async () => (await back.orders.take()) as Ordered
    const first = await next()
    const isForgotten = say(first).length > 0
    back.say(...(isForgotten ? say(first) : answered(first, '200 OK')))
    // Who knows no INFO is asked by OPTIONS, which a telephone that lost the call may answer all the same.
    for (const [method, status] of [
      ['INFO', '405 Method Not Allowed'],
      ['OPTIONS', '200 OK'],
      ['INFO', '408 Request Timeout'],
      ['INFO', '481 Unknown Dialog'],
    ] as const) {
      const asked = await next()
      expect([asked.sip.split(' ')[0], asked.fields[1]]).toEqual([
        method,
        isForgotten ? '' : dialogIdOf('lasting'),
      ])
      if (isForgotten) expect(asked.sip).toMatch(/^To: <sip:13800138000@127\.0\.0\.1>;tag=a\r$/im)
      expect(call.signal.aborted).toBe(false)
      back.say(...answered(asked, status))
    }
    expect(await call.ended).toMatchObject({ by: 'them', reason: 'hung-up' })
    await nothingIsOpen(house)
  })

  it('back, does not tell of who hung up in a conversation: they are asked as soon as they are silent', async () => {
    const house = await open()
    await isUp(house.line)
    const farMedia = await startTestMedia([29_000, 29_099])
    opened.push(farMedia.close)
    const far = await farMedia.open()
    const speaking = await talking(house, 'speaks', {
      rtpPort: far.local.port,
      onAnswer(sip) {
        const port = Number(/m=audio (\d+)/.exec(sip)?.[1])
        far.connect({ address: '127.0.0.1', port, codec: 'PCMA', send: true })
      },
    })
    const silent = await talking(house, 'is silent')
    void far.play([soundOfMark('low', 20_000)])
    await speaking.bridge(silent)
    const down = notice(house.line, 'down')
    await house.server.die()
    await down
    const back = await startControlServer(house.server.port)
    opened.push(back.die)
    const ask = async () => (await back.orders.take()) as Ordered
    const first = [await ask(), await ask()]
    const sinceMs = systemClock.monotonicMs()
    for (const asked of first) back.say(...answered(asked, '200 OK'))
    const again = await ask()
    expect([again.sip.split(' ')[0], again.fields[1]]).toEqual(['INFO', dialogIdOf('is silent')])
    // In turn they would be asked after ten.
    expect(systemClock.monotonicMs() - sinceMs).toBeLessThan(8_000)
    back.say(...answered(again, '481 Unknown Dialog'))
    expect(await silent.ended).toMatchObject({ by: 'them', reason: 'hung-up' })
    await speaking.hangup()
    await far.close()
    await nothingIsOpen(house)
  })

  it('may come later than the line', async () => {
    const place = await startControlServer()
    await place.die()
    const house = await open(async () => place)
    expect(house.line.isUp()).toBe(false)
    const late = await startControlServer(place.port)
    opened.push(late.die)
    await isUp(house.line)
  })

  it('is noticed within 5 s when it hangs, and left for a connection that works', async () => {
    const house = await open()
    await isUp(house.line)
    const call = await talking(house, 'one')
    const down = notice(house.line, 'down')
    const up = down.then(() => notice(house.line, 'up'))
    const sinceMs = systemClock.monotonicMs()
    house.server.fallSilent()
    expect(await down).toEqual({ reason: 'silent' })
    expect(systemClock.monotonicMs() - sinceMs).toBeLessThan(5_000)
    expect(call.signal.aborted).toBe(false)
    await up
    const asked = (await house.server.orders.take()) as Ordered
    expect([asked.sip.split(' ')[0], asked.fields[1]]).toEqual(['INFO', dialogIdOf('one')])
    house.server.say(fromNetwork('BYE', 'one', { toTag: 'b' }))
    expect(await call.ended).toMatchObject({ by: 'them', reason: 'hung-up' })
    expect(((await house.server.orders.take()) as Ordered).sip).toMatch(/^SIP\/2.0 200/)
    const next = await talking(house, 'two')
    await next.hangup()
    await nothingIsOpen(house)
  })
})

/**
 * drachtio-server hangs up at the end of an interval, or describes us at its half by what we once said, unless an INVITE that it
 * sees began it anew (0.9.10).
 */
describe('a server that times sessions itself', () => {
  it.each([
    ['uac', 90_000 - 30_000],
    ['uas', 40_000 - 4_000],
  ])(
    'hears of each refresh (refresher=%s) by an INVITE of ours in time, whatever the telephone takes',
    async (refresher, afterMs) => {
      const house = await open(undefined, undefined, hurried(30))
      await isUp(house.line)
      const timer = [
        'Supported: timer',
        `Session-Expires: 90;refresher=${refresher}`,
        'Allow: INVITE, UPDATE',
      ]
      const sinceMs = systemClock.monotonicMs()
      const call = await talking(house, 'timed', { headers: timer })
      const refresh = (await house.server.orders.take()) as Ordered
      expect(refresh.sip).toMatch(/^INVITE /)
      expect(refresh.sip).toMatch(/^Session-Expires: 90;refresher=uac\r$/im)
      expect(refresh.sip).toContain('m=audio')
      // A timer may be a millisecond early.
      expect(systemClock.monotonicMs() - sinceMs).toBeGreaterThanOrEqual(afterMs / 30 - 2)
      house.server.say(...answered(refresh, '200 OK'))
      expect(((await house.server.orders.take()) as Ordered).sip).toMatch(/^ACK /)
      expect(((await house.server.orders.take()) as Ordered).sip).toMatch(/^INVITE /)
      await call.hangup()
    },
  )
})

describe('a SIP line', () => {
  it('is not up while its secret is refused, and is as soon as it is taken', async () => {
    const house = await open(undefined, 'right')
    house.server.expect('other')
    await expect.poll(() => house.server.connections(), { timeout: 4_000 }).toBeGreaterThan(1)
    house.server.expect('right')
    await isUp(house.line)
  })

  it('asks for each method once a connection', async () => {
    const house = await open()
    await isUp(house.line)
    await expect.poll(() => house.server.routed).toContain('prack')
    const once = [...house.server.routed]
    expect(new Set(once).size).toBe(once.length)
    expect(once).toEqual(expect.arrayContaining(['invite', 'options', 'register']))
    const up = notice(house.line, 'down').then(() => notice(house.line, 'up'))
    house.server.sayRaw('no length#')
    await up
    await expect.poll(() => house.server.routed).toEqual([...once, ...once])
  })

  it('skips a message that it cannot read, and goes on', async () => {
    const house = await open()
    await isUp(house.line)
    const call = await talking(house, 'one')
    house.server.say('what|is-this|', 'x|sip|network|1|udp|127.0.0.1|1|t|txn||\r\nnot SIP at all')
    house.server.say(fromNetwork('BYE', 'one', { toTag: 'b' }))
    expect(await call.ended).toMatchObject({ by: 'them' })
    await nothingIsOpen(house)
  })

  it('never sends a message that would make the server deaf', async () => {
    const house = await open()
    await isUp(house.line)
    const long = { body: sdpOf(40_000), from: 'x'.repeat(13_000) }
    house.server.say(fromNetwork('INVITE', 'long', long))
    const refusal = (await house.server.orders.take()) as Ordered
    expect(refusal.sip).toMatch(/^SIP\/2.0 513/)
    expect(refusal.sip.length).toBeLessThan(1_000)
    const call = await talking(house, 'one')
    house.server.say(fromNetwork('INFO', 'one', { toTag: 'b', from: 'x'.repeat(13_000) }))
    house.server.say(fromNetwork('BYE', 'one', { toTag: 'b' }))
    expect(await call.ended).toMatchObject({ by: 'them' })
    expect(((await house.server.orders.take()) as Ordered).sip).toMatch(/cseq: 1 BYE/i)
    await nothingIsOpen(house)
  })
})

describe('the embedded server', () => {
  it.skipIf(process.env.DRACHTIO_URL)(
    'stopped with a call up and started again takes the next call',
    async () => {
      const house = await openSipHouse({ portRange: [29_000, 29_999] })
      const farMedia = await startTestMedia([30_000, 30_999])
      const phone = await plugInPhone(house.sip, farMedia)
      opened.push(farMedia.close, house.media.close, house.line.close, phone.close)
      const far = await phone.ring('12345')
      const call = (await house.calls.take()) as Call
      await call.answer()
      expect(statusOf(await far.final)).toBe(200)
      const down = notice(house.line, 'down')
      await house.server.close()
      await down
      expect(call.signal.aborted).toBe(false)
      await call.hangup()
      expect(house.line.size() + house.media.size()).toBe(0)

      const up = notice(house.line, 'up')
      const again = await startSipServer(house.server.control.port)
      opened.push(again.close)
      await up
      const nextPhone = await plugInPhone({ host: '127.0.0.1', port: again.sipd?.sipPort ?? 0 }, farMedia)
      opened.push(nextPhone.close)
      const next = await nextPhone.ring('12345')
      const nextCall = (await house.calls.take()) as Call
      await nextCall.answer()
      expect(statusOf(await next.final)).toBe(200)
      next.hangup()
      await nextCall.ended
    },
  )
})
