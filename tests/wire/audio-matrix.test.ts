/** Who hears whom, over SIP and RTP: each telephone says its own tone, and is found, or not, in what the others received. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Desk, openDesk } from '../../src/desk/index.ts'
import { silentLog, systemClock } from '../../src/foundation/index.ts'
import { type MediaPool, soundOf } from '../../src/media/index.ts'
import type { Call } from '../../src/telephony/index.ts'
import { openSipHouse, type SipHouse, startTestMedia } from '../support/sip-house.ts'
import { plugInPhone, type SipPhone } from '../support/sip-phone.ts'
import { tone } from '../support/sounds.ts'
import { type TonePhone, tonePhone } from '../support/tone-phone.ts'

/** Whole waves in 240 ms, so that each is told from all others. Music is a tone, too. */
const tones = { c: 500, s: 800, t: 1100, b: 1400, m: 2000 }

describe('more than two on a call', { timeout: 60_000 }, () => {
  let house: SipHouse
  let far: MediaPool
  let desk: Desk
  const phones: SipPhone[] = []
  const plugIn = async (user: string) => {
    const phone = await plugInPhone(house.sip, far, user)
    phones.push(phone)
    return phone
  }

  beforeEach(async () => {
    far = await startTestMedia([37_000, 37_499])
    const onCall = async (call: Call) => {
      await call.answer()
      await desk.queue(call, { reason: 'help' })
    }
    house = await openSipHouse({ portRange: [37_500, 37_999], onCall })
    desk = await openDesk({
      clock: systemClock,
      log: silentLog,
      realm: 'jieting',
      music: soundOf(tone(tones.m, 1000, 5000)),
      leaseMs: 10_000,
      wrapUpMs: 0,
      restMs: 10_000,
      capacity: 10,
      journal: { write: () => undefined },
      ringSeat: ({ seat, near, signal }) =>
        house.line.dial({ kind: 'seat', ...seat }, { near, signal, ringMs: 10_000 }),
      callSeat: () => Promise.reject(new Error('no seat rings anybody here')),
    })
  })
  afterEach(async () => {
    await Promise.all(phones.splice(0).map(phone => phone.close()))
    await desk.close()
    await house.close()
    await far.close()
  })

  const answers = async (phone: SipPhone, hz: number): Promise<TonePhone> => {
    const call = await phone.rung.take()
    call!.accept()
    return tonePhone(call!, hz)
  }

  it('lets each be heard by whom the state draws, at every step, and leaves nobody in silence', async () => {
    for (const name of ['s1', 'chief']) {
      const phone = await plugIn(name)
      desk.addSeat({ name, display: name, contact: phone.contact })
    }
    desk.setReady('s1')
    const fire = await plugIn('119')
    const ringing = await plugIn('wang')
    const caller = tonePhone(await ringing.ring('12345'), tones.c)
    const seat = await answers(phones[0]!, tones.s)
    const parties: Record<string, TonePhone> = { c: caller, s: seat }
    const hear = () =>
      Object.entries(parties)
        .map(([name, phone]) => `${name}:${phone.hears(tones)}`)
        .join(' ')
    const becomes = (heard: string) => expect.poll(hear, { timeout: 2_000, interval: 20 }).toBe(heard)
    const talk = () => desk.at('s1')!

    await becomes('c:s s:c')
    const asked = talk().askIn({
      number: '119',
      name: '消防',
      ring: (near, signal) =>
        house.line.dial(
          { kind: 'seat', name: '119', contact: fire.contact },
          { near, signal, ringMs: 10_000 },
        ),
    })
    parties.t = await answers(fire, tones.t)
    await asked
    await becomes('c:m s:t t:s')
    await talk().swap()
    await becomes('c:s s:c t:m')
    await talk().join()
    await becomes('c:st s:ct t:cs')
    await talk().mute('third', true)
    await becomes('c:s s:c t:cs')
    await talk().mute('third', false)
    await talk().hold()
    await becomes('c:m s:t t:s')
    await talk().join()
    await talk().holdThird()
    await becomes('c:s s:c t:m')
    await talk().join()

    const listened = talk().supervise('chief', 'listening', 'chen')
    parties.b = await answers(phones[1]!, tones.b)
    await listened
    await becomes('c:st s:ct t:cs b:cst')
    await talk().supervise('chief', 'whispering', 'chen')
    await becomes('c:st s:ctb t:cs b:cst')
    await talk().supervise('chief', 'speaking', 'chen')
    await becomes('c:stb s:ctb t:csb b:cst')
    parties.b.call.hangup()
    await parties.b.call.ended
    delete parties.b
    await becomes('c:st s:ct t:cs')

    await talk().drop()
    await parties.t.call.ended
    delete parties.t
    await becomes('c:s s:c')

    const again = talk().askIn({
      number: '119',
      name: '消防',
      ring: (near, signal) =>
        house.line.dial(
          { kind: 'seat', name: '119', contact: fire.contact },
          { near, signal, ringMs: 10_000 },
        ),
    })
    parties.t = await answers(fire, tones.t)
    await again
    await talk().join()
    await talk().leave()
    await seat.call.ended
    delete parties.s
    await becomes('c:t t:c')
    for (const phone of [caller, parties.t]) expect(phone.longestSilenceMs()).toBeLessThan(500)
    expect(seat.longestSilenceMs()).toBeLessThan(500)
    caller.call.hangup()
    await parties.t.call.ended
  })
})
