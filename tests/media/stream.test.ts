import { setTimeout as delay } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { decode, encode } from '../../src/media/codec.ts'
import { codecOf } from '../../src/media/codecs.ts'
import { type MediaPool, type Port, type StreamPort, soundOf } from '../../src/media/index.ts'
import { mediaForTest, notice, phoneOn } from '../support/media-pool.ts'
import { chirp, find } from '../support/sounds.ts'

/** A web page, as its line sees it: brings frames, takes frames. */
async function pageOn(pool: MediaPool, codec: 'PCMA' | 'PCMU', near?: Port) {
  const heard: Uint8Array[] = []
  const port = await pool.openStream(payload => heard.push(payload), near)
  port.connect(codec)
  return { port, heard: () => Int16Array.from(heard.flatMap(bytes => [...decode(codecOf(codec), bytes)])) }
}

/** Says all of it at the pace of speech, from a point of its own time; `late` holds each burst of ten frames back. */
async function sayAll(port: StreamPort, codec: 'PCMA' | 'PCMU', sound: Int16Array, inBurstsOf = 1) {
  const bytes = encode(codecOf(codec), sound)
  const startMs = performance.now()
  for (let at = 0; at < bytes.length; at += 160) {
    if ((at / 160) % inBurstsOf === inBurstsOf - 1 || at + 160 >= bytes.length)
      await delay(Math.max(0, startMs + at / 8 - performance.now()))
    // As a socket hands it over: a view of more.
    port.hear(Buffer.from(bytes.buffer, at, 160), 0xffffff00 + at)
  }
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
  const heardBySeat = Int16Array.from(seat.heard.flatMap(({ payload }) => [...decode(pcma, payload)]))
  expect(find(question.subarray(800, 2400), heardBySeat).likeness).toBeGreaterThan(0.75)
  expect(find(answer.subarray(800, 2400), page.heard()).likeness).toBeGreaterThan(0.9)
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
  await sayAll(page.port, 'PCMA', Int16Array.from([...lesson, ...padded(question)]), 5)
  await delay(200)
  expect(find(question.subarray(800, 2400), other.heard()).likeness).toBeGreaterThan(0.9)
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
