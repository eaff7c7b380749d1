import { describe, expect, it } from 'vitest'
import { createCalendar, exampleCity, instantOf } from '../../src/city/index.ts'
import { dueWords } from '../../src/ivr/due.ts'

const calendar = createCalendar(exampleCity)
const at = (time: string) => instantOf(time, exampleCity.timeZone)
const said = (language: string, due: string) =>
  dueWords(language, { nowMs: at('2026-01-05 23:50'), dueAtMs: at(due) }, calendar)

describe('by when somebody is rung', () => {
  it.each([
    ['zh-CN', '2026-01-05 23:55', '今天23点55分'],
    ['zh-CN', '2026-01-06 09:00', '明天9点'],
    ['zh-CN', '2026-01-12 09:30', '1月12日9点30分'],
    ['zh-CN', '2026-01-06 00:00', '今晚12点'],
    ['zh-CN', '2026-01-07 00:00', '明晚12点'],
    ['zh-CN', '2026-01-08 00:00', '1月7日24点'],
    ['yue', '2026-01-06 09:05', '听日9点5分'],
    ['yue', '2026-01-07 00:00', '听晚12点'],
    ['en', '2026-01-05 23:55', '23:55 today'],
    ['en', '2026-01-06 09:00', '9:00 tomorrow'],
    ['en', '2026-02-01 09:05', '9:05 on 1 February'],
    ['en', '2026-01-06 00:00', 'the end of today'],
    ['en', '2026-01-07 00:00', 'the end of tomorrow'],
    ['en', '2026-02-01 00:00', 'the end of 31 January'],
  ])('is said in %s of %s as %s', (language, due, words) => {
    expect(said(language, due)).toBe(words)
  })

  it('is not said in a language that has no words for it', () => {
    expect(said('ug', '2026-01-06 09:00')).toBeUndefined()
  })
})
