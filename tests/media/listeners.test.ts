import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { afterEach, expect, it } from 'vitest'
import { decode, encode } from '../../src/media/codec.ts'
import { pcma } from '../../src/media/codecs/pcma.ts'
import { type Frame, soundOf } from '../../src/media/index.ts'
import type { FrameBatch } from '../../src/media/worker/protocol.ts'
import { createTaps } from '../../src/media/worker/taps.ts'
import { mediaForTest, phoneOn, remoteOf } from '../support/media-pool.ts'
import { chirp, find } from '../support/sounds.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})
function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'jieting-'))
  folders.push(path)
  return path
}

it('hands what is heard and what is said to a tap, until it is taken off', async () => {
  const [peer, port] = await phoneOn(await mediaForTest())
  const heard: number[] = []
  const said: number[] = []
  const stamps: number[] = []
  const off = port.tap(({ direction, payload, timestamp }: Frame) => {
    if (direction === 'heard') heard.push(...decode(pcma, payload))
    else {
      said.push(...decode(pcma, payload))
      stamps.push(timestamp)
    }
  })
  const theirs = chirp(300, 3000, 300)
  const ours = chirp(3000, 300, 300)
  await Promise.all([
    peer.sayAll(port.local, encode(pcma, Int16Array.from([...theirs, ...new Int16Array(1600)]))),
    port.play([soundOf(ours)]),
  ])
  off()
  const count = said.length
  expect(find(theirs.subarray(320, 1920), Int16Array.from(heard)).likeness).toBeGreaterThan(0.9)
  expect(find(ours, Int16Array.from(said)).likeness).toBeGreaterThan(0.95)
  expect(stamps).toEqual(stamps.map((_, at) => stamps[0]! + at * 160))
  await port.quality()
  expect(said.length).toBeLessThanOrEqual(count + 320)
})

it('gives a slow listener larger batches, and drops the oldest frames of one that stands still', () => {
  const batches: FrameBatch[] = []
  let dropped = 0
  const taps = createTaps(
    batch => batches.push(batch),
    frames => {
      dropped += frames
    },
  )
  const listen = taps.listener(1)
  const frame = (number: number) => new Uint8Array(160).fill(number)
  const hear = (number: number) => {
    listen('PCMA', frame(number), frame(number), number * 160)
    taps.flush()
  }
  hear(1)
  hear(2)
  hear(3)
  expect(batches.map(({ heads }) => heads.length)).toEqual([2])
  taps.taken()
  taps.flush()
  expect(batches[1]!.heads.length).toBe(4)
  expect([...batches[1]!.payloads.filter((_, at) => at % 160 === 0)]).toEqual([2, 2, 3, 3])
  for (let number = 0; number < 6000; number++) hear(number)
  taps.taken()
  taps.flush()
  expect(dropped).toBe(2000)
  const last = batches[2]!
  expect(last.heads.length).toBe(10_000)
  expect(last.heads[0]!.timestamp).toBe(1000 * 160)
  expect(last.payloads[0]).toBe(1000 % 256)
})

it('records what is heard on the left and what is said on the right', async () => {
  const path = join(folder(), 'call.wav')
  const [peer, port] = await phoneOn(await mediaForTest())
  const stop = new AbortController()
  const recording = port.record(path, stop.signal)
  const theirs = chirp(300, 3000, 400)
  const ours = chirp(3000, 300, 400)
  await Promise.all([
    peer.sayAll(port.local, encode(pcma, Int16Array.from([...theirs, ...new Int16Array(8000)]))),
    port.play([soundOf(ours)]),
  ])
  stop.abort()
  const { durationMs } = await recording
  expect(durationMs).toBeGreaterThan(1200)
  const wav = readFileSync(path)
  expect(wav.readUInt32LE(40)).toBe(wav.length - 44)
  expect(wav.length - 44).toBe(durationMs * 32)
  const both = new Int16Array(wav.buffer.slice(wav.byteOffset + 44, wav.byteOffset + wav.length))
  const left = both.filter((_, at) => at % 2 === 0)
  const right = both.filter((_, at) => at % 2 === 1)
  expect(find(theirs.subarray(320, 1920), left).likeness).toBeGreaterThan(0.9)
  expect(find(ours, right).likeness).toBeGreaterThan(0.95)
})

it('ends a recording with its port, and leaves a file that can be played when its worker dies', async () => {
  const pool = await mediaForTest()
  const [, port] = await phoneOn(pool)
  const kept = join(folder(), 'kept.wav')
  const first = port.record(kept)
  await port.play([soundOf(chirp(300, 3000, 200))])
  await port.close()
  expect((await first).durationMs).toBeGreaterThan(100)
  const [, doomed] = await phoneOn(pool)
  const cut = join(folder(), 'cut.wav')
  const second = doomed.record(cut)
  await doomed.play([soundOf(chirp(300, 3000, 1400))])
  await pool.workers()[doomed.worker]!.terminate()
  await second
  const wav = readFileSync(cut)
  expect(wav.readUInt32LE(40)).toBe(32_000)
  expect(wav.length).toBe(32_044)
})

it('says why it cannot record', async () => {
  const [, port] = await phoneOn(await mediaForTest())
  await expect(port.record(join(folder(), 'no', 'such', 'folder.wav'))).rejects.toMatchObject({
    code: 'recording-failed',
    found: 'ENOENT',
  })
})

it('leaves the sound in its pace while a slow listener holds up its whole thread', async () => {
  const pool = await mediaForTest()
  // Its own thread, since this one stands still.
  const phone = new Worker(
    `const { parentPort } = require('node:worker_threads')
    const socket = require('node:dgram').createSocket('udp4')
    const times = []
    socket.on('message', () => times.push(performance.now()))
    socket.bind(0, '127.0.0.1', () => parentPort.postMessage(socket.address()))
    parentPort.on('message', () => parentPort.postMessage(times))`,
    { eval: true },
  )
  try {
    const [address] = (await once(phone, 'message')) as [AddressInfo]
    const port = await pool.open()
    port.connect(remoteOf(address))
    const stamps: number[] = []
    const heard = new Promise<void>(resolve => {
      port.tap(({ direction, timestamp }) => {
        if (direction === 'heard') return
        if (stamps.push(timestamp) === 10) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_500)
        if (stamps.length === 100) resolve()
      })
    })
    void port.play([soundOf(chirp(300, 3000, 3_000))])
    await heard
    expect(stamps).toEqual(stamps.map((_, at) => stamps[0]! + at * 160))
    phone.postMessage('times?')
    const [times] = (await once(phone, 'message')) as [number[]]
    const gaps = times.slice(1).map((time, at) => time - times[at]!)
    expect(times.length).toBeGreaterThan(85)
    expect(Math.max(...gaps)).toBeLessThan(500)
    expect(gaps.filter(gap => gap > 40).length).toBeLessThan(5)
  } finally {
    await phone.terminate()
  }
})
