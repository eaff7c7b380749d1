/**
 * The disk under DATA_DIR is full, or can only be read, while calls of every kind go on, on the product as an operator runs
 * it: calls are taken all the same, whoever looks is told what is wrong, and nothing goes without a word. It mounts disks of
 * its own, for which one has to be root: `npm run drill:disk`.
 */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { freePort } from '../support/baresip.ts'
import {
  type Crowd,
  callsOf,
  gatherCrowd,
  type Member,
  numbersOf,
  owedBy,
  placesOf,
  press,
  ringFrom,
} from '../support/crowd.ts'
import { setUpDrill } from '../support/drill.ts'
import { startPostgres } from '../support/postgres.ts'
import type { RunningHotline } from '../support/running-hotline.ts'
import { plugInPhone } from '../support/sip-phone.ts'
import { mountSmallDisk } from '../support/small-disk.ts'

const count = Number(process.env.CALLS ?? 20)
const limitMs = 180_000 + count * 3_000
const patience = { timeout: 90_000, interval: 300 }

const { open, media, start } = setUpDrill()
async function openDisk(megabytes = 200) {
  const disk = await mountSmallDisk(megabytes)
  open.push(disk.close)
  return disk
}

type Part = { readonly part: string; readonly up: boolean; readonly reason?: string }
async function readiness(hotline: RunningHotline) {
  const answer = await fetch(`${hotline.url}/readyz`)
  const { parts } = (await answer.json()) as { readonly parts: readonly Part[] }
  // The year after this one may have no notice of its holidays yet.
  const down = parts.filter(({ part, up }) => !up && part !== 'calendar')
  return {
    status: answer.status,
    down: Object.fromEntries(down.map(({ part, reason }) => [part, reason ?? ''])),
  }
}
const figure = async (hotline: RunningHotline, name: string) => {
  const text = await (await fetch(`${hotline.url}/metrics`)).text()
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? Number.NaN)
}
const lost = (hotline: RunningHotline) => figure(hotline, 'jieting_writes_lost_total\\{queue="journal"\\}')

/** One who waits gives up, one who talks is done, one says that their message is over, one more rings and waits. */
async function goOn(crowd: Crowd) {
  const [gaveUp] = crowd.of('queue')
  const [left] = crowd.of('message')
  const [served] = crowd.of('talking')
  if (!gaveUp || !left || !served) throw new Error('nobody')
  gaveUp.call.hangup()
  void press(left.call, '#')
  served.call.hangup()
  const late = await ringFrom(crowd.citizens)
  void press(late.call, '0')
  return { gaveUp, left, served, late }
}

/** All hang up: each call that came in has come to one end, and is there whole. */
async function endAll(hotline: RunningHotline, crowd: Crowd, late: readonly { hangup(): void }[]) {
  for (const { call } of crowd.members) if (!crowd.ended.has(call)) call.hangup()
  for (const call of late) call.hangup()
  const endsOf = async () =>
    (await callsOf(hotline)).map(
      ({ timeline }) => timeline.filter(({ fact }) => fact.kind === 'ended').length,
    )
  await expect.poll(() => endsOf().catch(() => []), patience).toEqual(Array(count + late.length).fill(1))
}

describe.skipIf(process.env.DISK_DRILL !== 'true')('a disk', () => {
  it(
    'that is full under the embedded database keeps nobody from a call, says so, and has all of it once there is room',
    async () => {
      const disk = await openDisk()
      const hotline = await start({ DATA_DIR: join(disk.folder, 'data') })
      const crowd = await gatherCrowd(hotline, media(), count)
      open.push(crowd.close)
      await expect.poll(() => placesOf(hotline), patience).toEqual(crowd.shares)
      await disk.fill()
      // Before anybody has to write.
      expect((await readiness(hotline)).down.database).toMatch(/its disk is full/)
      const { gaveUp, late } = await goOn(crowd)
      await expect.poll(async () => (await readiness(hotline)).down.database, patience).toBeDefined()
      await sleep(10_000)
      console.log('full:', JSON.stringify(await readiness(hotline)), 'free', await disk.freeBytes())
      expect(await lost(hotline)).toBe(0)
      await disk.free()
      await expect.poll(async () => Object.keys((await readiness(hotline)).down), patience).toEqual([])
      await endAll(hotline, crowd, [late.call])
      expect(numbersOf(await owedBy(hotline))).toContain(gaveUp.number)
      expect(await lost(hotline)).toBe(0)
    },
    limitMs,
  )

  it(
    'that is full while PostgreSQL is away, too, keeps what happened in memory, and counts what it loses when it has to stop',
    async () => {
      const server = await startPostgres()
      open.push(server.remove)
      const disk = await openDisk()
      const hotline = await start({ DATA_DIR: join(disk.folder, 'data'), DATABASE_URL: server.url })
      const crowd = await gatherCrowd(hotline, media(), count)
      open.push(crowd.close)
      await expect.poll(() => placesOf(hotline), patience).toEqual(crowd.shares)
      await disk.fill()
      await server.kill('SIGKILL')
      const { gaveUp, late } = await goOn(crowd)
      await sleep(8_000)
      console.log('full and away:', JSON.stringify(await readiness(hotline)))
      await server.start()
      await expect.poll(async () => (await readiness(hotline)).down.database, patience).toBeUndefined()
      console.log('back:', JSON.stringify(await readiness(hotline)))
      await expect.poll(async () => numbersOf(await owedBy(hotline)), patience).toContain(gaveUp.number)
      expect(await lost(hotline)).toBe(0)
      await server.kill('SIGKILL')
      for (const { call } of crowd.of('queue')) if (!crowd.ended.has(call)) call.hangup()
      late.call.hangup()
      await sleep(2_000)
      hotline.kill('SIGINT')
      expect(await hotline.exited).toBe(0)
      const losses = hotline.logged().filter(({ msg }) => /loses facts/.test(String(msg)))
      console.log('losses said:', JSON.stringify(losses))
      expect(losses.length).toBeGreaterThan(0)
    },
    limitMs,
  )

  it(
    'that can only be read from now on keeps nobody from a call; mended, the next start knows who was there',
    async () => {
      const disk = await openDisk()
      const env = { DATA_DIR: join(disk.folder, 'data'), SIP_PORT: String(await freePort()) }
      const hotline = await start(env)
      const crowd = await gatherCrowd(hotline, media(), count)
      open.push(crowd.close)
      await expect.poll(() => placesOf(hotline), patience).toEqual(crowd.shares)
      await sleep(500)
      disk.fail()
      const { gaveUp, served, left } = await goOn(crowd)
      await expect.poll(async () => (await readiness(hotline)).down.database, patience).toBeDefined()
      await sleep(10_000)
      console.log('read-only:', JSON.stringify(await readiness(hotline)))
      expect(await figure(hotline, 'jieting_writes_refused_total\\{queue="journal"\\}')).toBe(0)
      // Whose words cannot be written any more is told so, and goes; a disk may take some from its memory yet.
      const isTold = ({ kind }: Member) => kind === 'message'
      const gone = crowd.members.filter(
        one => crowd.ended.has(one.call) && ![gaveUp, served, left].includes(one),
      )
      console.log(`${gone.filter(isTold).length} were told that their message is not recorded`)
      expect(gone.filter(one => !isTold(one)).map(({ kind }) => kind)).toEqual([])
      hotline.kill('SIGINT')
      const code = await hotline.exited
      expect(code).toBe(0)
      const losses = hotline.logged().filter(({ msg }) => /loses facts/.test(String(msg)))
      console.log('losses said:', JSON.stringify(losses))
      expect(losses.length).toBeGreaterThan(0)
      disk.mend()
      const next = await start(env)
      const known = numbersOf(crowd.of('talking', 'queue', 'message'))
      await expect.poll(async () => numbersOf(await owedBy(next)), patience).toEqual(known)
    },
    limitMs,
  )

  it(
    'that can only be read gives back what waits on it, once PostgreSQL is back',
    async () => {
      const server = await startPostgres()
      open.push(server.remove)
      const disk = await openDisk()
      // Whoever gives up counts at once: a quick machine has them all here in less than the second that a drill gives them.
      const env = {
        DATA_DIR: join(disk.folder, 'data'),
        DATABASE_URL: server.url,
        CALLBACK_ABANDONED_SECONDS: '0',
      }
      const hotline = await start(env)
      const crowd = await gatherCrowd(hotline, media(), count)
      open.push(crowd.close)
      await expect.poll(() => placesOf(hotline), patience).toEqual(crowd.shares)
      await server.kill('SIGKILL')
      const { gaveUp, late } = await goOn(crowd)
      await expect
        .poll(() => figure(hotline, 'jieting_writes_spilled\\{queue="journal"\\}'), patience)
        .toBeGreaterThan(0)
      disk.fail()
      await sleep(3_000)
      console.log('away, read-only:', JSON.stringify(await readiness(hotline)))
      await server.start()
      await expect
        .poll(async () => numbersOf(await owedBy(hotline).catch(() => [])), patience)
        .toContain(gaveUp.number)
      await endAll(hotline, crowd, [late.call])
      console.log('back, read-only:', JSON.stringify(await readiness(hotline)))
      expect(await lost(hotline)).toBe(0)
      hotline.kill('SIGTERM')
      expect(await hotline.exited).toBe(0)
      // What could not be removed is read once more, and changes nothing.
      const next = await start(env)
      await sleep(2_000)
      expect(
        (await callsOf(next)).map(
          ({ timeline }) => timeline.filter(({ fact }) => fact.kind === 'ended').length,
        ),
      ).toEqual(Array(count + 1).fill(1))
    },
    limitMs,
  )

  it.each(['full', 'read-only'] as const)(
    'that is %s from the beginning: calls are taken, and the start and /readyz say what is wrong',
    async how => {
      const disk = await openDisk(120)
      if (how === 'full') await disk.fill()
      else disk.fail()
      const hotline = await start({ DATA_DIR: join(disk.folder, 'data'), LOG_LEVEL: 'silent' })
      console.log(how, hotline.printed(), JSON.stringify(await readiness(hotline)))
      const phone = await plugInPhone(hotline.sip, media())
      open.push(phone.close)
      await ringFrom(phone)
      expect((await readiness(hotline)).status).toBe(200)
      expect((await readiness(hotline)).down.database).toContain(disk.folder)
    },
    limitMs,
  )
})
