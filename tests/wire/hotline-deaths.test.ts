/**
 * Parts of the product die under live calls of every kind, on the product as an operator runs it: nobody is cut off who need
 * not be, and whoever was is known, and owed a call once. `CALLS` says how many (`npm run drill:deaths`: 100).
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { freePort } from '../support/baresip.ts'
import { callsOf, gatherCrowd, numbersOf, owedBy, placesOf, press, ringFrom } from '../support/crowd.ts'
import { drachtioProgram, startDrachtio } from '../support/drachtio.ts'
import { setUpDrill } from '../support/drill.ts'
import { lacksPostgres, startPostgres } from '../support/postgres.ts'
import { headerOf, type SipText, statusOf } from '../support/sip-message.ts'
import { endThread, openToInspection } from '../support/threads.ts'

const count = Number(process.env.CALLS ?? 10)
const limitMs = 120_000 + count * 3_000
const patience = { timeout: 30_000 + count * 300, interval: 200 }

const tagOf = (message: SipText | undefined, header: string) =>
  /tag=([^;]+)/.exec(message ? headerOf(message, header) : '')?.[1]

const { open, media, start: startHotline } = setUpDrill()
const start = (env: Readonly<Record<string, string>>) => startHotline({ SEAT_WRAP_UP_SECONDS: '0', ...env })

/** Where calls are kept, how that dies, and how it comes back. */
const engines = {
  async PGlite() {
    const { port, env } = await openToInspection()
    return {
      env,
      // It is started again by itself.
      die: async () => expect(await endThread(port, /pglite\.js$/)).toBe(1),
      back: async () => undefined,
    }
  },
  async PostgreSQL() {
    const server = await startPostgres()
    open.push(server.remove)
    return { env: { DATABASE_URL: server.url }, die: () => server.kill('SIGKILL'), back: server.start }
  },
} as const
type EngineName = keyof typeof engines
const names: readonly EngineName[] = lacksPostgres ? ['PGlite'] : ['PGlite', 'PostgreSQL']

async function openPlace(engine: EngineName) {
  const DATA_DIR = await mkdtemp(join(tmpdir(), 'jieting-deaths-'))
  open.push(() => rm(DATA_DIR, { recursive: true }))
  const { env, ...life } = await engines[engine]()
  return { ...life, env: { ...env, DATA_DIR, SIP_PORT: String(await freePort()) } }
}

describe.each(names)('with %s', engine => {
  it(
    'knows everybody who was on the line when it was killed, and owes each who was not served one call, however often it starts',
    async () => {
      const { env } = await openPlace(engine)
      const first = await start(env)
      const crowd = await gatherCrowd(first, media(), count)
      open.push(crowd.close)
      const { shares } = crowd
      await expect.poll(() => placesOf(first), patience).toEqual(shares)
      // What happened in the last tenth of a second is not written yet.
      await sleep(500)
      first.kill('SIGKILL')
      await first.exited
      expect([...crowd.ended]).toEqual([])

      for (const run of ['the next start', 'the one after it']) {
        const next = await start(env)
        if (run === 'the next start') {
          const found = `排队 ${shares.queue}、通话中 ${shares.talking}、留言中 ${shares.message}、语音导航中 ${shares.flow}`
          await expect.poll(next.printed, patience).toContain(`上次中断时的来电：${found}`)
          // Nobody goes on listening to nothing: their telephones are told.
          await expect.poll(() => crowd.ended.size, patience).toBe(count)
          await Promise.all(crowd.agents.legs.map(leg => leg.ended))
          const [one] = crowd.of('flow')
          const bye = await one?.call.asked.take()
          expect(bye?.start).toMatch(/^BYE /)
          expect(tagOf(bye, 'from')).toBe(tagOf(await one?.call.final, 'to'))
        }
        const unserved = crowd.of('talking', 'queue', 'message', 'flow')
        await expect.poll(async () => numbersOf(await owedBy(next)), patience).toEqual(numbersOf(unserved))
        const owed = await owedBy(next)
        expect(owed.map(({ reasons }) => reasons)).toEqual(unserved.map(() => ['cut-off']))
        expect(owed.filter(({ losses }) => losses.some(({ hasMessage }) => hasMessage))).toHaveLength(
          shares.message,
        )
        const calls = await callsOf(next)
        expect(calls).toHaveLength(count)
        const ends = calls.map(({ timeline }) =>
          timeline.flatMap(({ fact }) => (fact.kind === 'cut' || fact.kind === 'ended' ? [fact.kind] : [])),
        )
        expect(ends).toEqual(calls.map(() => ['cut', 'ended']))
        next.kill('SIGKILL')
        await next.exited
      }
    },
    limitMs,
  )

  it(
    'cuts nobody off while the database is dead, and has all of it once that is back',
    async () => {
      const { env, die, back } = await openPlace(engine)
      const hotline = await start(env)
      const crowd = await gatherCrowd(hotline, media(), count)
      open.push(crowd.close)
      const { shares } = crowd
      await expect.poll(() => placesOf(hotline), patience).toEqual(shares)
      for (const { ear } of crowd.members) ear.forget()
      // Whoever gives up has waited long enough to be owed a call.
      await sleep(1_500)

      await die()
      // One who waits gives up, one says that their message is over, one who talks is done, one more rings and waits.
      const [gaveUp] = crowd.of('queue')
      const [left] = crowd.of('message')
      const [served] = crowd.of('talking')
      if (!gaveUp || !left || !served) throw new Error('nobody')
      gaveUp.call.hangup()
      void press(left.call, '#')
      served.call.hangup()
      const late = await ringFrom(crowd.citizens)
      void press(late.call, '0')
      await sleep(5_000)
      const talking = crowd.of('talking').filter(one => one !== served)
      const waiting = crowd.of('queue').filter(one => one !== gaveUp)
      const silences = [...talking, ...waiting].map(({ ear }) => Math.round(ear.longestMs()))
      await back()
      console.log(`${engine} died under ${count} calls: longest silence ${Math.max(0, ...silences)} ms`)

      const gone = [gaveUp, served, left].map(({ call }) => call)
      await expect.poll(() => crowd.ended.has(left.call), patience).toBe(true)
      expect([...crowd.ended].filter(call => !gone.includes(call))).toEqual([])
      const owed = [left.number, gaveUp.number].sort()
      await expect
        .poll(async () => numbersOf(await owedBy(hotline).catch(() => [])).toSorted(), patience)
        .toEqual(owed)
      const waits = async () => (await hotline.api<{ waiting: number }>('/floor')).waiting
      // One gave up, one has the seat of the one who was done, and one more rang.
      await expect.poll(waits, patience).toBe(shares.queue - 1)

      for (const { call } of crowd.members) if (!crowd.ended.has(call)) call.hangup()
      late.call.hangup()
      const endsOf = async () =>
        (await callsOf(hotline)).map(
          ({ timeline }) => timeline.filter(({ fact }) => fact.kind === 'ended').length,
        )
      await expect.poll(endsOf, patience).toEqual(Array(count + 1).fill(1))
      const figures = await (await fetch(`${hotline.url}/metrics`)).text()
      expect(figures).toMatch(/jieting_writes_lost_total\{queue="journal"\} 0/)
      expect(figures).toMatch(/jieting_writes_refused_total\{queue="journal"\} 0/)
      const rang = await ringFrom(crowd.citizens)
      expect(statusOf(await rang.call.final)).toBe(200)
    },
    limitMs,
  )
})

it(
  'cuts nobody off when a thread of sound dies, and leaves nobody in silence for long',
  async () => {
    const { port, env } = await openToInspection()
    const { env: place } = await openPlace('PGlite')
    const hotline = await start({ ...place, ...env })
    const crowd = await gatherCrowd(hotline, media(), count)
    open.push(crowd.close)
    await expect.poll(() => placesOf(hotline), patience).toEqual(crowd.shares)
    for (const { ear } of crowd.members) ear.forget()
    expect(await endThread(port, /media\/worker\/main\.js$/)).toBeGreaterThan(0)
    await sleep(5_000)
    const silences = crowd.of('talking', 'queue').map(({ ear }) => Math.round(ear.longestMs()))
    console.log(`a thread of sound died under ${count} calls: longest silence ${Math.max(...silences)} ms`)
    expect(Math.max(...silences)).toBeLessThan(3_000)
    expect([...crowd.ended]).toEqual([])
    expect(await (await fetch(`${hotline.url}/metrics`)).text()).toMatch(
      /jieting_media_workers_died_total 1\n/,
    )
  },
  limitMs,
)

describe.skipIf(drachtioProgram === undefined)('behind a drachtio-server', () => {
  it(
    'tells the telephones of a process that died that it is over, through the server that still has their calls',
    async () => {
      const server = await startDrachtio(drachtioProgram ?? '')
      open.push(server.close)
      const { env } = await openPlace('PGlite')
      const first = await start({ ...env, ...server.env })
      const crowd = await gatherCrowd({ ...first, sip: server.sip }, media(), count)
      open.push(crowd.close)
      await expect.poll(() => placesOf(first), patience).toEqual(crowd.shares)
      await sleep(500)
      first.kill('SIGKILL')
      await first.exited
      await start({ ...env, ...server.env })
      await expect.poll(() => crowd.ended.size, patience).toBe(count)
      await Promise.all(crowd.agents.legs.map(leg => leg.ended))
    },
    limitMs,
  )
})
