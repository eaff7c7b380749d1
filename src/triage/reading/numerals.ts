/** Figures as people say and write them. */

const digits: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  幺: 1,
  二: 2,
  两: 2,
  俩: 2,
  三: 3,
  仨: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
}
const units: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000, 万: 1e4, 亿: 1e8 }

/** For patterns: a figure, in digits or in words. */
export const numeral =
  '(?:\\d+(?:\\.\\d+)?[百千万亿]?|[零〇一二两三四五六七八九十百千万亿]+(?:点[零〇一二三四五六七八九]+)?)'

/** A digit, said alone: 幺 is how a 1 is spoken on the telephone. */
export const digitOf = (character: string): number | undefined =>
  /\d/.test(character) ? Number(character) : digits[character]

/**
 * The number that a figure means: `3.5万`, `三千五` (3500), `十四点五`; undefined where it is no one number (`十四五`, `三四`).
 */
export function numberIn(figure: string): number | undefined {
  const written = /^(\d+(?:\.\d+)?)([百千万亿]?)$/.exec(figure)
  if (written) return Math.round(Number(written[1]) * (units[written[2]!] ?? 1) * 100) / 100
  const [whole = '', part] = figure.split('点')
  const value = wholeIn(whole)
  if (value === undefined || part === undefined) return value
  return Number(`${value}.${[...part].map(digitOf).join('')}`)
}

function wholeIn(figure: string): number | undefined {
  let [sum, section, digit, last] = [0, 0, undefined as number | undefined, 0]
  let afterNought = false
  for (const character of figure) {
    const found = digitOf(character)
    if (found !== undefined) {
      // Two digits side by side are a telephone number, a year, or "three or four".
      if (digit !== undefined) return undefined
      if (found === 0) afterNought = true
      else digit = found
      continue
    }
    const unit = units[character]
    if (unit === undefined) return undefined
    if (unit >= 1e4) {
      if (sum + section + (digit ?? 0) === 0) return undefined
      const own = section + (digit ?? 0)
      // 一亿三千万 is 亿 and 万 beside each other, 一万亿 one times the other.
      sum = unit === 1e8 ? (sum + own) * unit : sum + own * unit
      section = 0
    } else {
      if (digit === undefined && !(unit === 10 && section === 0)) return undefined
      if (last > 0 && last < 1e4 && unit >= last) return undefined
      section += (digit ?? 1) * unit
    }
    last = unit
    digit = undefined
    afterNought = false
  }
  // 三千五 is 3500, and 两万三 is 23000.
  const tail = digit === undefined ? 0 : afterNought || last <= 10 ? digit : digit * (last / 10)
  return figure === '' ? undefined : sum + section + tail
}
