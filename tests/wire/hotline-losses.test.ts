/**
 * Losses of every kind over SIP, on the product as it runs: each number is a row, once, in the order of the INVITE, also
 * after a `kill -9` and after a database that was away. `LOSSES` says how many in all (`npm run drill:losses`: 200), each
 * as long as it is in life; without it they are few, and hurried.
 */
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, it } from 'vitest'
import type { MediaPool } from '../../src/media/index.ts'
import { freePort } from '../support/baresip.ts'
import { owedBy } from '../support/crowd.ts'
import { lacksPostgres, startPostgres } from '../support/postgres.ts'
import {
  firstTurns,
  noteCommits,
  type SpokenPromise,
  spokenPromises,
  spokenTooEarly,
} from '../support/promises.ts'
import { type RunningHotline, runHotline } from '../support/running-hotline.ts'
import { startTestMedia } from '../support/sip-house.ts'
import { statusOf } from '../support/sip-message.ts'
import { type PhoneCall, plugInPhone, type SipPhone } from '../support/sip-phone.ts'

/** As a city has them, or few and hurried. */
const isDrill = process.env.LOSSES !== undefined
const kindsLost = 6
/** Of each kind. */
const each = Math.ceil(Number(process.env.LOSSES ?? 12) / kindsLost)
/** Until somebody gives up, who is owed a callback from `abandonedSeconds` on: 10 where nothing is set. */
const givesUpMs = isDrill ? 12_000 : 2_500
const abandonedSeconds: Readonly<Record<string, string>> = isDrill ? {} : { CALLBACK_ABANDONED_SECONDS: '1' }
const leastAwayMs = isDrill ? 20_000 : 0
const token = 'Bearer a-token-that-only-the-tests-know'
const afterHours = '12347'
const apartMs = 40
const limitMs = 60_000 + each * 30_000
/** Agents who ring back. */
const seats = each > 4 ? ['s1', 's2', 's3', 's4', 's5'] : ['s1']
const atOnce = 40

const open: (() => unknown)[] = []
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close()
})

let made = 0
const newNumber = () => `138${String(10_000_000 + made++)}`
const press = (call: PhoneCall, key: string) =>
  call.request('INFO', [['Content-Type', 'application/dtmf-relay']], `Signal=${key}\r\nDuration=100\r\n`)
const pressAll = async (call: PhoneCall, keys: string) => {
  for (const key of keys) await press(call, key)
}
/** Until the hotline says goodbye, or long enough for all that is promised before that: what it says is cut short. */
async function goesOn(call: PhoneCall) {
  let isOver = false
  void call.ended.then(() => {
    isOver = true
  })
  for (let round = 0; round < 18 && !isOver; round++) {
    await sleep(700)
    if (!isOver) await Promise.race([press(call, '#'), call.ended])
  }
  if (!isOver) call.hangup()
}

/** What each does once the hotline has answered. */
const kinds = {
  async 'gives up'(call: PhoneCall) {
    await press(call, '0')
    await sleep(givesUpMs)
    call.hangup()
  },
  async 'finds the queue full'(call: PhoneCall) {
    await press(call, '0')
    await sleep(3_000)
    call.hangup()
  },
  async 'asks by a key for a message'(call: PhoneCall) {
    await press(call, '2')
    await goesOn(call)
  },
  async 'rings after hours'(call: PhoneCall) {
    await press(call, '1')
    await goesOn(call)
  },
  async waits(call: PhoneCall) {
    await press(call, '0')
  },
} as const
type Kind = keyof typeof kinds | 'withholds the number and keys it'

/** One after the other, as fast as they come: the numbers that are owed a call, in the order of the INVITE. */
async function ring(phone: SipPhone, wave: readonly Kind[]): Promise<readonly string[]> {
  const numbers: string[] = []
  const lives: Promise<void>[] = []
  for (const kind of wave) {
    const number = newNumber()
    numbers.push(`+86${number}`)
    const isWithheld = kind === 'withholds the number and keys it'
    const to = kind === 'rings after hours' ? afterHours : '12345'
    const fromHeader = isWithheld ? '"Anonymous" <sip:anonymous@anonymous.invalid>' : undefined
    const call = await phone.ring(to, { from: number, fromHeader })
    lives.push(
      (async () => {
        expect([kind, statusOf(await call.final)]).toEqual([kind, 200])
        if (kind === 'waits') return kinds[kind](call)
        if (isWithheld) await pressAll(call, `2${number}`)
        await (isWithheld ? goesOn(call) : kinds[kind](call))
        // A phone that went on to send would be most of the load.
        await call.port.close()
      })(),
    )
    await sleep(apartMs)
    // The phones share a small machine with the hotline.
    if (lives.length >= atOnce) await Promise.all(lives.splice(0))
  }
  await Promise.all(lives)
  return numbers
}
const times = (...wave: readonly Kind[]) => Array.from({ length: each }, () => wave).flat()

const settings = {
  QUEUE_CAPACITY: String(each),
  ...abandonedSeconds,
  FLOW_NUMBERS: `${afterHours}=after-hours`,
  LOG_LEVEL: 'warn',
  SEAT_WRAP_UP_SECONDS: '0',
}
async function start(env: Readonly<Record<string, string>>) {
  const hotline = await runHotline({ ...settings, ...env })
  open.push(async () => {
    hotline.kill('SIGKILL')
    await hotline.exited
  })
  return hotline
}
async function openPhone(hotline: RunningHotline, media: MediaPool, user?: string) {
  const phone = await plugInPhone(hotline.sip, media, user)
  open.push(phone.close)
  return phone
}
async function openMedia(from: number) {
  const media = await startTestMedia([from, from + 1_499])
  open.push(media.close)
  return media
}
async function openFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'jieting-losses-'))
  open.push(() => rm(folder, { recursive: true }))
  return folder
}

type Post = (path: string, body?: object) => Promise<void>
const posterOf =
  (hotline: RunningHotline): Post =>
  async (path, body) => {
    const headers = { authorization: token, ...(body && { 'content-type': 'application/json' }) }
    const answer = await fetch(`${hotline.url}/api${path}`, {
      method: 'POST',
      headers,
      body: body && JSON.stringify(body),
    })
    expect([path, answer.status < 300]).toEqual([path, true])
  }

/** Each promise in words: how long before them it was safe. */
function tellPromises(promises: readonly SpokenPromise[]) {
  const aheadMs = promises
    .map(({ rowAtMs, wordsAtMs }) => Math.round(wordsAtMs - rowAtMs))
    .sort((one, other) => one - other)
  const onDisk = promises.filter(({ onDiskAtMs }) => onDiskAtMs !== undefined).length
  const middle = aheadMs[Math.floor(aheadMs.length / 2)]
  console.log(
    `${promises.length} promises in words; their rows were there before them by ${aheadMs[0]} ms at least, ${middle} ms in the middle; ${onDisk} were kept on the disk`,
  )
}

/** Agents take every call, talk for a moment, and are ready for the next. @returns the numbers in the order in which they rang */
async function areRung(post: Post, agents: SipPhone, trunk: SipPhone, count: number) {
  const rung: string[] = []
  const enough = new AbortController()
  const late = AbortSignal.any([enough.signal, AbortSignal.timeout(limitMs / 2)])
  async function take(from: SipPhone, each: (call: PhoneCall) => unknown) {
    while (!late.aborted) {
      const call = await from.rung.take(late).catch(() => undefined)
      if (call) void each(call)
    }
  }
  await Promise.all([
    take(agents, async call => {
      const [, name] = /^INVITE sip:([^@;]+)/.exec((await call.final).start) ?? []
      call.accept()
      await call.ended
      await call.port.close()
      if (!enough.signal.aborted) await post(`/seats/${name}/ready`)
    }),
    take(trunk, async call => {
      const [, number = ''] = /^INVITE sip:([^@;]+)/.exec((await call.final).start) ?? []
      rung.push(number)
      call.accept()
      await sleep(150)
      call.hangup()
      await call.port.close()
      if (rung.length === count) enough.abort()
    }),
  ])
  return rung
}

it(
  'has a row of everybody before it is promised, once and in the order of the INVITE, also of those who were cut off by a kill -9',
  async () => {
    const DATA_DIR = await openFolder()
    const engine = { dataDir: DATA_DIR }
    await noteCommits(engine)
    const media = await openMedia(20_000)
    const place = { DATA_DIR, SIP_PORT: String(await freePort()) }
    const hotline = await start(place)
    const citizens = await openPhone(hotline, media)
    const seat = await openPhone(hotline, media, 's1')
    const post = posterOf(hotline)
    await post('/seats', { name: 's1', display: '一号坐席', contact: seat.contact })
    await post('/seats/s1/ready')
    const talker = await ring(citizens, ['waits'])
    for await (const rung of seat.rung) {
      rung.accept()
      break
    }
    const stateOf = async () =>
      (await hotline.api<{ seats: readonly { state: string }[] }>('/seats')).seats[0]?.state
    await expect.poll(stateOf, { timeout: 10_000 }).toBe('talking')
    const early = await ring(citizens, times('gives up'))
    const waiting = await ring(citizens, times('waits'))
    const others = await ring(
      citizens,
      times(
        'finds the queue full',
        'asks by a key for a message',
        'rings after hours',
        'withholds the number and keys it',
      ),
    )
    await expect
      .poll(async () => (await owedBy(hotline)).map(({ number }) => number), {
        timeout: 10_000,
        interval: 200,
      })
      .toEqual([...early, ...others])

    hotline.kill('SIGKILL')
    await hotline.exited
    const promises = await spokenPromises(engine, hotline)
    tellPromises(promises)
    expect(spokenTooEarly(promises)).toEqual([])
    expect(promises.length).toBeGreaterThan(3 * each)

    const trunk = await openPhone(hotline, media, 'trunk')
    const SIP_TRUNK = trunk.contact.replace(/sip:.*@/, 'sip:')
    const next = await start({ ...place, SIP_TRUNK, CALLBACK_LEAD: 'hotline' })
    const all = [...talker, ...early, ...waiting, ...others]
    await expect.poll(async () => (await owedBy(next)).length, { timeout: 20_000 }).toBe(all.length)
    const owed = await owedBy(next)
    expect(owed.map(({ number }) => number)).toEqual(all)
    const reasons: Record<string, number> = {}
    for (const {
      reasons: [why = ''],
    } of owed)
      reasons[why] = (reasons[why] ?? 0) + 1
    expect(reasons).toEqual({
      'cut-off': 1 + each,
      'gave-up': each,
      'queue-full': each,
      message: 3 * each,
    })
    const keyed = owed.filter(({ ringing }) => ringing.because === 'keyed')
    expect([keyed.length, keyed.every(({ ringing }) => ringing.by === 'person')]).toEqual([each, true])

    // Rung by the hotline, but for those who only keyed their number: they are for a person.
    const byItself = all.filter(number => !keyed.some(one => one.number === number))
    // What changed last is looked at half a second later: until then not all of them stand in the queue.
    await sleep(1_000)
    const postNext = posterOf(next)
    for (const name of seats) {
      const contact = seat.contact.replace('s1@', `${name}@`)
      if (name !== 's1')
        if (name !== 's1') await postNext('/seats', { name, display: `坐席${name}`, contact })
      await postNext(`/seats/${name}/ready`)
    }
    const rung = await areRung(postNext, seat, trunk, byItself.length)
    expect(rung.toSorted()).toEqual(byItself.toSorted())
    const afterMs = owed.map(one => Date.now() - one.owedAtMs)
    console.log(
      `${rung.length} were rung once each, the last ${Math.round(Math.max(...afterMs) / 1000)} s after the first was lost`,
    )
    expect(Math.max(...afterMs)).toBeLessThan(30 * 60_000)

    // Of several whose telephones ring at once the later may be quicker to tell us: whose turn it was is the order that counts.
    next.kill('SIGKILL')
    await next.exited
    const turns = await firstTurns(engine)
    expect(turns.map(id => owed.find(one => one.id === id)?.number)).toEqual(byItself)
  },
  limitMs,
)

it.skipIf(lacksPostgres)(
  'has on the disk whom it loses while the database is away, and a row of each once that is back',
  async () => {
    const server = await startPostgres()
    open.push(server.remove)
    await noteCommits({ url: server.url })
    await server.kill()
    await server.start()
    const DATA_DIR = await openFolder()
    const media = await openMedia(22_000)
    const hotline = await start({ DATA_DIR, DATABASE_URL: server.url })
    const citizens = await openPhone(hotline, media)
    const few = (...wave: readonly Kind[]) => times(...wave).slice(0, Math.ceil(each / 2) * wave.length)
    const early = await ring(citizens, few('gives up', 'asks by a key for a message'))
    await server.kill()
    const awayMs = performance.now()
    const late = await ring(
      citizens,
      few('gives up', 'asks by a key for a message', 'rings after hours', 'withholds the number and keys it'),
    )
    expect((await readdir(join(DATA_DIR, 'spill'))).length).toBeGreaterThan(0)
    await sleep(Math.max(0, leastAwayMs - (performance.now() - awayMs)))
    console.log(`the database is away for ${Math.round((performance.now() - awayMs) / 1000)} s`)
    await server.start()
    const numbers = async () => (await owedBy(hotline)).map(({ number }) => number)
    await expect
      .poll(async () => numbers().catch(() => []), { timeout: 40_000, interval: 200 })
      .toEqual([...early, ...late])
    const promises = await spokenPromises({ url: server.url }, hotline)
    tellPromises(promises)
    expect(spokenTooEarly(promises)).toEqual([])
    expect(promises.filter(({ onDiskAtMs }) => onDiskAtMs !== undefined).length).toBeGreaterThan(each)
  },
  limitMs,
)
