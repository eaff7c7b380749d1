import { execFileSync, fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, expect, it } from 'vitest'
import { encode } from '../../src/media/codec.ts'
import { pcma } from '../../src/media/codecs/pcma.ts'
import { mendTalkFile, readTalkFile } from '../../src/media/index.ts'
import { mediaForTest, phoneOn } from '../support/media-pool.ts'
import { chirp, find, tone } from '../support/sounds.ts'

const folder = mkdtempSync(join(tmpdir(), 'jieting-talk-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const soundIn = (path: string, channel: 0 | 1) => {
  const file = readFileSync(path)
  const at = file.indexOf('data', 0, 'latin1')
  const bytes = file.subarray(at + 8, at + 8 + file.readUInt32LE(at + 4))
  return Int16Array.from(
    bytes.filter((_, each) => each % 2 === channel),
    byte => pcma.toLinear[byte]!,
  )
}

it('records two telephones over RTP, each on its side, for as long as they were bridged', async () => {
  const pool = await mediaForTest()
  const [citizen, port] = await phoneOn(pool)
  const [agent, seat] = await phoneOn(pool, {}, port)
  const path = join(folder, 'bridged.wav')
  const recorder = port.recordTalk(path, 'call')
  const beganMs = performance.now()
  await port.bridge(seat)
  const said = [chirp(300, 2000, 500), chirp(3000, 500, 500)] as const
  const padded = (sound: Int16Array) => encode(pcma, Int16Array.from([...sound, ...new Int16Array(8 * 600)]))
  await Promise.all([citizen.sayAll(port.local, padded(said[0])), agent.sayAll(seat.local, padded(said[1]))])
  await Promise.all([port.listenTo([]), seat.listenTo([])])
  const bridgedMs = performance.now() - beganMs
  await delay(60)
  recorder.end()
  const { durationMs, cutBy, spans } = await recorder.done
  expect({ cutBy, spans }).toEqual({ cutBy: undefined, spans: [] })
  // The worker's clock ticks every 20 ms; both ends of the measure cross a thread.
  expect(Math.abs(durationMs - bridgedMs)).toBeLessThan(40)
  expect(find(said[0].subarray(800, 2800), soundIn(path, 0)).likeness).toBeGreaterThan(0.95)
  expect(find(said[1].subarray(800, 2800), soundIn(path, 1)).likeness).toBeGreaterThan(0.95)
})

it('leaves what was recorded up to two seconds before when its worker dies, and says so', async () => {
  const pool = await mediaForTest()
  const [, port] = await phoneOn(pool)
  const [, seat] = await phoneOn(pool, {}, port)
  const path = join(folder, 'worker.wav')
  const recorder = port.recordTalk(path, 'call')
  await port.bridge(seat)
  await delay(2_500)
  await pool.workers()[port.worker]!.terminate()
  expect(await recorder.done).toMatchObject({ durationMs: 0, cutBy: 'worker-died' })
  const found = (await mendTalkFile(path))!
  expect(found.isWhole).toBe(false)
  expect(found.durationMs).toBeGreaterThanOrEqual(1_600)
  // It goes on where the other worker takes over, as another recording.
  const after = join(folder, 'after.wav')
  const next = port.recordTalk(after, 'call')
  // It is there from the first 20 ms on in which the two hear each other again.
  await expect.poll(() => existsSync(after), { timeout: 10_000 }).toBe(true)
  next.end()
  const { durationMs, cutBy } = await next.done
  expect(cutBy).toBeUndefined()
  expect(durationMs).toBeGreaterThan(0)
})

it('leaves a file that can be played when the whole process is killed', async () => {
  const path = join(folder, 'killed.wav')
  const child = fork(new URL('../support/recording-process.ts', import.meta.url), [path], {
    execArgv: ['--import', 'tsx'],
  })
  const [bridgedAtMs] = (await once(child, 'message')) as [number]
  await delay(2_600)
  const aliveMs = Date.now() - bridgedAtMs
  child.kill('SIGKILL')
  await once(child, 'exit')
  const header = readFileSync(path)
  const at = header.indexOf('data', 0, 'latin1')
  // Its header is true of what lies there, before anybody mends it.
  expect(header.readUInt32LE(at + 4)).toBeGreaterThanOrEqual(25_600)
  expect(header.readUInt32LE(at + 4)).toBeLessThanOrEqual(header.length - at - 8)
  expect(header.readUInt32LE(at + 4) / 16).toBeGreaterThan(aliveMs - 2_000)
  expect((await readTalkFile(path))!.isWhole).toBe(false)
})

it('harms no call when the disk is full, keeps what went on it, and says so', async ({ skip }) => {
  const small = join(folder, 'small')
  try {
    execFileSync('mkdir', [small])
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=40k', 'tmpfs', small], { stdio: 'pipe' })
  } catch {
    return skip()
  }
  try {
    const pool = await mediaForTest()
    const [citizen, port] = await phoneOn(pool)
    const [, seat] = await phoneOn(pool, {}, port)
    const path = join(small, 'full.wav')
    const recorder = port.recordTalk(path, 'call')
    await port.bridge(seat)
    const talking = citizen.sayAll(port.local, encode(pcma, tone(440, 4_000)))
    const { durationMs, cutBy } = await recorder.done
    expect(cutBy).toBe('ENOSPC')
    expect(durationMs).toBe(1600)
    expect((await mendTalkFile(path).catch(error => error.code)) as unknown).toBeDefined()
    await talking
    const quality = await seat.quality()
    expect(quality.packetsSent).toBeGreaterThan(190)
  } finally {
    execFileSync('umount', ['-l', small])
  }
})
