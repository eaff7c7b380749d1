/** A pattern for a fault's English text, and its Chinese; captured parts are passed on as they stand. */
export type Form = readonly [RegExp, (...parts: string[]) => string]

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

export const is = (english: string, chinese: string): Form => [
  new RegExp(`^${escaped(english)}$`),
  () => chinese,
]

/** As `is`, with an optional system error code at the end. */
export const coded = (english: string, chinese: string): Form => [
  new RegExp(`^${escaped(english)}(?: \\(([^()]+)\\))?$`),
  code => (code ? `${chinese}（${code}）` : chinese),
]

/** An English list `a, b or c` in Chinese form. */
export const listed = (words: string) => words.split(/, | or | and /).join('、')

export const bounds: Readonly<Record<string, string>> = {
  exactly: '正好',
  'at most': '最多',
  'at least': '至少',
  'less than': '小于',
  'more than': '大于',
}
