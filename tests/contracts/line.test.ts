/** What every line promises to the rooms above, told of people and phones. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMailbox, type Mailbox, silentLog, systemClock } from '../../src/foundation/index.ts'
import type { Frame, Key, MediaPort, Sound } from '../../src/media/index.ts'
import {
  type Call,
  type Destination,
  type Line,
  type LoopbackPhone,
  openLoopbackLine,
} from '../../src/telephony/index.ts'
import { type Mark, soundOfMark, soundsOf } from '../support/marks.ts'
import { openPageHouse, openPagePhone } from '../support/page-phone.ts'
import { openSipHouse, startTestMedia } from '../support/sip-house.ts'
import { headerOf, statusOf } from '../support/sip-message.ts'
import { type PhoneCall, plugInPhone } from '../support/sip-phone.ts'
import { fieldsOf, newSid, post, ringThrough } from '../support/twilio.ts'
import { openTwilioHouse } from '../support/twilio-house.ts'
import { nobody } from '../support/twilio-rest.ts'

/** A phone in one call, in its owner's hand. */
type Phone = {
  /** True once the two are in a call, false if there was none. */
  readonly answered: Promise<boolean>
  readonly ended: Promise<unknown>
  says(mark: Mark): void
  hears(mark: Mark): Promise<void>
  press(key: Key): void
  accept(): void
  reject(): void
  hangup(): void
}

/** A line with phones at its far end. */
type LineUnderTest = {
  readonly line: Line
  readonly calls: Mailbox<Call>
  ring(): Promise<Phone>
  readonly seat: { readonly destination: Destination; rings(): Promise<Phone> }
  readonly nowhere: Destination
  /** Whom a call names as its caller. */
  readonly caller: RegExp
  /** Whether a frame that was tapped holds this mark. */
  soundsOf(mark: Mark, frame: Frame): boolean
  /** What is open anywhere, on both sides, beyond the line itself. */
  open(): number
  close(): Promise<void>
}

async function loopback(): Promise<LineUnderTest> {
  const calls = createMailbox<Call>()
  const line = openLoopbackLine({
    clock: systemClock,
    log: silentLog,
    onCall: call => calls.put(call),
    onFailure: call => call.hangup(),
  })
  const rung = createMailbox<LoopbackPhone>()
  line.plugIn('seat', phone => rung.put(phone))
  const phoneOf = (phone: LoopbackPhone): Phone => ({
    ...phone,
    says: phone.say,
    async hears(mark) {
      for await (const { text } of phone.ear) if (text === mark) return
      throw new Error(`did not hear ${mark}`)
    },
    reject: () => phone.reject('busy'),
  })
  return {
    line,
    calls,
    ring: async () => phoneOf(line.ring({ from: '13800138000', to: '12345' })),
    seat: {
      destination: { kind: 'seat', name: 's1', contact: 'seat' },
      rings: async () => phoneOf((await rung.take()) as LoopbackPhone),
    },
    nowhere: { kind: 'seat', name: 's2', contact: 'nobody' },
    caller: /^13800138000$/,
    soundsOf: (mark, { payload }) => new TextDecoder().decode(payload) === mark,
    open: () => line.size(),
    close: line.close,
  }
}

async function sip(): Promise<LineUnderTest> {
  const house = await openSipHouse()
  const farMedia = await startTestMedia([23_000, 23_999])
  const phone = await plugInPhone(house.sip, farMedia)
  const ports = new Set<MediaPort>()
  const phoneOf = (call: PhoneCall, answered: Promise<boolean>): Phone => {
    ports.add(call.port)
    void call.ended.then(async () => {
      await call.port.close()
      ports.delete(call.port)
    })
    return {
      answered,
      ended: call.ended,
      says: mark => void call.port.play([soundOfMark(mark, 400)]),
      hears: mark =>
        new Promise((resolve, reject) => {
          const off = call.port.tap(frame => {
            if (frame.direction !== 'heard' || !soundsOf(mark, frame)) return
            off()
            resolve()
          })
          void call.ended.then(() => reject(new Error(`did not hear ${mark}`)))
        }),
      press: key => call.port.sendKey(key),
      accept: call.accept,
      reject: () => call.reject(486),
      hangup: call.hangup,
    }
  }
  return {
    line: house.line,
    calls: house.calls,
    async ring() {
      const call = await phone.ring('12345')
      return phoneOf(
        call,
        call.final.then(response => statusOf(response) === 200),
      )
    },
    seat: {
      destination: { kind: 'seat', name: 's1', contact: phone.contact },
      async rings() {
        const call = (await phone.rung.take()) as PhoneCall
        expect(headerOf(await call.final, 'from')).not.toBe('')
        return phoneOf(call, Promise.resolve(true))
      },
    },
    nowhere: { kind: 'seat', name: 's2', contact: 'sip:nobody@127.0.0.1:9' },
    caller: /13800138000$/,
    soundsOf,
    open: () =>
      house.line.size() + house.media.size() + ports.size + (house.server.sipd?.open().dialogs ?? 0),
    async close() {
      await phone.close()
      await house.close()
      await farMedia.close()
    },
  }
}

async function browser(): Promise<LineUnderTest> {
  const house = await openPageHouse()
  const seat = await openPagePhone(house.seatUrl)
  return {
    line: house.line,
    calls: house.calls,
    async ring() {
      const phone = await openPagePhone(house.callerUrl)
      phone.ring('12345')
      return phone
    },
    seat: {
      destination: { kind: 'seat', name: 's1', contact: 'browser:s1' },
      rings: seat.rings,
    },
    nowhere: { kind: 'seat', name: 's2', contact: 'browser:s2' },
    caller: /^$/,
    soundsOf,
    open: () => house.line.size() + house.media.size(),
    async close() {
      seat.close()
      await house.close()
    },
  }
}

async function twilio(): Promise<LineUnderTest> {
  const house = await openTwilioHouse({ portRange: [26_000, 26_999] })
  const { rest } = house
  return {
    line: house.line(),
    calls: house.calls,
    async ring() {
      const callSid = newSid('CA')
      const stream = ringThrough(house.twilio, '12345', callSid).then(ringing => ringing.stream)
      const opened = async () => (await stream) ?? expect.fail('no stream')
      let isUp = false
      void stream.then(found => {
        isUp = found !== undefined
      })
      return {
        answered: stream.then(Boolean),
        ended: stream.then(found => found?.ended),
        says: mark => void opened().then(({ says }) => says(mark)),
        hears: async mark => (await opened()).hears(mark),
        press: key => void opened().then(({ press }) => press(key)),
        accept: () => undefined,
        reject: () => undefined,
        hangup() {
          if (isUp) void opened().then(({ hangup }) => hangup())
          else void post(house.twilio, '/twilio/status', fieldsOf(callSid, 'canceled'))
        },
      }
    },
    seat: {
      destination: { kind: 'seat', name: 's1', contact: 'tel:+8613900139000' },
      rings: async () => (await rest.rung.take()) ?? expect.fail('no phone rang'),
    },
    nowhere: { kind: 'seat', name: 's2', contact: `tel:${nobody}` },
    caller: /^\+8613800138000$/,
    soundsOf,
    open: () => house.line().size() + house.media.size() + rest.open() + rest.faults.length,
    close: house.close,
  }
}

const spoken = (mark: Mark, ms = 300): Sound => soundOfMark(mark, ms)

describe.each([
  ['loopback', loopback],
  ['sip', sip],
  ['browser', browser],
  ['twilio', twilio],
])('a line: %s', (_, open) => {
  let under: LineUnderTest
  let directory: string
  beforeAll(async () => {
    under = await open()
    directory = await mkdtemp(join(tmpdir(), 'line-'))
  })
  afterAll(async () => {
    await under.close()
    await rm(directory, { recursive: true })
  })

  const nothingIsOpen = () => expect.poll(() => under.open(), { timeout: 5_000 }).toBe(0)

  const incoming = async () => {
    const phone = await under.ring()
    const call = (await under.calls.take()) as Call
    return { phone, call }
  }
  const talking = async () => {
    const both = await incoming()
    await both.call.answer()
    expect(await both.phone.answered).toBe(true)
    return both
  }
  const bridged = async () => {
    const { phone, call } = await talking()
    const dialling = under.line.dial(under.seat.destination, { near: call, ringMs: 10_000 })
    const seat = await under.seat.rings()
    seat.accept()
    const seatCall = await dialling
    await call.bridge(seatCall)
    return { phone, call, seat, seatCall }
  }

  it('takes a call and tells who rings whom', async () => {
    const { phone, call } = await talking()
    expect(call).toMatchObject({ direction: 'in', called: '12345' })
    expect(call.caller).toMatch(under.caller)
    expect(Math.abs(systemClock.now() - call.invitedAtMs)).toBeLessThan(5_000)
    phone.hangup()
    expect(await call.ended).toMatchObject({ by: 'them', reason: 'hung-up' })
    await nothingIsOpen()
  })

  it('plays a sound to its end, and the phone hears it', async () => {
    const { phone, call } = await talking()
    const heard = phone.hears('low')
    expect(await call.play([spoken('low')])).toBe('finished')
    await heard
    await call.hangup()
    await phone.ended
    await nothingIsOpen()
  })

  it('lets a key stop a prompt, counts it once, and keeps what was pressed ahead', async () => {
    const { phone, call } = await talking()
    const stop = new AbortController()
    const playing = call.play([spoken('low', 20_000)], { signal: stop.signal })
    phone.press('1')
    const first = await call.keys.take()
    stop.abort()
    expect(first?.key).toBe('1')
    expect(await playing).toBe('stopped')
    for (const key of ['2', '2', '0'] as const) phone.press(key)
    const ahead = [await call.keys.take(), await call.keys.take(), await call.keys.take()]
    expect(ahead.map(press => press?.key)).toEqual(['2', '2', '0'])
    phone.hangup()
    await call.ended
    expect(await call.keys.take()).toBeUndefined()
    await nothingIsOpen()
  })

  it('bridges two calls: each hears the other, and keys are still heard', async () => {
    const { phone, call, seat, seatCall } = await bridged()
    const heardBySeat = seat.hears('middle')
    phone.says('middle')
    await heardBySeat
    const heardByCaller = phone.hears('high')
    seat.says('high')
    await heardByCaller
    phone.press('0')
    expect((await call.keys.take())?.key).toBe('0')
    await seatCall.hangup()
    await seat.ended
    await call.hangup()
    await phone.ended
    await nothingIsOpen()
  })

  it('ends by either side, and says by whom', async () => {
    const one = await talking()
    one.phone.hangup()
    expect(await one.call.ended).toMatchObject({ by: 'them', reason: 'hung-up' })
    const two = await talking()
    await two.call.hangup()
    await two.phone.ended
    expect(await two.call.ended).toMatchObject({ by: 'us', reason: 'hung-up' })
    const three = await bridged()
    three.seat.hangup()
    expect(await three.seatCall.ended).toMatchObject({ by: 'them', reason: 'hung-up' })
    three.phone.hangup()
    await three.call.ended
    await nothingIsOpen()
  })

  it('refuses a call that it does not want, and ends one that is given up before the answer', async () => {
    const refused = await incoming()
    await refused.call.hangup('declined')
    expect(await refused.phone.answered).toBe(false)
    expect(await refused.call.ended).toMatchObject({ by: 'us', reason: 'refused' })
    const cancelled = await incoming()
    cancelled.phone.hangup()
    expect(await cancelled.call.ended).toMatchObject({ by: 'them', reason: 'cancelled' })
    expect(await cancelled.phone.answered).toBe(false)
    await nothingIsOpen()
  })

  it('tells busy, unanswered, unreachable and given-up dials apart, and leaves nothing behind', async () => {
    const dial = (to: Destination, ringMs: number, signal?: AbortSignal) =>
      under.line.dial(to, { ringMs, ...(signal && { signal }) })
    const busy = expect(dial(under.seat.destination, 10_000)).rejects.toMatchObject({ code: 'busy' })
    ;(await under.seat.rings()).reject()
    await busy

    const unanswered = expect(dial(under.seat.destination, 500)).rejects.toMatchObject({ code: 'no-answer' })
    const never = await under.seat.rings()
    await unanswered
    await never.ended

    const giveUp = new AbortController()
    const given = dial(under.seat.destination, 10_000, giveUp.signal)
    const rung = await under.seat.rings()
    giveUp.abort(new Error('the caller is gone'))
    await expect(given).rejects.toThrow('the caller is gone')
    await rung.ended

    await expect(dial(under.nowhere, 10_000)).rejects.toMatchObject({ code: 'unreachable' })
    await nothingIsOpen()
  })

  it('lets a tap hear what the caller says, until it is taken off', async () => {
    const { phone, call } = await talking()
    await new Promise<void>(resolve => {
      const off = call.tap(frame => {
        if (frame.direction !== 'heard' || !under.soundsOf('middle', frame)) return
        off()
        resolve()
      })
      phone.says('middle')
    })
    phone.hangup()
    await call.ended
    await nothingIsOpen()
  })

  it('records until told to stop, or until the call is over', async () => {
    const { phone, call } = await talking()
    const stop = new AbortController()
    const first = call.record(join(directory, 'first.wav'), stop.signal)
    await call.play([spoken('low')])
    stop.abort()
    expect((await first).durationMs).toBeGreaterThanOrEqual(250)
    const second = call.record(join(directory, 'second.wav'))
    phone.hangup()
    expect((await second).path).toBe(join(directory, 'second.wav'))
    await nothingIsOpen()
  })

  it('resolves whatever is asked of a call that is over', async () => {
    const { phone, call } = await talking()
    const playing = call.play([spoken('low', 20_000)])
    phone.hangup()
    expect(await playing).toBe('lost')
    await call.ended
    expect(call.signal.aborted).toBe(true)
    expect(await call.play([spoken('low')])).toBe('lost')
    expect(await call.keys.take()).toBeUndefined()
    expect((await call.record(join(directory, 'none.wav'))).durationMs).toBe(0)
    call.tap(() => expect.unreachable())()
    await call.answer()
    await call.bridge(call)
    await call.hangup()
    await nothingIsOpen()
  })
})
