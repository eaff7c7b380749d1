import { describe, expect, it } from 'vitest'
import { knowledgeEventKinds, knowledgeStates } from '../../src/knowledge/api.ts'
import { diffOf, timesOf } from '../../src/knowledge/entry.ts'
import { knowledgeMoves, standingOf } from '../../src/knowledge/entry-state.ts'
import { keptWords } from '../../src/knowledge/holdings.ts'
import { mayOf } from '../../src/knowledge/permit.ts'
import { synonymsIn } from '../../src/knowledge/synonyms.ts'
import { boss, heating, wang } from './house.ts'

describe('a version', () => {
  it('goes where the table says and nowhere else; what was withdrawn stays so', () => {
    const table = knowledgeStates.map(state => [
      state,
      knowledgeEventKinds.flatMap(kind => {
        const to = knowledgeMoves[state][kind]
        return to ? [`${kind} -> ${to}`] : []
      }),
    ])
    expect(Object.fromEntries(table)).toEqual({
      draft: ['changed -> draft', 'submitted -> in-review', 'shipped -> published'],
      'in-review': ['changed -> draft', 'sent-back -> draft', 'published -> published'],
      published: ['withdrawn -> withdrawn'],
      withdrawn: [],
    })
  })

  it('is current from its first moment to its last and no longer', () => {
    const version = { state: 'published', version: 2, fromMs: 100, untilMs: 200 } as const
    expect([99, 100, 199, 200].map(nowMs => standingOf(version, 2, nowMs))).toEqual([
      'coming',
      'current',
      'current',
      'expired',
    ])
    expect(standingOf(version, 3, 200)).toBe('replaced')
  })

  it('says what of it is another, field by field', () => {
    const other = { ...heating, papers: ['身份证', '房产证'], law: '办法' }
    expect(diffOf(heating, other).changes).toEqual([
      { field: 'papers', before: '供暖缴费凭证', after: '身份证\n房产证' },
      { field: 'law', before: '', after: '办法' },
    ])
  })

  it('knows days of the calendar from those that look like them', () => {
    const of = (validUntil: string) => timesOf({ validUntil }, 'Asia/Shanghai').untilMs
    expect(of('2026-01-05')).toBe(Date.UTC(2026, 0, 5, 16))
    expect(of('2026-02-29')).toBeNaN()
  })

  it('may be used by agents while it is current, and by units never', () => {
    const entry = {
      unit: 'heating',
      newest: 'current',
      authors: [],
      isPublished: true,
      isCurrent: true,
    } as const
    expect(mayOf({ name: 's1', role: 'seat' }, entry)).toEqual(['use'])
    expect(mayOf(wang, entry)).toEqual(['change', 'withdraw'])
    expect(mayOf(boss, { ...entry, isCurrent: false })).toEqual(['change', 'withdraw'])
  })
})

it('keeps of words that found nothing no number, however it is written', () => {
  expect(keptWords('查13800138000的 社保，一三八零零一三八零零零，a@b.cn，１２３４５')).toBe(
    '查#的 社保,#,#,#',
  )
  expect(keptWords('很'.repeat(100))).toHaveLength(40)
})

it('refuses a synonym of one character, and names its line', () => {
  expect(synonymsIn('社保 社会保险 # 注\n\n', 's.txt')).toEqual([['社保', '社会保险']])
  for (const text of ['# a\n社 保险', '社保'])
    expect(() => synonymsIn(text, 's.txt')).toThrow(expect.objectContaining({ code: 'knowledge-file' }))
})
