import { describe, expect, it } from 'vitest'
import { createManualClock } from '../../src/foundation/index.ts'
import { newIncidentSchema } from '../../src/incidents/api.ts'
import { checkIncident, currentOf, stateOf, wordsIn } from '../../src/incidents/index.ts'

const nowMs = createManualClock().now()
const hour = 60 * 60_000
const districts = [
  { name: '朝阳区', streets: ['望京街道', '东湖街道'] },
  { name: '海淀区', streets: ['上地街道'] },
]
const water = {
  words: { 'zh-CN': '望京停水，预计18点恢复' },
  kind: 'water',
  area: { place: '望京' },
  untilMs: nowMs + 8 * hour,
} as const

const faultOf = (change: object) => {
  try {
    checkIncident({ ...water, ...change }, nowMs, districts)
  } catch (error) {
    return (error as Error).message
  }
  return 'taken'
}

describe('a known incident', () => {
  it('is refused without an end, by a sentence that says so', () => {
    const { untilMs: _, ...endless } = water
    const read = newIncidentSchema.safeParse(endless)
    expect(read.error?.issues).toEqual([
      expect.objectContaining({
        path: ['untilMs'],
        message: 'when it is expected to end, ms since 1970: every known incident has an end',
      }),
    ])
  })

  it.each([
    ['ends in the past', { untilMs: nowMs - 1 }, /body\.untilMs: .*a time to come/],
    ['ends now', { untilMs: nowMs }, /a time to come/],
    ['ends before it begins', { fromMs: nowMs + 2 * hour, untilMs: nowMs + hour }, /a time after it begins/],
    ['never ends', { untilMs: nowMs + 400 * 24 * hour }, /within seven days/],
    ['ends at no time', { untilMs: Number.POSITIVE_INFINITY }, /a time to come/],
    ['is in no district of ours', { area: { district: '浦东新区' } }, /"浦东新区".*朝阳区, 海淀区/],
    ['is in another district', { area: { district: '海淀区', street: '望京街道' } }, /"望京街道".*上地街道/],
  ])('is refused when it %s', (_, change, words) => {
    expect(faultOf(change)).toMatch(words)
  })

  it('is taken with a district, a street of it, or words of one’s own', () => {
    expect(faultOf({ area: { district: '朝阳区', street: '望京街道' } })).toBe('taken')
    expect(faultOf({ area: { street: '上地街道' } })).toBe('taken')
    expect(checkIncident({ ...water, area: { district: 'anywhere' } }, nowMs, [])).toEqual({
      fromMs: nowMs,
      untilMs: water.untilMs,
    })
  })

  it.each([
    ['nowhere', { area: {} }],
    ['longer than callers can listen', { words: { 'zh-CN': '停水'.repeat(31) } }],
    ['two lines', { words: { 'zh-CN': '望京停水\n预计18点恢复' } }],
    ['a gap', { words: { 'zh-CN': '望京停水，预计{caller}恢复' } }],
    ['without Mandarin', { words: { en: 'No water in Wangjing' } }],
    ['of no kind', { kind: 'aliens' }],
  ])('is refused when it is %s', (_, change) => {
    expect(newIncidentSchema.safeParse({ ...water, ...change }).success).toBe(false)
  })

  it('is current from its beginning to its end, and by itself over then', () => {
    const incident = { ...water, id: 'incident_1', fromMs: nowMs, madeBy: 'zhang', madeAtMs: nowMs - hour }
    expect(stateOf(incident, nowMs - 1)).toBe('coming')
    expect(stateOf(incident, nowMs)).toBe('current')
    expect(stateOf(incident, water.untilMs - 1)).toBe('current')
    expect(stateOf(incident, water.untilMs)).toBe('over')
    expect(stateOf({ ...incident, endedAtMs: nowMs }, nowMs)).toBe('over')
    const newer = { ...incident, id: 'incident_2', madeAtMs: nowMs }
    expect(currentOf([incident, newer], nowMs).map(({ id }) => id)).toEqual(['incident_2', 'incident_1'])
  })

  it('is told in Mandarin to whoever hears Chinese, in English where it has such words, and else not', () => {
    const both = { words: { 'zh-CN': '望京停水', en: 'No water in Wangjing' } }
    expect(['zh-CN', 'yue', 'en', 'fr'].map(language => wordsIn(both, language))).toEqual([
      '望京停水',
      '望京停水',
      'No water in Wangjing',
      undefined,
    ])
    expect(wordsIn({ words: { 'zh-CN': '望京停水' } }, 'en')).toBeUndefined()
  })
})
