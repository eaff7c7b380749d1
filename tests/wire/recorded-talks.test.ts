/** What is recorded of calls over SIP and RTP: who is on which side at each step of hold, consult, join, leave and transfer. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exampleCity } from '../../src/city/index.ts'
import { type Desk, openDesk } from '../../src/desk/index.ts'
import { silentLog, systemClock } from '../../src/foundation/index.ts'
import { linearOf, type MediaPool, soundOf } from '../../src/media/index.ts'
import { noRecordings, openRecordings, type Recordings, recordingBrings } from '../../src/recordings/index.ts'
import { type Database, migrate, openDatabase } from '../../src/storage/index.ts'
import { type Call, type CallId, recordTalk } from '../../src/telephony/index.ts'
import { channelOf, tonesIn } from '../support/recorded.ts'
import { openSipHouse, type SipHouse, startTestMedia } from '../support/sip-house.ts'
import { plugInPhone, type SipPhone } from '../support/sip-phone.ts'
import { tone } from '../support/sounds.ts'
import { type TonePhone, tonePhone } from '../support/tone-phone.ts'

const tones = { c: 500, s: 800, t: 1100, x: 1400, m: 2000 }
const boss = { name: 'chen', role: 'supervisor' }

describe('recorded calls', { timeout: 60_000 }, () => {
  let house: SipHouse
  let far: MediaPool
  let desk: Desk
  let database: Database
  let dataDir: string
  let room: Recordings
  const phones = new Map<string, SipPhone>()
  const came: Call[] = []
  /** Which tones the citizen of the newest call was sent in each 20 ms. */
  let said: string[] = []

  beforeAll(async () => {
    far = await startTestMedia([36_000, 36_499])
    house = await openSipHouse({
      portRange: [36_500, 36_999],
      onCall: async call => {
        came.push(call)
        said = []
        call.tap(({ direction, codec, payload }) => {
          if (direction === 'said') said.push(tonesIn(linearOf(codec, payload), tones).join(''))
        })
        await call.answer()
        await desk.queue(call, { reason: 'help' })
      },
    })
    database = await openDatabase({ clock: systemClock, log: silentLog })
    await migrate(database, recordingBrings.tables)
    dataDir = await mkdtemp(join(tmpdir(), 'jieting-recorded-'))
    room = openRecordings({
      database,
      dataDir,
      rules: { ...noRecordings, isOn: true },
      home: exampleCity,
      clock: systemClock,
      log: silentLog,
      numberOf: ({ caller }) => caller,
      announce: async () => 0,
      record: recordTalk,
    })
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
      onBegin(call, seat) {
        room.talks.told(call)
        room.talks.begins(call, seat)
      },
      ringSeat: ({ seat, near, signal }) =>
        house.line.dial({ kind: 'seat', ...seat }, { near, signal, ringMs: 10_000 }),
      callSeat: () => Promise.reject(new Error('no seat rings anybody here')),
    })
    for (const name of ['s1', 's2', '119', 'wang']) {
      const phone = await plugInPhone(house.sip, far, name)
      phones.set(name, phone)
      if (name.startsWith('s')) desk.addSeat({ name, display: name, contact: phone.contact })
    }
  })
  afterAll(async () => {
    await Promise.all([...phones.values()].map(phone => phone.close()))
    await desk.close()
    await room.close()
    await house.close()
    await far.close()
    await database.close()
    await rm(dataDir, { recursive: true, force: true })
  })

  const answers = async (name: string, hz: number): Promise<TonePhone> => {
    const call = await phones.get(name)!.rung.take()
    call!.accept()
    return tonePhone(call!, hz)
  }
  const ringFire = (near: Call, signal: AbortSignal) =>
    house.line.dial(
      { kind: 'seat', name: '119', contact: phones.get('119')!.contact },
      { near, signal, ringMs: 10_000 },
    )

  /** A call to s1, what is done in it, and what was heard at the end of each step by the recording's own time. */
  async function records(script: (steps: (heard: string) => Promise<void>) => Promise<void>) {
    came.length = 0
    desk.setReady('s1')
    const caller = tonePhone(await phones.get('wang')!.ring('12345'), tones.c)
    const seat = await answers('s1', tones.s)
    const steps: { readonly heard: string; readonly atMs: number }[] = []
    const becomes = async (heard: string) => {
      await expect.poll(() => caller.hears(tones), { timeout: 10_000, interval: 20 }).toBe(heard)
      await delay(300)
      steps.push({ heard, atMs: Date.now() - 100 })
    }
    await becomes('s')
    await script(becomes)
    caller.call.hangup()
    await seat.call.ended
    const call = came[0]!.id as CallId
    const query = { call, fromMs: 0, untilMs: Number.MAX_SAFE_INTEGER, limit: 5 }
    const listed = async () => (await room.list(query, boss)).recordings
    await expect.poll(async () => (await listed())[0]?.isRunning, { timeout: 10_000 }).toBe(false)
    const [one] = await listed()
    expect(await listed()).toHaveLength(1)
    const { path } = await room.sound(one!.id, boss)
    for (const { heard, atMs } of steps) {
      const at = atMs - one!.beganAtMs
      // Music is nobody: both sides are silent for as long as it plays.
      const isAlone = heard === 'm'
      expect([heard, ...tonesIn(channelOf(path, 1, at, 40), tones)]).toEqual([
        heard,
        ...(isAlone ? '' : heard),
      ])
      expect([heard, ...tonesIn(channelOf(path, 0, at, 40), tones)]).toEqual([heard, ...(isAlone ? '' : 'c')])
    }
    expectAsLong(said, one!.durationMs, path)
    return one!
  }

  it('keep hold silent, and last as long as the two were connected', async () => {
    const one = await records(async becomes => {
      await desk.at('s1')!.hold()
      await becomes('m')
      await desk.at('s1')!.resume()
      await becomes('s')
    })
    expect(one.spans.map(({ kind }) => kind)).toEqual(['alone'])
    expect(one.cutBy).toBeUndefined()
  })

  it('go on with a third who is consulted, joined, and left alone with the caller', async () => {
    await records(async becomes => {
      const asked = desk.at('s1')!.askIn({ number: '119', name: '消防', ring: ringFire })
      await answers('119', tones.t)
      await asked
      await becomes('m')
      await desk.at('s1')!.join()
      await becomes('st')
      await desk.at('s1')!.leave()
      await becomes('t')
    })
  })

  it('go on with the seat to which the caller is moved, and name both', async () => {
    const one = await records(async becomes => {
      desk.setReady('s2')
      const moved = desk.at('s1')!.toSeat('s2')
      await answers('s2', tones.x)
      await moved
      await becomes('x')
    })
    expect(one.seats.map(({ seat }) => seat)).toEqual(['s1', 's2'])
  })
})

/** It has every 20 ms from the first voice that the citizen was sent to the last, and begins as the seat is there to be heard. */
function expectAsLong(said: readonly string[], durationMs: number, path: string): void {
  const isVoice = (heard: string) => /[stx]/.test(heard)
  const toldMs = (said.findLastIndex(isVoice) - said.findIndex(isVoice) + 1) * 20
  const kept = Array.from({ length: durationMs / 20 }, (_, at) =>
    tonesIn(channelOf(path, 1, at * 20, 20), tones).join(''),
  )
  const beforeMs = kept.findIndex(isVoice) * 20
  expect(beforeMs).toBeLessThan(500)
  expect(Math.abs(durationMs - beforeMs - toldMs)).toBeLessThanOrEqual(20)
}
