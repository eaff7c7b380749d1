import { describe, expect, it } from 'vitest'
import { storyOf } from '../../src/callbacks/index.ts'
import type { CallFact } from '../../src/telephony/index.ts'

const invited: CallFact = {
  kind: 'invited',
  line: 'sip',
  direction: 'in',
  caller: '+8613800138000',
  called: '12345',
}
const queued: CallFact = { kind: 'queued', place: 1 }
const connected: CallFact = { kind: 'connected', seat: 's1', seatCall: 'call_1' as never }
const hungUp: CallFact = { kind: 'ended', by: 'them', reason: 'hung-up' }
const flow = (state: string): CallFact => ({ kind: 'flow', flow: 'hotline', state, language: 'zh-CN' })
const broke = (reason: 'worker-died' | 'media-timeout' | 'signalling-lost' | 'process-died'): CallFact => ({
  kind: 'ended',
  by: 'failure',
  reason,
})

type Timed = readonly (readonly [seconds: number, fact: CallFact])[]

/** Facts with the second of the call at which each came. */
const story = (...timed: Timed) =>
  storyOf(
    timed.map(([seconds, fact]) => ({ atMs: 1_000_000 + seconds * 1000, fact })),
    10_000,
  )
const reasons = (...timed: Timed) => story(...timed)?.losses.map(({ reason }) => reason)

describe('a caller who was not served', () => {
  it('waited for longer than ten seconds and gave up', () => {
    expect(reasons([0, invited], [1, queued], [12, hungUp])).toEqual(['gave-up'])
    expect(reasons([0, invited], [1, queued], [8, hungUp])).toEqual([])
    expect(reasons([0, invited], [1, queued], [10, hungUp])).toEqual([])
  })

  it('gave up while a seat rang', () => {
    expect(reasons([0, invited], [1, queued], [9, { kind: 'offered', seat: 's1' }], [12, hungUp])).toEqual([
      'gave-up',
    ])
  })

  it('had a person whose telephone broke, and waited for another in vain', () => {
    const lost: CallFact = { kind: 'offer-failed', seat: 's1', reason: 'seat-media-timeout' }
    const talks: Timed = [
      [0, invited],
      [1, queued],
      [2, connected],
      [40, lost],
      [40, queued],
    ]
    expect(story(...talks, [43, hungUp])).toMatchObject({ losses: [{ reason: 'cut-off' }], isServed: false })
    expect(story(...talks, [50, connected], [90, hungUp])).toMatchObject({ losses: [], isServed: true })
  })

  it('found the queue full, however short they stayed', () => {
    expect(reasons([0, invited], [1, { kind: 'left-queue', reason: 'full' }], [4, hungUp])).toEqual([
      'queue-full',
    ])
    expect(reasons([0, invited], [1, { kind: 'left-queue', reason: 'failed' }], [4, hungUp])).toEqual([
      'failed',
    ])
  })

  it.each(['worker-died', 'media-timeout', 'signalling-lost', 'process-died'] as const)(
    'was cut off while waiting, ringing through, talking, on hold or with another house by %s',
    reason => {
      const places: readonly (readonly CallFact[])[] = [
        [queued],
        [queued, { kind: 'offered', seat: 's1' }],
        [queued, connected],
        [queued, connected, { kind: 'held', held: true }],
        [queued, connected, { kind: 'transferred', to: '110' }],
      ]
      for (const facts of places) {
        const found = story([0, invited], ...facts.map(fact => [1, fact] as const), [3, broke(reason)])
        expect(found?.losses).toMatchObject([{ reason: 'cut-off', atMs: 1_003_000 }])
        expect(found?.isServed).toBe(false)
      }
    },
  )

  it('was put out by the house while waiting', () => {
    expect(reasons([0, invited], [1, queued], [3, { kind: 'ended', by: 'us', reason: 'hung-up' }])).toEqual([
      'cut-off',
    ])
  })

  it('was cut off within a message, which is kept', () => {
    const path = '/data/recordings/call_1-demand.wav'
    expect(
      story([0, invited], [1, flow('demand')], [9, { kind: 'recording', path }], [20, broke('process-died')]),
    ).toMatchObject({ losses: [{ reason: 'cut-off', message: path }] })
  })

  it('said what it is about, and hung up instead of pressing a key', () => {
    const path = '/data/recordings/call_1-demand.wav'
    expect(
      story([0, invited], [1, flow('demand')], [9, { kind: 'recording', path }], [20, hungUp]),
    ).toMatchObject({ losses: [{ reason: 'message', message: path }] })
  })

  it('said what it is about while nothing could be recorded, and was told so', () => {
    const recording: CallFact = { kind: 'recording', path: '/data/recordings/call_1-demand.wav' }
    const failed: CallFact = { kind: 'failure', what: 'record', reason: 'EROFS' }
    const goodbye: CallFact = { kind: 'ended', by: 'us', reason: 'hung-up' }
    const told = [
      [9, recording],
      [12, failed],
      [12, flow('sorry')],
      [18, goodbye],
    ] as const
    expect(story([0, invited], [1, flow('demand')], ...told)?.losses).toEqual([
      { reason: 'failed', atMs: 1_018_000, number: undefined },
    ])
    expect(reasons([0, invited], [1, queued], [2, connected], ...told)).toEqual([])
  })

  it('keyed where to be called, and hung up before another word', () => {
    const withheld = { ...invited, caller: '' } as CallFact
    const gave: CallFact = { kind: 'gave-number', number: '13900139000' }
    const number = '13900139000'
    expect(story([0, withheld], [4, gave], [5, hungUp])?.losses).toMatchObject([{ reason: 'asked', number }])
    expect(story([0, withheld], [5, hungUp], [5, gave])?.losses).toMatchObject([{ reason: 'asked', number }])
    expect(story([0, withheld], [1, queued], [4, gave], [12, hungUp])?.losses).toMatchObject([
      { reason: 'gave-up', number },
    ])
    expect(story([0, withheld], [4, gave], [5, broke('process-died')])?.losses).toMatchObject([
      { reason: 'asked', number },
    ])
    expect(story([0, withheld], [1, queued], [4, gave], [6, connected], [60, hungUp])?.losses).toEqual([])
    // What they were promised has its number, and is owed already.
    const promised: CallFact = { kind: 'promised', number: '13700137000' }
    expect(story([0, withheld], [4, gave], [6, promised], [9, hungUp])?.losses).toMatchObject([
      { reason: 'asked', number: '13700137000' },
    ])
  })

  it('listened to the greeting when the process died, and had not been told anything', () => {
    expect(
      reasons(
        [0, invited],
        [1, flow('greeting')],
        [13, { kind: 'cut', at: 'flow', flow: 'hotline', state: 'greeting' }],
        [13, broke('process-died')],
      ),
    ).toEqual(['cut-off'])
    expect(reasons([0, invited], [1, flow('greeting')], [13, broke('worker-died')])).toEqual(['cut-off'])
  })

  it('was promised a callback, and is owed that one alone', () => {
    const promised: CallFact = { kind: 'promised', number: '13900139000', message: 'a.wav' }
    const before = story([0, invited], [1, queued], [15, flow('demand')], [30, promised])
    expect(before?.losses).toMatchObject([{ reason: 'message', number: '13900139000', message: 'a.wav' }])
    expect(reasons([0, invited], [1, queued], [15, flow('demand')], [30, promised], [40, hungUp])).toEqual([
      'message',
    ])
  })
})

describe('a caller who is owed nothing', () => {
  it('talked with a person to the end', () => {
    expect(story([0, invited], [1, queued], [9, connected], [60, hungUp])).toMatchObject({
      losses: [],
      isServed: true,
    })
  })

  it('left the menu, whatever ended it', () => {
    expect(reasons([0, invited], [1, flow('greeting')], [60, hungUp])).toEqual([])
    expect(reasons([0, invited], [1, flow('greeting')], [60, broke('signalling-lost')])).toEqual([])
    expect(reasons([0, invited], [60, broke('signalling-lost')])).toEqual([])
  })

  it('was rung by us, unless they were promised something', () => {
    const out: CallFact = { ...invited, direction: 'out', caller: '12345', called: '+8613800138000' }
    expect(reasons([0, out], [1, queued], [30, hungUp])).toEqual([])
    expect(story([0, out], [9, { kind: 'promised', number: '13800138000' }], [30, hungUp])).toMatchObject({
      number: '+8613800138000',
      losses: [{ reason: 'asked' }],
    })
  })
})

describe('whoever is rung, and comes to the telephone', () => {
  const out: CallFact = { ...invited, direction: 'out', caller: '12345', called: '+8613800138000' }
  const met: CallFact = { kind: 'called-back', seat: 's1', callback: 'back_1' }
  const over = (...timed: Timed) => story([0, out], ...timed)?.callback?.over

  it('has talked, was cut off, or waited for somebody in vain', () => {
    expect(over([9, met])).toBeUndefined()
    expect(over([9, met], [9, connected], [60, hungUp])).toBe('parted')
    expect(over([9, met], [9, connected], [60, broke('media-timeout')])).toBe('cut-off')
    expect(over([9, met], [12, hungUp])).toBe('missed')
    expect(over([9, met], [9, connected], [60, queued], [90, hungUp])).toBe('missed')
  })
})

describe('what is known of them', () => {
  it('is their first ring, the language that they were spoken to in, and the line for the elderly', () => {
    expect(
      story(
        [0, invited],
        [1, { kind: 'flow', flow: 'elder', state: 'greeting', language: 'yue' }],
        [2, queued],
        [30, hungUp],
      ),
    ).toMatchObject({ invitedAtMs: 1_000_000, language: 'yue', isElder: true, called: '12345' })
  })

  it('is nothing before the INVITE is known', () => {
    expect(story([1, queued], [30, hungUp])).toBeUndefined()
  })
})
