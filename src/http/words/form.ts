/** A text of a fault by its form, and what it says in Chinese; parts of the form are given as they stand. */
export type Form = readonly [RegExp, (...parts: string[]) => string]

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

export const is = (english: string, chinese: string): Form => [
  new RegExp(`^${escaped(english)}$`),
  () => chinese,
]

/** The same, with a code of the system's behind it. */
export const coded = (english: string, chinese: string): Form => [
  new RegExp(`^${escaped(english)}(?: \\(([^()]+)\\))?$`),
  code => (code ? `${chinese}（${code}）` : chinese),
]

/** `a, b or c`, as Chinese lists it. */
export const listed = (words: string) => words.split(/, | or | and /).join('、')

export const bounds: Readonly<Record<string, string>> = {
  exactly: '正好',
  'at most': '最多',
  'at least': '至少',
  'less than': '小于',
  'more than': '大于',
}
