import { describe, expect, it } from 'vitest'
import { createManualClock } from '../../src/foundation/index.ts'
import { encode } from '../../src/media/codec.ts'
import { codecOf } from '../../src/media/codecs.ts'
import { type Frame, measure } from '../../src/media/index.ts'
import { beforeSignals, hearSignal } from '../../src/telephony/amd/signals.ts'
import {
  type AnsweredBy,
  beforeAmd,
  type CallFact,
  type CallId,
  isAnnouncement,
  isMusic,
  judge,
  listenForAnswer,
} from '../../src/telephony/index.ts'
import { tone } from '../support/sounds.ts'

type Part = readonly [hz: number, ms: number]
/** Tones one after the other through a telephone's codec; 0 Hz is silence. */
function sound(...parts: readonly Part[]): Uint8Array {
  const samples = parts.flatMap(([hz, ms]) => [...(hz === 0 ? new Int16Array(ms * 8) : tone(hz, ms))])
  return encode(codecOf('PCMA'), Int16Array.from(samples))
}
const framesOf = (bytes: Uint8Array) =>
  Array.from({ length: Math.floor(bytes.length / 160) }, (_, at) => bytes.subarray(at * 160, at * 160 + 160))
const measured = (bytes: Uint8Array) => framesOf(bytes).map(payload => measure({ codec: 'PCMA', payload }))

function signalIn(bytes: Uint8Array): string | undefined {
  let state = beforeSignals
  for (const one of measured(bytes)) {
    const heard = hearSignal(state, one)
    if (heard.signal) return heard.signal
    state = heard.state
  }
  return undefined
}
function verdictOf(bytes: Uint8Array) {
  let state = beforeAmd
  const found: [AnsweredBy, string | undefined][] = []
  for (const one of measured(bytes)) {
    const next = judge(state, { kind: 'heard', measure: one })
    state = next.state
    if (next.verdict) found.push([next.verdict, next.sign])
  }
  return { found, state }
}

/** ITU-T E.180, and the ways in which networks vacate, intercept, and run out of circuits. */
const special: readonly (readonly Part[])[] = [
  [
    [950, 330],
    [1400, 330],
    [1800, 330],
  ],
  [
    [985.2, 380],
    [1370.6, 274],
    [1776.7, 380],
  ],
  [
    [913.8, 274],
    [1370.6, 274],
    [1776.7, 380],
  ],
  [
    [913.8, 380],
    [1370.6, 274],
    [1776.7, 380],
  ],
  [
    [985.2, 274],
    [1428.5, 380],
    [1776.7, 380],
  ],
  [
    [950, 330],
    [0, 30],
    [1400, 330],
    [0, 30],
    [1800, 330],
  ],
  [
    [0, 1_500],
    [480, 500],
    [0, 200],
    [950, 330],
    [1400, 330],
    [1800, 330],
  ],
]

describe('a network that says that nobody is reached', () => {
  it.each(special)('by three rising tones is heard at once: %j', (...parts) => {
    expect(signalIn(sound(...parts))).toBe('sit')
    expect(verdictOf(sound(...parts)).found.at(-1)).toEqual(['machine', 'sit'])
  })

  it.each<readonly Part[]>([
    [
      [985.2, 60],
      [1428.5, 380],
      [1776.7, 380],
    ],
    [
      [1428.5, 380],
      [1776.7, 380],
    ],
    [
      [1400, 120],
      [1800, 330],
    ],
  ])('is heard, though it began before we listened: %j', (...parts) => {
    expect(signalIn(sound(...parts))).toBe('sit')
    // Nor is it taken for one where it cannot be cut.
    expect(signalIn(sound([0, 500], ...parts))).toBeUndefined()
  })

  it.each<readonly Part[]>([
    [
      [950, 330],
      [1400, 330],
    ],
    [
      [1800, 330],
      [1400, 330],
      [950, 330],
    ],
    [
      [950, 330],
      [0, 400],
      [1400, 330],
      [0, 400],
      [1800, 330],
    ],
    [
      [950, 900],
      [1400, 900],
      [1800, 900],
    ],
    [
      [950, 60],
      [1400, 60],
      [1800, 60],
    ],
    [
      [440, 330],
      [660, 330],
      [880, 330],
    ],
  ])('is not three other tones: %j', (...parts) => {
    expect(signalIn(sound(...parts, [0, 500]))).toBeUndefined()
  })

  it.each([
    '对不起，您拨打的号码是空号，请核对后再拨',
    '您好,您拨打的电话已关机',
    '您拨打的用户暂时无法接通 请稍后再拨',
    '对不起您所拨打的号码已停机',
    '您呼叫的用户不在服务区',
    'Sorry, the number you dialed does not exist, please check it and dial later',
    'The subscriber you are calling is powered off',
    'Sorry! The subscriber you dialed cannot be connected for the moment, it is not available',
  ])('in words is known by them: %s', words => {
    expect(isAnnouncement(words)).toBe(true)
  })

  it.each([
    '喂，你好，哪位',
    '我家电话昨天停机了，今天才好',
    '手机关机了没听见',
    '没有解决，还是老样子',
    'hello, who is this',
    '',
  ])('does not speak as people do: %s', words => {
    expect(isAnnouncement(words)).toBe(false)
  })
})

describe('a fax', () => {
  it('that calls is known by its second burst, and one that answers by its tone', () => {
    const calling = sound([0, 400], [1100, 500], [0, 3_000], [1100, 500], [0, 200])
    expect(verdictOf(calling).found.at(-1)).toEqual(['machine', 'fax'])
    expect(verdictOf(sound([0, 200], [2100, 2_600], [0, 200])).found.at(-1)).toEqual(['machine', 'fax'])
  })

  it.each<readonly Part[]>([
    [
      [1100, 500],
      [0, 1_000],
      [1100, 500],
      [0, 1_000],
      [1100, 500],
    ],
    [
      [1100, 150],
      [0, 3_000],
      [1100, 150],
    ],
    [
      [1000, 500],
      [0, 3_000],
      [1000, 500],
    ],
    [
      [2000, 400],
      [0, 500],
      [2000, 400],
    ],
  ])('is not an oven: %j', (...parts) => {
    expect(verdictOf(sound(...parts, [0, 600])).found.map(([who]) => who)).not.toContain('machine')
  })
})

describe('who listens to an answer', () => {
  const id = 'call_1' as unknown as CallId
  const heard = async (bytes: Uint8Array) => {
    const clock = createManualClock()
    const facts: CallFact[] = []
    let tap: (frame: Frame) => void = () => undefined
    const over = new AbortController()
    const call = {
      id,
      signal: over.signal,
      tap: (listen: (frame: Frame) => void) => {
        tap = listen
        return () => undefined
      },
    }
    const journal = { write: (_: CallId, fact: CallFact) => void facts.push(fact) }
    const listening = listenForAnswer(call, { clock, journal })
    for (const [at, payload] of framesOf(bytes).entries()) {
      tap({ codec: 'PCMA', payload, timestamp: at * 160, direction: 'heard' })
      if (at % 5 === 4) await clock.advance(100)
    }
    over.abort()
    return { listening, facts }
  }

  it('writes who it was, and by what a machine was known', async () => {
    const { listening, facts } = await heard(sound([0, 300], [950, 330], [1400, 330], [1800, 330]))
    expect(facts).toEqual([{ kind: 'answered-by', who: 'machine', why: 'sit' }])
    expect([await listening.first, listening.sign(), listening.machine.aborted]).toEqual([
      'machine',
      'sit',
      true,
    ])
  })

  it('hangs up on nobody for music, and takes it for no answer', async () => {
    const bars = Array.from({ length: 24 }, (_, at): Part => [[523, 659, 784, 659][at % 4]!, 500])
    const chord = Uint8Array.from(
      encode(
        codecOf('PCMA'),
        Int16Array.from({ length: 8 * 12_000 }, (_, at) => {
          const note = (hz: number) => Math.sin((2 * Math.PI * hz * at) / 8000)
          const beat = 0.7 + 0.3 * Math.sin((2 * Math.PI * 1.5 * at) / 8000)
          return 5_000 * beat * (note(bars[Math.floor(at / 4_000)]![0]) + note(330) + note(440))
        }),
      ),
    )
    const { found, state } = verdictOf(chord)
    expect(found.map(([who]) => who)).toEqual(['unsure'])
    expect(isMusic(state)).toBe(true)
    const { listening } = await heard(chord)
    expect([listening.sign(), listening.machine.aborted]).toEqual(['music', false])
  })
})
