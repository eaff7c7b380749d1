import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { KeyPress } from '../../src/telephony/index.ts'
import { hearKey, holdKey, noKeys } from '../../src/telephony/keys.ts'

type Held = KeyPress & { readonly isHeld: true }

/** The keys counted of these reports, which are heard in order of time. */
function counted(reports: readonly (KeyPress | Held)[]): string {
  let ledger = noKeys
  let keys = ''
  for (const press of reports) {
    if ('isHeld' in press) {
      ledger = holdKey(ledger, press)
      continue
    }
    const heard = hearKey(ledger, press)
    ledger = heard.ledger
    if (heard.fresh) keys += press.key
  }
  return keys
}

const report = (key: string, source: KeyPress['source'], atMs: number) => ({ key, source, atMs }) as KeyPress

describe('the key ledger', () => {
  it('counts a key that comes in RTP and by INFO once', () => {
    expect(counted([report('5', 'rtp-event', 0), report('5', 'info', 180)])).toBe('5')
    expect(counted([report('5', 'info', 0), report('5', 'tone', 20), report('5', 'rtp-event', 40)])).toBe('5')
  })

  it('counts a key pressed twice by one way twice, however fast', () => {
    expect(counted([report('1', 'info', 0), report('1', 'info', 60)])).toBe('11')
  })

  it('counts the same key a second later again, by whatever way it comes', () => {
    expect(counted([report('1', 'rtp-event', 0), report('1', 'info', 1_000)])).toBe('11')
  })

  it('counts both of two fast presses when each way loses one of them', () => {
    const reports = [report('7', 'info', 0), report('7', 'rtp-event', 200), report('7', 'info', 230)]
    expect(counted(reports)).toBe('77')
  })

  it('counts a key held for long once, though an INFO tells of it as it is let go', () => {
    for (const heldMs of [400, 900, 3_000, 9_000]) {
      const info = { ...report('5', 'info', heldMs + 120), heldMs }
      expect(counted([report('5', 'rtp-event', 0), info])).toBe('5')
      expect(counted([report('5', 'tone', 30), info])).toBe('5')
    }
  })

  it('counts it once though the INFO does not say how long, where the sound told that it was down', () => {
    const held: Held[] = [200, 400, 600, 800].map(atMs => ({
      ...report('5', 'rtp-event', atMs),
      isHeld: true,
    }))
    expect(counted([report('5', 'rtp-event', 0), ...held, report('5', 'info', 1_000)])).toBe('5')
    const wrong = { ...report('5', 'info', 1_000), heldMs: 160 }
    expect(counted([report('5', 'rtp-event', 0), ...held, wrong])).toBe('5')
    expect(counted([report('5', 'rtp-event', 0), ...held, report('5', 'info', 1_500)])).toBe('55')
  })

  it('counts two presses by both ways twice, each INFO as the key is let go', () => {
    const reports = [
      report('5', 'rtp-event', 0),
      { ...report('5', 'info', 950), heldMs: 900 },
      report('5', 'rtp-event', 1_200),
      { ...report('5', 'info', 2_150), heldMs: 900 },
    ]
    expect(counted(reports)).toBe('55')
  })

  it('counts a press that comes after one whose INFO was lost', () => {
    const lost = [report('1', 'rtp-event', 0), report('1', 'rtp-event', 1_500)]
    expect(counted([...lost, { ...report('1', 'info', 2_450), heldMs: 900 }])).toBe('11')
  })

  it('counts a key once that is told as it goes down and as it comes up', () => {
    const down = { ...report('7', 'info', 0), phase: 'down' as const }
    const up = { ...report('7', 'info', 2_000), phase: 'up' as const }
    expect(counted([down, up])).toBe('7')
    expect(counted([up])).toBe('7')
    expect(counted([down, up, { ...down, atMs: 3_000 }, { ...up, atMs: 4_000 }])).toBe('77')
    // Some say nothing of the end, of any.
    expect(counted([down, { ...down, atMs: 700 }])).toBe('77')
  })

  it('counts each key once and in order for any phone that reports by one, two or three ways', () => {
    const sources = ['rtp-event', 'info', 'tone'] as const
    const ways = fc
      .subarray([...sources], { minLength: 1 })
      .chain(chosen =>
        fc.tuple(
          fc.constant(chosen),
          fc.array(fc.integer({ min: 0, max: 240 }), { minLength: chosen.length, maxLength: chosen.length }),
        ),
      )
    const presses = fc.array(
      fc.record({ key: fc.constantFrom(...'0123456789*#'), gapMs: fc.integer({ min: 250, max: 2_000 }) }),
      { maxLength: 20 },
    )
    fc.assert(
      fc.property(ways, presses, ([chosen, delays], typed) => {
        let atMs = 0
        const reports = typed.flatMap(({ key, gapMs }) => {
          atMs += gapMs
          return chosen.map((source, way) => report(key, source, atMs + (delays[way] ?? 0)))
        })
        reports.sort((a, b) => a.atMs - b.atMs)
        expect(counted(reports)).toBe(typed.map(({ key }) => key).join(''))
      }),
    )
  })
})
