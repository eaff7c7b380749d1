/**
 * Calls as they are answered, by people and by machines, made with espeak-ng and sox: voices through a telephone's
 * band, greetings, silences, noise, televisions, music and beeps, in G.711. The same seed makes the same calls.
 */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { encode } from '../../src/media/codec.ts'
import { codecOf } from '../../src/media/codecs.ts'
import type { CodecName } from '../../src/media/index.ts'

export type AnsweredCall = {
  readonly about: string
  readonly who: 'person' | 'machine'
  readonly codec: CodecName
  /** From the answer on. */
  readonly bytes: Uint8Array
}

/** Whether what makes them is not installed; never where CI promises that nothing is skipped. */
export const lacksVoices =
  process.env.CI !== 'true' && !['espeak-ng', 'sox'].every(name => existsSync(`/usr/bin/${name}`))

const rate = 8000
const people = {
  short: [
    '喂？',
    '喂',
    '喂，你好',
    '你好',
    '喂，哪位',
    '谁呀',
    '喂，您好',
    'hello',
    '嗯？',
    '喂喂，听得见吗',
  ],
  longer: [
    '喂，您好，请问您找谁',
    '你好，我是老王，哪位啊',
    '喂，请讲',
    '您好，这里是幸福里小区物业',
    '喂，我在开车呢，你说',
    '喂？你是哪里的电话啊',
    '您好，红星小卖部，请问要点什么',
    '喂，哎，等一下啊，我把电视关小一点',
    '喂，妈不在家，你晚点再打过来吧',
    '您好，这里是市第三中学传达室，请问您找哪位老师',
  ],
} as const
const machines = [
  '您好，我现在不方便接听您的电话，请在嘀声后留言，我会尽快给您回电',
  '您好，您拨打的电话暂时无人接听，请在提示音后留言，结束留言请挂机',
  '欢迎致电幸福里小区物业服务中心，报修请按一，缴费请按二，人工服务请按零',
  '对不起，您呼叫的用户正忙，已为您转接语音信箱，请在嘀声之后开始录音',
  '您好，这里是语音信箱，机主现在无法接听您的来电，请留下您的姓名和电话号码',
  '我现在不在家，请在听到滴的一声以后留言，谢谢',
  '您好，我是小秘书，机主暂时不能接听电话，有什么事情我可以帮您转告',
  'Hello, you have reached my voice mail. I cannot take your call right now. Please leave a message after the tone',
  '请在嘀声后留言',
  '您好，现在是下班时间，我们的工作时间是周一至周五上午九点到下午五点，请您在工作时间再次来电',
] as const
const television =
  '今天夜间到明天白天，晴转多云，北风三四级，最高气温二十六度，最低气温十五度，请您出门时注意增减衣物，下面请看详细报道'

/** Three voices for the set that limits are tuned on, three others for the one that they are held against. */
const voices = {
  tuning: ['cmn+m3', 'cmn+f2', 'cmn+m7'],
  held: ['cmn+f5', 'cmn+m4', 'cmn+Belinda'],
} as const
export type AnsweredSet = keyof typeof voices

/** A seeded source of chance (mulberry32, public domain). */
function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const made = new Map<string, Float64Array>()
function cached(key: string, make: () => Buffer): Float64Array {
  const found = made.get(key)
  if (found) return found
  const raw = make()
  const samples = Float64Array.from({ length: raw.length >> 1 }, (_, at) => raw.readInt16LE(at * 2) / 32768)
  made.set(key, samples)
  return samples
}

const band = ['highpass', '300', 'lowpass', '3400']
const raw8k = ['-t', 'raw', '-r', String(rate), '-e', 'signed', '-b', '16', '-c', '1', '-']
const run = (command: string, args: readonly string[], input?: Buffer) =>
  execFileSync(command, args, {
    input,
    maxBuffer: 1 << 26,
    stdio: ['pipe', 'pipe', 'ignore'],
  })

const speech = (voice: string, speed: number, text: string) =>
  cached(`${voice} ${speed} ${text}`, () => {
    const spoken = run('espeak-ng', ['-v', voice, '-s', String(speed), '--stdout', text])
    return run('sox', ['-q', '-t', 'wav', '--ignore-length', '-', ...raw8k, ...band], spoken)
  })
const synth = (...effects: string[]) =>
  cached(effects.join(' '), () => run('sox', ['-q', '-R', '-n', ...raw8k, 'synth', ...effects]))

const noises = {
  pink: () => synth('16', 'pinknoise', ...band),
  brown: () => synth('16', 'brownnoise', ...band),
  street: () => synth('16', 'pinknoise', 'tremolo', '0.4', '60', ...band),
} as const
const music = (kind: number) =>
  kind === 0
    ? synth('16', 'pluck', 'A3', 'repeat', '3', 'tremolo', '2', '70', ...band)
    : synth(
        '16',
        'sine',
        '440',
        'sine',
        '554',
        'sine',
        '659',
        'tremolo',
        '1.5',
        '60',
        'remix',
        '1-3',
        ...band,
      )

const known = new WeakMap<Float64Array, number>()
const rms = (samples: Float64Array) => {
  const found = known.get(samples)
  if (found !== undefined) return found
  // Of what sounds: pauses and margins are left out.
  const loud = samples.filter(sample => Math.abs(sample) > 0.01)
  const level = Math.sqrt(loud.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, loud.length))
  known.set(samples, level)
  return level
}
function at(level: number, samples: Float64Array): Float64Array {
  const gain = 10 ** (level / 20) / (rms(samples) || 1)
  return samples.map(sample => sample * gain)
}

/** Lays a sound into a call, from `fromMs` on; what is longer than the call is cut. */
function lay(call: Float64Array, sound: Float64Array, fromMs: number): number {
  const from = Math.round((fromMs * rate) / 1000)
  for (let index = 0; index < sound.length && from + index < call.length; index++)
    call[from + index] = call[from + index]! + sound[index]!
  return fromMs + (sound.length / rate) * 1000
}

/** As many calls of each kind, by turns, as asked for. */
export function answeredCalls(set: AnsweredSet, seed: number, count: number): readonly AnsweredCall[] {
  const next = chance(seed)
  const between = (low: number, high: number) => low + (high - low) * next()
  const pick = <T>(all: readonly T[]): T => all[Math.floor(next() * all.length)]!
  const voice = () => pick(voices[set])
  const spoken = (text: string) => at(between(-27, -16), speech(voice(), pick([200, 260]), text))
  const background = (call: Float64Array) =>
    lay(call, at(between(-62, -40), pick(Object.values(noises))()), 0)
  const beep = () => {
    const hz = String(Math.round(between(420, 1500)))
    return at(between(-24, -14), synth((0.2 + 0.1 * Math.floor(next() * 6)).toFixed(1), 'sine', hz))
  }

  const kinds: readonly (readonly [
    who: AnsweredCall['who'],
    about: string,
    lay: (call: Float64Array) => unknown,
  ])[] = [
    ['person', 'a short word soon', call => lay(call, spoken(pick(people.short)), between(100, 1500))],
    [
      'machine',
      'a greeting and a beep',
      call => lay(call, beep(), lay(call, spoken(pick(machines)), between(100, 1500)) + between(100, 1200)),
    ],
    ['person', 'a sentence', call => lay(call, spoken(pick(people.longer)), between(100, 1500))],
    [
      'person',
      'silence for four seconds, then a word',
      call => lay(call, spoken(pick(people.short)), between(4000, 6500)),
    ],
    ['machine', 'a greeting without a beep', call => lay(call, spoken(pick(machines)), between(100, 1500))],
    ['person', 'silence to the end', () => undefined],
    [
      'person',
      'a word twice',
      call =>
        lay(
          call,
          spoken(pick(people.short)),
          lay(call, spoken(pick(people.short)), between(100, 900)) + between(300, 2000),
        ),
    ],
    [
      'machine',
      'an announcement said twice',
      call => {
        const said = spoken(pick(machines))
        lay(call, said, lay(call, said, between(50, 600)) + between(200, 600))
      },
    ],
    [
      'person',
      'a word in the noise of a street',
      call => {
        lay(call, at(between(-38, -28), pick(Object.values(noises))()), 0)
        lay(call, spoken(pick([...people.short, ...people.longer])), between(200, 2000))
      },
    ],
    [
      'person',
      'a television, and a word',
      call => {
        lay(call, at(between(-50, -40), speech(voice(), 250, television)), 0)
        lay(call, spoken(pick(people.short)), between(200, 2500))
      },
    ],
    [
      'person',
      'a television, and nobody speaks',
      call => lay(call, at(between(-52, -41), speech(voice(), 250, television)), 0),
    ],
    [
      'person',
      'music, and a word',
      call => {
        lay(call, at(between(-40, -28), music(Math.floor(next() * 2))), 0)
        lay(call, spoken(pick(people.short)), between(200, 2000))
      },
    ],
    ['machine', 'a fax', call => lay(call, at(-16, synth('15', 'sine', '2100')), between(200, 900))],
    [
      'person',
      'a word, and an oven that beeps',
      call => {
        let ms =
          lay(call, spoken(pick([...people.short, ...people.longer])), between(200, 1200)) +
          between(200, 2000)
        const gapMs = between(300, 700)
        const one = at(-26, synth('0.4', 'sine', '2000'))
        for (let time = 0; time < 3; time++) ms = lay(call, one, ms) + gapMs
      },
    ],
    [
      'person',
      'a word, and talk that goes on',
      call => {
        let ms = lay(call, spoken(pick(people.short)), between(200, 1200)) + between(750, 1500)
        for (let time = 0; time < 2; time++)
          ms = lay(call, spoken(pick(people.longer)), ms) + between(300, 1200)
      },
    ],
  ]
  return Array.from({ length: count }, (_, index) => {
    const [who, about, fill] = kinds[index % kinds.length]!
    const call = new Float64Array(rate * 14)
    background(call)
    fill(call)
    const codec = pick(['PCMA', 'PCMU'] as const)
    const samples = Int16Array.from(call, sample => Math.max(-1, Math.min(1, sample)) * 32767)
    return { who, about, codec, bytes: encode(codecOf(codec), samples) }
  })
}

/** The frames of a call, as its line would give them. */
export const framesOf = ({ codec, bytes }: AnsweredCall) =>
  Array.from({ length: Math.floor(bytes.length / 160) }, (_, at) => ({
    codec,
    payload: bytes.subarray(at * 160, at * 160 + 160),
  }))
