import { setTimeout as delay } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { decode, encode } from '../../src/media/codec.ts'
import { codecOf } from '../../src/media/codecs.ts'
import { type MediaPool, type Port, type StreamPort, soundOf } from '../../src/media/index.ts'
import { mediaForTest, notice, phoneOn } from '../support/media-pool.ts'
import { aheadMs } from '../support/rtp-peer.ts'
import { chirp, find } from '../support/sounds.ts'

/** A web page, as its line sees it: brings frames, takes frames. */
async function pageOn(pool: MediaPool, codec: 'PCMA' | 'PCMU', near?: Port) {
  const heard: Uint8Array[] = []
  const port = await pool.openStream(payload => heard.push(payload), near)
  port.connect(codec)
  return { port, heard: () => Int16Array.from(heard.flatMap(bytes => [...decode(codecOf(codec), bytes)])) }
}

/** As a socket hands it over: a view of more, from a point of its own time. */
const hear = (port: StreamPort, bytes: Uint8Array, at: number) =>
  port.hear(Buffer.from(bytes.buffer, at, 160), 0xffffff00 + at)

/** Says all of it at the pace of speech, early as the telephone does. */
async function sayAll(port: StreamPort, codec: 'PCMA' | 'PCMU', sound: Int16Array) {
  const bytes = encode(codecOf(codec), sound)
  const startMs = performance.now()
  for (let at = 0; at < bytes.length; at += 160) {
    await delay(Math.max(0, startMs + at / 8 - aheadMs - performance.now()))
    hear(port, bytes, at)
  }
}

const burstFrames = 5
/** Says each five frames at once, when the last of them is due. @returns by how much each burst was late */
async function sayInBursts(port: StreamPort, sound: Int16Array): Promise<readonly number[]> {
  const bytes = encode(codecOf('PCMA'), sound)
  const startMs = performance.now()
  const lateMs: number[] = []
  for (let from = 0; from < bytes.length; from += burstFrames * 160) {
    const dueMs = startMs + from / 8 + burstFrames * 20
    await delay(Math.max(0, dueMs - performance.now()))
    lateMs.push(performance.now() - dueMs)
    for (let at = from; at < from + burstFrames * 160; at += 160) hear(port, bytes, at)
  }
  return lateMs
}

const padding = new Int16Array(8 * 300)
const padded = (sound: Int16Array) => Int16Array.from([...padding, ...sound, ...padding])
const question = chirp(300, 2000, 400)
const answer = chirp(3000, 500, 400)

it('lets a web page with µ-law and a telephone with A-law hear each other', async () => {
  const pool = await mediaForTest()
  const page = await pageOn(pool, 'PCMU')
  const [seat, seatPort] = await phoneOn(pool, {}, page.port)
  await page.port.bridge(seatPort)
  const pcma = codecOf('PCMA')
  await Promise.all([
    sayAll(page.port, 'PCMU', padded(question)),
    seat.sayAll(seatPort.local, encode(pcma, padded(answer)), pcma.payloadType),
  ])
  const heardBySeat = () => Int16Array.from(seat.heard.flatMap(({ payload }) => [...decode(pcma, payload)]))
  const likeness = () => [
    find(question.subarray(800, 2400), heardBySeat()).likeness,
    find(answer.subarray(800, 2400), page.heard()).likeness,
  ]
  await expect.poll(() => Math.min(...likeness())).toBeGreaterThan(0.95)
  const quality = await page.port.close()
  expect(quality).toMatchObject({ packetsLost: 0 })
  expect(quality.packetsReceived).toBeGreaterThan(45)
  expect(pool.size()).toBe(1)
})

it('makes whole again what a connection delivers in bursts', async () => {
  const pool = await mediaForTest()
  const page = await pageOn(pool, 'PCMA')
  const other = await pageOn(pool, 'PCMA', page.port)
  await page.port.bridge(other.port)
  // The first seconds teach the buffer how long to wait.
  const lesson = chirp(500, 600, 2000)
  const sentence = chirp(300, 3000, 1000)
  const lateMs = await sayInBursts(page.port, Int16Array.from([...lesson, ...sentence, ...padding]))
  const burstSamples = burstFrames * 160
  const taught = lesson.length / burstSamples
  // A timer of ours on a busy machine is late as no lesson was: what came in time is heard whole, each burst of it.
  const inTime = Array.from({ length: sentence.length / burstSamples }, (_, burst) => burst).filter(
    burst => (lateMs[taught + burst] ?? 0) <= Math.max(5, ...lateMs.slice(taught / 2, taught)),
  )
  expect(inTime.length).toBeGreaterThan(0)
  const likeness = () =>
    inTime.map(
      burst =>
        find(sentence.subarray(burst * burstSamples, (burst + 1) * burstSamples), other.heard()).likeness,
    )
  await expect.poll(() => Math.min(...likeness())).toBeGreaterThan(0.95)
})

it('passes a key that a page named on to a telephone, and looks for none in its sound', async () => {
  const pool = await mediaForTest()
  const page = await pageOn(pool, 'PCMA')
  const [seat, seatPort] = await phoneOn(pool, { eventPayloadType: 96 }, page.port)
  await page.port.bridge(seatPort)
  const heard = notice(page.port, 'key')
  page.port.hearKey('7')
  expect(await heard).toMatchObject({ key: '7', source: 'message' })
  const [event] = await seat.hears(({ payloadType }) => payloadType === 96)
  expect(event?.payload[0]).toBe(7)
})

it('loses a page that says nothing any more, and plays to one until it is closed', async () => {
  const pool = await mediaForTest({ mediaTimeoutMs: 300 })
  const page = await pageOn(pool, 'PCMA')
  const lost = notice(page.port, 'lost')
  const playing = page.port.play([soundOf(chirp(300, 600, 5000))])
  expect(await lost).toEqual({ reason: 'media-timeout' })
  await page.port.close()
  expect(await playing).toBe('lost')
})
