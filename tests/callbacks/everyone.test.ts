/** Whatever happens to callers in whatever order, none who asked for a person is forgotten. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { storyOf } from '../../src/callbacks/index.ts'
import type { CallFact, TimedFact } from '../../src/telephony/index.ts'

const abandonedMs = 10_000
const invited: CallFact = {
  kind: 'invited',
  line: 'sip',
  direction: 'in',
  caller: '13800138000',
  called: '12345',
}
const flow: CallFact = { kind: 'flow', flow: 'hotline', state: 'menu', language: 'zh-CN' }
const connected: CallFact = { kind: 'connected', seat: 's1', seatCall: 'call_1' as never }

/** What a caller, a seat or the house does next; each is a few facts that come together. */
const deeds: readonly (readonly CallFact[])[] = [
  [flow],
  [{ kind: 'queued', place: 1 }],
  [{ kind: 'offered', seat: 's1' }],
  [{ kind: 'offer-failed', seat: 's1', reason: 'no-answer' }],
  [connected],
  [connected, { kind: 'held', held: true }],
  [{ kind: 'held', held: false }],
  [{ kind: 'transferred', to: '110' }],
  [{ kind: 'left-queue', reason: 'left' }, flow],
  [{ kind: 'left-queue', reason: 'full' }, flow],
  [{ kind: 'left-queue', reason: 'failed' }, flow],
  [{ kind: 'failure', what: 'flow', reason: 'broke' }],
  [{ kind: 'recording', path: 'a.wav' }],
  [{ kind: 'promised', number: '13800138000' }],
  [{ kind: 'promised', number: '13900139000', message: 'a.wav' }],
]
const ends: readonly (readonly CallFact[])[] = [
  [{ kind: 'ended', by: 'them', reason: 'hung-up' }],
  [{ kind: 'ended', by: 'us', reason: 'hung-up' }],
  [{ kind: 'ended', by: 'failure', reason: 'media-timeout' }],
  [{ kind: 'ended', by: 'failure', reason: 'process-died' }],
]

const someCall = fc.record({
  steps: fc.array(fc.tuple(fc.integer({ min: 0, max: 9_000 }), fc.constantFrom(...deeds)), { maxLength: 9 }),
  end: fc.tuple(fc.integer({ min: 0, max: 9_000 }), fc.constantFrom(...ends)),
})

function factsOf(steps: readonly (readonly [number, readonly CallFact[]])[]): readonly TimedFact[] {
  let atMs = 1_000_000
  return [[0, [invited]] as const, ...steps].flatMap(([afterMs, facts]) => {
    atMs += afterMs
    return facts.map(fact => ({ atMs, fact }))
  })
}

describe('every caller who asked for a person', () => {
  it('talked to one, is owed a callback, or left by their own hand before it was long', () => {
    fc.assert(
      fc.property(someCall, ({ steps, end }) => {
        const facts = factsOf([...steps, end])
        const has = (test: (fact: CallFact) => boolean) => facts.some(({ fact }) => test(fact))
        const wasRefused = has(fact => fact.kind === 'left-queue' && fact.reason !== 'left')
        // Who leaves the queue by a key before they are in it asks for nobody.
        const hasAsked = wasRefused || has(({ kind }) => kind === 'queued' || kind === 'connected')
        if (!hasAsked) return
        const story = storyOf(facts, abandonedMs)
        const tookMs = (facts.at(-1)?.atMs ?? 0) - 1_000_000
        const isOwed = (story?.losses.length ?? 0) > 0
        const leftSoon = tookMs <= abandonedMs && !wasRefused
        expect(story?.isServed || isOwed || leftSoon).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })

  it('is owed nothing for the same call twice over: what is known only grows while the call goes on', () => {
    fc.assert(
      fc.property(someCall, ({ steps, end }) => {
        const facts = factsOf([...steps, end])
        let before: readonly unknown[] = []
        for (let count = 1; count <= facts.length; count++) {
          const losses = storyOf(facts.slice(0, count), abandonedMs)?.losses ?? []
          expect(losses.slice(0, before.length)).toEqual(before)
          before = losses
        }
      }),
      { numRuns: 300 },
    )
  })

  it('is in one place: served and cut off never come together', () => {
    fc.assert(
      fc.property(someCall, ({ steps, end }) => {
        const story = storyOf(factsOf([...steps, end]), abandonedMs)
        const isCut = story?.losses.some(({ reason }) => reason === 'cut-off') ?? false
        expect(isCut && story?.isServed).toBe(false)
      }),
      { numRuns: 1_000 },
    )
  })
})
