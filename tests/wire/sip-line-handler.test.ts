/** What a caller gets over SIP when the house behind the line fails. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MediaPool } from '../../src/media/index.ts'
import { hurried } from '../support/hurried-clock.ts'
import { soundOfMark, soundsOf } from '../support/marks.ts'
import { openSipHouse, type SipHouse, startTestMedia } from '../support/sip-house.ts'
import { statusOf } from '../support/sip-message.ts'
import { type PhoneCall, plugInPhone } from '../support/sip-phone.ts'

let farMedia: MediaPool
beforeAll(async () => {
  farMedia = await startTestMedia([26_000, 26_999])
})
afterAll(() => farMedia.close())

const nothingIsOpen = ({ line, media, server }: SipHouse) =>
  expect
    .poll(() => line.size() + media.size() + (server.sipd?.open().dialogs ?? 0), { timeout: 5_000 })
    .toBe(0)

const hearing = (far: PhoneCall) =>
  new Promise<void>(resolve => {
    const off = far.port.tap(frame => {
      if (frame.direction !== 'heard' || !soundsOf('high', frame)) return
      off()
      resolve()
    })
  })

describe('a SIP line whose handler', () => {
  /** Twenty times as fast, so that what takes seconds is over at once. */
  const fast = hurried(20)

  it('never answers tells the caller 480 before they wonder, not after a minute', async () => {
    const forgetful = await openSipHouse({
      clock: fast,
      onCall: () => undefined,
      onFailure: () => undefined,
    })
    const caller = await plugInPhone(forgetful.sip, farMedia)
    const far = await caller.ring('12345')
    expect(statusOf(await far.final)).toBe(480)
    await nothingIsOpen(forgetful)
    await caller.close()
    await forgetful.close()
  })

  it('answers a caller who described nothing has not failed where their ACK never comes', async () => {
    const failed: unknown[] = []
    const house = await openSipHouse({ clock: fast, onFailure: (_, error) => void failed.push(error) })
    const caller = await plugInPhone(house.sip, farMedia)
    const far = await caller.ring('12345', { sdp: null, withoutAck: true })
    const call = await house.calls.take()
    void call?.answer()
    expect(statusOf(await far.final)).toBe(200)
    await new Promise<void>(resolve => fast.after(12_500, resolve))
    expect([failed, house.line.size()]).toEqual([[], 1])
    await call?.hangup()
    await nothingIsOpen(house)
    await caller.close()
    await house.close()
  })

  it('throws leaves the caller to the last resort', async () => {
    const broken = await openSipHouse({
      onCall: () => Promise.reject(new Error('no flow')),
      onFailure: async call => {
        await call.play([soundOfMark('high', 400)])
        await call.hangup()
      },
    })
    const caller = await plugInPhone(broken.sip, farMedia)
    const far = await caller.ring('12345')
    await hearing(far)
    await far.ended
    await nothingIsOpen(broken)
    await caller.close()
    await broken.close()
  })
})
