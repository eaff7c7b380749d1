import { execFileSync, spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { encode } from '../../src/media/codec.ts'
import { pcma } from '../../src/media/codecs/pcma.ts'
import { pcmu } from '../../src/media/codecs/pcmu.ts'
import { keys } from '../../src/media/keys.ts'
import type { Key } from '../../src/media/port.ts'
import { emptyRtpFields } from '../../src/media/rtp.ts'
import { columnHz, createToneHearing, keyInPacket, keyInSound, rowHz, toneOf } from '../../src/media/tones.ts'
import { seededChance } from '../support/network.ts'

/** The keys heard in linear sound that came in frames. */
function heardIn(samples: Int16Array, codec = pcma): string {
  const hearing = createToneHearing(codec)
  const bytes = encode(codec, samples)
  let heard = ''
  for (let at = 0; at < bytes.length; at += 160)
    heard += keyInSound(hearing, bytes.subarray(at, at + 160)) ?? ''
  return heard
}

type Pair = { rowDbm0?: number; columnDbm0?: number; detune?: number; noiseDbm0?: number; offset?: number }
const amplitude = (dbm0: number) => 32768 * 10 ** ((dbm0 - 3.14) / 20)

/** Row and column `hz`, `ms` long, then `pauseMs` of silence. */
function pair(
  rowHertz: number,
  columnHertz: number,
  ms: number,
  pauseMs: number,
  options: Pair = {},
): Int16Array {
  const { rowDbm0 = -10, columnDbm0 = -10, detune = 1, noiseDbm0 = -100, offset = 0 } = options
  const chance = seededChance(ms + offset)
  return Int16Array.from({ length: offset + (ms + pauseMs) * 8 }, (_, at) => {
    const time = (2 * Math.PI * (at - offset) * detune) / 8000
    const isOn = at >= offset && at < offset + ms * 8
    const tone =
      amplitude(rowDbm0) * Math.sin(rowHertz * time) +
      amplitude(columnDbm0) * Math.sin(columnHertz * time + 1)
    return (isOn ? tone : 0) + amplitude(noiseDbm0) * Math.sqrt(6) * (chance() + chance() - 1)
  })
}
const joined = (...parts: readonly Int16Array[]) => Int16Array.from(parts.flatMap(part => [...part]))

it.each([pcma, pcmu])('hears all sixteen keys that we say ourselves, in $name', codec => {
  expect(heardIn(joined(...keys.map(toneOf)), codec)).toBe(keys.join(''))
})

it('hears 40 ms of tone with 40 ms of pause wherever a block begins, each time (ITU-T Q.24)', () => {
  for (let offset = 0; offset < 102; offset += 7)
    expect(heardIn(joined(pair(697, 1209, 40, 40, { offset }), pair(697, 1209, 40, 40)))).toBe('11')
})

it('hears a held key once', () => {
  expect(heardIn(pair(941, 1336, 3000, 100))).toBe('0')
})

it('does not hear 10 ms of a tone', () => {
  for (let offset = 0; offset < 102; offset += 7)
    expect(heardIn(pair(697, 1209, 10, 60, { offset }))).toBe('')
})

it('bears 8 dB of row over column, 4 dB of column over row, and -25 dBm0', () => {
  for (const [rowDbm0, columnDbm0] of [
    [-8, -16],
    [-12, -8],
    [-25, -25],
    [-3, -3],
  ] as const)
    for (const row of rowHz)
      for (const column of columnHz)
        expect(heardIn(pair(row, column, 60, 60, { rowDbm0, columnDbm0 }))).toHaveLength(1)
})

it('refuses twist beyond all bounds', () => {
  expect(heardIn(pair(770, 1336, 60, 60, { rowDbm0: -5, columnDbm0: -20 }))).toBe('')
  expect(heardIn(pair(770, 1336, 60, 60, { rowDbm0: -20, columnDbm0: -5 }))).toBe('')
})

it('bears 1.5 % of detuning', () => {
  for (const detune of [0.985, 1.015])
    for (const row of rowHz)
      for (const column of columnHz) expect(heardIn(pair(row, column, 60, 60, { detune }))).toHaveLength(1)
})

it('hears keys over noise 15 dB below, and none in noise alone', () => {
  expect(heardIn(pair(852, 1477, 60, 60, { noiseDbm0: -22 }))).toBe('9')
  const chance = seededChance(12345)
  expect(heardIn(Int16Array.from({ length: 8000 * 60 }, () => (chance() - 0.5) * 30_000))).toBe('')
})

it('hears no key in single tones, dial tone, or ringing', () => {
  for (const [one, other] of [
    [350, 440],
    [450, 450],
    [440, 480],
    [697, 697],
    [1336, 1336],
    [697, 770],
    [1209, 1336],
  ] as const)
    expect(heardIn(pair(one, other, 1000, 100))).toBe('')
})

/** The keys heard in packets of 20 ms, of which some are lost, late, or come twice. */
function heardInPackets(
  samples: Int16Array,
  weather: (packet: number) => readonly number[],
  fall = 0,
): string {
  const hearing = createToneHearing(pcma)
  const bytes = encode(pcma, samples)
  const packets = Array.from({ length: Math.floor(bytes.length / 160) }, (_, at) => weather(at)).flat()
  let heard = ''
  for (const at of packets) {
    const timestamp = (0xfffff000 + at * 160 - (at > 12 ? fall : 0)) >>> 0
    const fields = {
      ...emptyRtpFields(),
      sequence: (65_530 + at) & 0xffff,
      timestamp,
      payloadStart: 0,
      payloadEnd: 160,
    }
    heard += keyInPacket(hearing, fields, bytes.subarray(at * 160, at * 160 + 160)) ?? ''
  }
  return heard
}

it('hears keys in packets of which some are lost, late or repeated', () => {
  const dialled = joined(...([...'1230'] as Key[]).flatMap(key => [toneOf(key), new Int16Array(800)]))
  expect(heardInPackets(dialled, at => [at])).toBe('1230')
  expect(heardInPackets(dialled, at => (at % 4 === 2 ? [] : [at]))).toBe('1230')
  expect(heardInPackets(dialled, at => [at, at])).toBe('1230')
  expect(heardInPackets(dialled, at => (at % 2 === 0 ? [at + 1, at] : []))).toBe('1230')
})

it('hears a key whose tone goes on over a hole once, and the next after a longer one', () => {
  const held = pair(852, 1336, 1000, 100)
  expect(heardInPackets(held, at => (at > 20 && at < 25 ? [] : [at]))).toBe('8')
  // Sound that is sent only while there is some: nothing tells of the pause but the time.
  expect(heardInPackets(joined(held, held), at => (at < 50 || at > 57 ? [at] : []))).toBe('88')
})

it('loses no key where the time of the packets falls back', () => {
  const dialled = joined(...([...'159'] as Key[]).flatMap(key => [toneOf(key), new Int16Array(800)]))
  for (const fall of [160, 2400, 40_000]) expect(heardInPackets(dialled, at => [at], fall)).toBe('159')
})

const hasEspeak =
  spawnSync('espeak-ng', ['--version']).status === 0 && spawnSync('sox', ['--version']).status === 0
it.skipIf(!hasEspeak && !process.env.CI)('hears no key in ten voices speaking', () => {
  const text =
    '您好，这里是市民服务热线。一二三四五六七八九零。请问您有什么需要反映？我家里已经三天没有暖气了，孩子和老人都很冷，请你们快一点派人来看一看。'
  for (const voice of [
    'cmn',
    'cmn+f1',
    'cmn+f2',
    'cmn+f3',
    'cmn+f4',
    'cmn+m1',
    'cmn+m2',
    'cmn+m3',
    'en',
    'en+f5',
  ]) {
    const wav = execFileSync('espeak-ng', ['-v', voice, '--stdout', text], { maxBuffer: 2 ** 25 })
    const raw = execFileSync(
      'sox',
      ['-t', 'wav', '-', '-t', 'raw', '-r', '8000', '-c', '1', '-b', '16', '-e', 'signed', '-', 'norm', '-3'],
      {
        input: wav,
        maxBuffer: 2 ** 25,
      },
    )
    const samples = new Int16Array(raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.length))
    expect(samples.length).toBeGreaterThan(8000 * 5)
    expect(heardIn(samples)).toBe('')
  }
})
