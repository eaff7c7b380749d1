/**
 * Losses of every kind over SIP, on the product as it runs: each number is a row, once, in the order of the INVITE, also
 * after a `kill -9` and after a database that was away. `LOSSES` says how many in all (`npm run drill:losses`: 200).
 */
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, it } from 'vitest'
import type { CallbackPage, CallbackView } from '../../src/callbacks/index.ts'
import type { MediaPool } from '../../src/media/index.ts'
import { lacksPostgres, startPostgres } from '../support/postgres.ts'
import { type RunningHotline, runHotline } from '../support/running-hotline.ts'
import { startTestMedia } from '../support/sip-house.ts'
import { statusOf } from '../support/sip-message.ts'
import { type PhoneCall, plugInPhone, type SipPhone } from '../support/sip-phone.ts'

/** Of each kind. */
const each = Math.ceil(Number(process.env.LOSSES ?? 20) / 6.5)
const token = 'Bearer a-token-that-only-the-tests-know'
const afterHours = '12347'
const apartMs = 40
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
    await sleep(2_500)
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
        if (!isWithheld) return kinds[kind](call)
        await pressAll(call, `2${number}`)
        await goesOn(call)
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

async function owedBy(hotline: RunningHotline): Promise<readonly CallbackView[]> {
  const found: CallbackView[] = []
  let after = ''
  for (;;) {
    const page = await hotline.api<CallbackPage>(`/callbacks?limit=200${after}`)
    found.push(...page.callbacks)
    if (page.next === undefined) return found
    after = `&after=${page.next}`
  }
}
const settings = {
  QUEUE_CAPACITY: String(each),
  CALLBACK_ABANDONED_SECONDS: '1',
  FLOW_NUMBERS: `${afterHours}=after-hours`,
  LOG_LEVEL: 'silent',
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

it('has a row of everybody, once and in the order of the INVITE, also of those who were cut off by a kill -9', async () => {
  const DATA_DIR = await openFolder()
  const media = await openMedia(20_000)
  const hotline = await start({ DATA_DIR })
  const citizens = await openPhone(hotline, media)
  const seat = await openPhone(hotline, media, 's1')
  const post = async (path: string, body?: object) => {
    const headers = {
      authorization: token,
      ...(body && { 'content-type': 'application/json' }),
    }
    const answer = await fetch(`${hotline.url}/api${path}`, {
      method: 'POST',
      headers,
      body: body && JSON.stringify(body),
    })
    expect([path, answer.ok]).toEqual([path, true])
  }
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
    .poll(async () => (await owedBy(hotline)).map(({ number }) => number), { timeout: 30_000 })
    .toEqual([...early, ...others])

  hotline.kill('SIGKILL')
  await hotline.exited
  const next = await start({ DATA_DIR })
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
}, 300_000)

it.skipIf(lacksPostgres)(
  'has on the disk whom it loses while the database is away, and a row of each once that is back',
  async () => {
    const server = await startPostgres()
    open.push(server.remove)
    const DATA_DIR = await openFolder()
    const media = await openMedia(22_000)
    const hotline = await start({ DATA_DIR, DATABASE_URL: server.url })
    const citizens = await openPhone(hotline, media)
    const few = (...wave: readonly Kind[]) => times(...wave).slice(0, 2 * wave.length)
    const early = await ring(citizens, few('gives up', 'asks by a key for a message'))
    await server.kill()
    const late = await ring(
      citizens,
      few('gives up', 'asks by a key for a message', 'rings after hours', 'withholds the number and keys it'),
    )
    expect((await readdir(join(DATA_DIR, 'spill'))).length).toBeGreaterThan(0)
    await server.start()
    const numbers = async () => (await owedBy(hotline)).map(({ number }) => number)
    await expect.poll(async () => numbers().catch(() => []), { timeout: 40_000 }).toEqual([...early, ...late])
  },
  120_000,
)
