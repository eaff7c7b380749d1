import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { ordinaryCaller } from '../../src/callers/index.ts'
import { createCaptions } from '../../src/captions/index.ts'
import { exampleCity } from '../../src/city/index.ts'
import { type Desk, openDesk } from '../../src/desk/index.ts'
import { silentLog, systemClock } from '../../src/foundation/index.ts'
import { openFlowDoors } from '../../src/hall/flow-actions.ts'
import { openReception } from '../../src/hall/incoming-calls.ts'
import { readSettings } from '../../src/settings/index.ts'
import { createPromptBook, createScripted, holdMusic } from '../../src/speech/index.ts'
import { noLadder } from '../http/house.ts'
import { shippedFlows } from '../support/hotline.ts'
import { linesForAll } from '../support/shares.ts'
import { openSipHouse, startTestMedia } from '../support/sip-house.ts'
import { statusOf } from '../support/sip-message.ts'
import { type PhoneCall, plugInPhone } from '../support/sip-phone.ts'

/** Live when the worker dies (a hundred in the drill): of five, two wait, one talks with a seat, two hear the greeting. */
const count = Number(process.env.CALLS ?? 40)
const talking = Math.floor(count / 5)

/** Whether a frame is more than silence: 0xd5 and 0x55 are the smallest steps of A-law. */
const isSound = (payload: Uint8Array) => payload.some(byte => byte !== 0xd5 && byte !== 0x55)

/** When each was last silent for long, as an ear beside the phone hears it. */
function listenTo(call: PhoneCall) {
  let lastMs = performance.now()
  const gaps: (readonly [fromMs: number, ms: number])[] = []
  call.port.tap(({ direction, payload }) => {
    if (direction !== 'heard' || !isSound(payload)) return
    const nowMs = performance.now()
    gaps.push([lastMs, nowMs - lastMs])
    lastMs = nowMs
  })
  return {
    lastMs: () => lastMs,
    longestMs: (fromMs: number) =>
      Math.max(0, ...gaps.filter(([at, ms]) => at + ms >= fromMs).map(([, ms]) => ms)),
  }
}

it('carries every call of a media worker that dies to the one that takes over: nobody is cut off or hears nothing', async () => {
  const clock = systemClock
  const log = silentLog
  const journal = { write: () => undefined }
  const dataDir = await mkdtemp(join(tmpdir(), 'jieting-'))
  const prompts = createPromptBook({ synthesizers: [createScripted()], cacheDir: dataDir, clock, log })
  const flows = await shippedFlows()
  const desk: Desk = await openDesk({
    clock,
    log,
    journal,
    realm: 'jieting',
    music: holdMusic(),
    leaseMs: 10_000,
    wrapUpMs: 0,
    restMs: 100,
    capacity: count,
    callSeat: () => Promise.reject(new Error('nobody rings out here')),
    ringSeat: ({ seat, near, signal }) =>
      house.line.dial({ kind: 'seat', ...seat }, { near, signal, ringMs: 10_000 }),
  })
  const ofCalls: Omit<Parameters<typeof openReception>[0], 'flows' | 'doors' | 'captions'> = {
    settings: readSettings({ DATA_DIR: dataDir }),
    prompts,
    desk,
    music: holdMusic(),
    way: { dial: (to, options) => house.line.dial(to, options) },
    city: exampleCity,
    journal,
    clock,
    log,
  }
  const captions = createCaptions({ clock, log })
  const doors = openFlowDoors({
    ...ofCalls,
    captions,
    callers: {
      find: async () => ordinaryCaller,
      mark: async () => undefined,
      ladder: noLadder,
      forgetters: [],
      close: async () => undefined,
    },
    callbacks: { heard: async () => false, dueNow: async () => undefined },
    texts: { send: () => Promise.reject(new Error('no text is sent here')) },
    orderStatus: undefined,
    publicUrl: () => '',
    transcribes: false,
    kept: { safe: async () => 'database', dropped: () => 0 },
  })
  const reception = openReception({ ...ofCalls, captions, flows: { current: () => flows }, doors })
  const house = await openSipHouse({
    ...reception,
    shares: linesForAll(2 * count),
    portRange: [24_000, 24_999],
  })
  const far = await startTestMedia([25_000, 25_999])
  const citizens = await plugInPhone(house.sip, far, 'citizen')
  const persons = await plugInPhone(house.sip, far, 'person')
  try {
    for (let seat = 0; seat < talking; seat++) {
      desk.addSeat({ name: `s${seat}`, display: `${seat}号坐席`, contact: persons.contact })
      desk.setReady(`s${seat}`)
    }
    const ended: string[] = []
    const ring = async (group: string) => {
      const call = await citizens.ring('12345')
      expect(statusOf(await call.final)).toBe(200)
      void call.ended.then(() => ended.push(group))
      return { group, call, ear: listenTo(call) }
    }
    const talks = await Promise.all(Array.from({ length: talking }, () => ring('talks')))
    for (const { call } of talks) call.port.sendKey('0')
    const seats: PhoneCall[] = []
    while (seats.length < talking) {
      const rung = await persons.rung.take(AbortSignal.timeout(10_000))
      if (!rung) break
      rung.accept()
      void rung.ended.then(() => ended.push('seat'))
      seats.push(rung)
    }
    // Whoever talks says something all the time, so that it is heard whether they do.
    for (const rung of seats) void rung.port.play([holdMusic()], { loop: true })
    const waits = await Promise.all(Array.from({ length: 2 * talking }, () => ring('waits')))
    for (const { call } of waits) call.port.sendKey('0')
    await expect.poll(() => desk.figures().waiting, { timeout: 10_000 }).toBe(2 * talking)
    const greeted = await Promise.all(Array.from({ length: count - 3 * talking }, () => ring('greeted')))
    await sleep(500)

    const diedMs = performance.now()
    await house.media.workers()[0]?.terminate()
    await sleep(4_000)
    const all = [...talks, ...waits, ...greeted]
    const silences = all.map(({ ear }) =>
      Math.round(Math.max(ear.longestMs(diedMs), performance.now() - ear.lastMs())),
    )
    console.log(
      `${all.length} calls, the longest silence: ${Math.max(...silences)} ms, ${silences.toSorted((a, b) => a - b)[count >> 1]} ms in the middle`,
    )
    expect(ended).toEqual([])
    expect(Math.max(...silences)).toBeLessThan(3_000)
    expect(house.media.figures()).toMatchObject({ workersDied: 1, portsOpen: count + talking })
    expect(desk.figures().waiting).toBe(2 * talking)

    // Keys are heard, seats come free, and who waited is next.
    seats[0]?.hangup()
    desk.setReady('s0')
    const next = await persons.rung.take(AbortSignal.timeout(10_000))
    expect(next).toBeDefined()
    for (const { call } of all) call.hangup()
    await Promise.all(all.map(({ call }) => call.ended))
  } finally {
    await citizens.close()
    await persons.close()
    await house.close()
    await desk.close()
    await far.close()
    await prompts.close()
    await rm(dataDir, { recursive: true })
  }
}, 60_000)
