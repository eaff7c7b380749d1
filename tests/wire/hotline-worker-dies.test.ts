import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ordinaryCaller } from '../../src/callers/index.ts'
import { createCaptions } from '../../src/captions/index.ts'
import { exampleCity } from '../../src/city/index.ts'
import { type Desk, openDesk } from '../../src/desk/index.ts'
import { silentLog, systemClock } from '../../src/foundation/index.ts'
import { openReception } from '../../src/hall/incoming-calls.ts'
import { readSettings } from '../../src/settings/index.ts'
import { createPromptBook, createScripted, holdMusic } from '../../src/speech/index.ts'
import { shippedFlows } from '../support/hotline.ts'
import { openSipHouse, startTestMedia } from '../support/sip-house.ts'
import { plugInPhone } from '../support/sip-phone.ts'

it('ends the calls of a media worker that is killed, and the next caller reaches a person', async () => {
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
    capacity: 10,
    callSeat: () => Promise.reject(new Error('nobody rings out here')),
    ringSeat: ({ seat, near, signal }) =>
      house.line.dial({ kind: 'seat', ...seat }, { near, signal, ringMs: 10_000 }),
  })
  const reception = openReception({
    settings: readSettings({ DATA_DIR: dataDir }),
    flows: { current: () => flows },
    prompts,
    desk,
    music: holdMusic(),
    callers: {
      find: async () => ordinaryCaller,
      mark: async () => undefined,
      forgetters: [],
      close: async () => undefined,
    },
    captions: createCaptions({ clock, log }),
    callbacks: { heard: async () => false },
    actions: () => ({}),
    way: { dial: (to, options) => house.line.dial(to, options) },
    transcribes: false,
    city: exampleCity,
    journal,
    kept: { safe: async () => 'database', dropped: () => 0 },
    clock,
    log,
  })
  const house = await openSipHouse({ ...reception, portRange: [24_000, 24_499] })
  const far = await startTestMedia([24_500, 24_999])
  const citizen = await plugInPhone(house.sip, far, 'citizen')
  const person = await plugInPhone(house.sip, far, 'person')
  try {
    desk.addSeat({ name: 's1', display: '一号坐席', contact: person.contact })
    desk.setReady('s1')

    const first = await citizen.ring('12345')
    await first.final
    first.port.sendKey('0')
    const ringing = await person.rung.take(AbortSignal.timeout(10_000))
    ringing?.accept()
    await house.media.workers()[0]?.terminate()
    await first.ended
    await ringing?.ended

    const second = await citizen.ring('12345')
    await second.final
    second.port.sendKey('0')
    const again = await person.rung.take(AbortSignal.timeout(10_000))
    expect(again).toBeDefined()
    again?.accept()
    second.hangup()
    await again?.ended
    expect(house.media.figures().workersDied).toBe(1)
  } finally {
    await citizen.close()
    await person.close()
    await house.close()
    await desk.close()
    await far.close()
    await prompts.close()
    await rm(dataDir, { recursive: true })
  }
})
