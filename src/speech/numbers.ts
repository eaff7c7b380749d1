import { forLanguage } from './language.ts'
import type { Language } from './synthesizer.ts'

type Reading = {
  /** Zero to nine as said one by one. */
  readonly digits: readonly string[]
  /** Between two digits, and between two groups, where the voice pauses. */
  readonly joiner: string
  readonly pause: string
  count(count: number): string
  time(hour: number, minute: number): string
}

const chinese: Reading = {
  // 幺, as on any telephone: 一 and 七 sound alike there.
  digits: [...'零幺二三四五六七八九'],
  joiner: '',
  pause: '，',
  count: count => (count === 2 ? '两' : cardinal(count)),
  time(hour, minute) {
    const minutes = minute === 0 ? '整' : `${minute < 10 ? '零' : ''}${cardinal(minute)}分`
    return `${chinese.count(hour)}点${minutes}`
  },
}

const english: Reading = {
  digits: ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'],
  joiner: ' ',
  pause: ', ',
  count: String,
  time(hour, minute) {
    const minutes = minute === 0 ? '' : minute < 10 ? ` oh ${minute}` : ` ${minute}`
    return `${hour % 12 || 12}${minutes} ${hour < 12 ? 'a.m.' : 'p.m.'}`
  },
}

/** How each language reads numbers; another is a line here. What is not here is read as Chinese. */
const readings: Readonly<Record<Language, Reading>> = { 'zh-CN': chinese, en: english }
const readingFor = (language: Language) => forLanguage(readings, language) ?? chinese

/**
 * A number as one takes it down: character by character in groups of three or four, the shorter first, as telephone
 * numbers are written (138 0013 8000). Letters are named, whatever is neither is left out.
 */
export function readDigits(number: string, language: Language): string {
  const { digits, joiner, pause } = readingFor(language)
  const said = [...number.toUpperCase().matchAll(/[A-Z]|\d/g)].map(([sign]) => digits[Number(sign)] ?? sign)
  return groups(said)
    .map(group => group.join(joiner))
    .join(pause)
}

/** How many: `三` of `前面还有三位`, `两` and not `二`. @param count whole, 0 to 9999. */
export const readCount = (count: number, language: Language): string => readingFor(language).count(count)

/** The time of day. @param hour 0 to 23. */
export const readTime = (hour: number, minute: number, language: Language): string =>
  readingFor(language).time(hour, minute)

function groups(signs: readonly string[]): string[][] {
  const most = 4
  const count = Math.ceil(signs.length / most)
  const least = Math.floor(signs.length / count)
  const shorter = count - (signs.length % count)
  return Array.from({ length: count }, (_, group) => {
    const start = group * least + Math.max(0, group - shorter)
    return signs.slice(start, start + least + (group < shorter ? 0 : 1))
  })
}

const units = ['', '十', '百', '千']

/** 0 to 9999 in Chinese: places with their units, a run of zeros within said once, 十 and not 一十 below twenty. */
function cardinal(count: number): string {
  if (count === 0) return '零'
  const places = [...String(count)].map(Number)
  const said = places.map((digit, at) =>
    digit === 0 ? '零' : `${'零一二三四五六七八九'[digit]}${units[places.length - 1 - at]}`,
  )
  return said.join('').replace(/零+/g, '零').replace(/零$/, '').replace(/^一十/, '十')
}
