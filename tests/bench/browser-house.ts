/**
 * The browser line behind its front desk, in a process of its own. `prompt`: whoever rings hears one for ever; `pairs`:
 * each second caller is bridged with the one before; also a thousand screens of seats may be opened at /idle.
 */
import { openDesk, openScreens } from '../../src/desk/index.ts'
import { silentLog, systemClock } from '../../src/foundation/index.ts'
import { openFrontDesk } from '../../src/http/index.ts'
import { soundOf, startMedia } from '../../src/media/index.ts'
import { type Call, openBrowserLine } from '../../src/telephony/index.ts'
import { createWeb } from '../http/house.ts'
import { linesForAll } from '../support/shares.ts'

const what = process.argv[2]
const clock = systemClock
const log = silentLog
const journal = { write: () => undefined }
const prompt = soundOf(
  Int16Array.from({ length: 80_000 }, (_, at) => 8000 * Math.sin((2 * Math.PI * 440 * at) / 8000)),
)
const media = await startMedia({
  workers: 1,
  bindAddress: '127.0.0.1',
  mediaTimeoutMs: 60_000,
  maxPorts: 1000,
  log,
})
let waiting: Call | undefined
const line = openBrowserLine({
  media,
  clock,
  log,
  journal,
  shares: linesForAll(1000),
  maxCallsAnAddress: 1000,
  async onCall(call) {
    await call.answer()
    if (what === 'prompt') return void call.play([prompt], { loop: true })
    const other = waiting
    waiting = other ? undefined : call
    if (other) await call.bridge(other)
  },
  onFailure: call => call.hangup(),
})
const desk = await openDesk({
  clock,
  log,
  journal,
  realm: 'bench',
  music: prompt,
  leaseMs: 15_000,
  wrapUpMs: 0,
  restMs: 1_000,
  capacity: 10,
  ringSeat: () => Promise.reject(new Error('nobody rings')),
  callSeat: () => Promise.reject(new Error('nobody rings')),
})
const screens = openScreens({
  desk,
  clock,
  log,
  numbers: [],
  callerOf: async () => ({ elder: false }),
  pastOf: async () => [],
  captionsOf: () => undefined,
  callBack: () => Promise.reject(new Error('nobody is called back')),
  ringOutside: () => Promise.reject(new Error('nobody rings')),
})
let seats = 0
const { perMinute: _, ...phone } = line.mount
const frontDesk = await openFrontDesk({
  host: '127.0.0.1',
  port: 0,
  apiToken: 'of-no-use-to-the-bench',
  log,
  clock,
  ...createWeb().web,
  mounts: {
    sockets: [
      phone,
      {
        path: '/idle',
        maxMessageBytes: 512,
        origins: 'same',
        open(socket, asked) {
          const name = `s${++seats}`
          screens.mount.open(socket, { ...asked, member: { name, display: name, role: 'seat' } })
        },
      },
    ],
    requests: [],
  },
})
process.send!(frontDesk.url)
