/** A masked number, such as 138****8001: recognizable, but it cannot be rung. */
export function maskedNumber(number: string): string {
  const head = Math.max(0, Math.min(3, number.length - 8))
  const tail = Math.min(4, Math.floor(number.length / 2))
  return `${number.slice(0, head)}****${number.slice(number.length - tail)}`
}

/** The ways to write each digit: ASCII, full-width, Chinese numerals, circled. */
const written = [
  '0０零〇○⓪',
  '1１一幺壹①',
  '2２二两贰②',
  '3３三叁③',
  '4４四肆④',
  '5５五伍⑤',
  '6６六陆⑥',
  '7７七柒⑦',
  '8８八捌⑧',
  '9９九玖⑨',
]
const digitOf = new Map(written.flatMap((signs, digit) => [...signs].map(sign => [sign, String(digit)])))
const signOf = (digit: number) => `[${written[digit]}]`
const any = `[${written.join('')}]`
const from = (least: number) => `[${written.slice(least).join('')}]`

/** Separators within written numbers, with or without country code: 138-0013-8000, +86 138 0013 8000, １３８ ００１３ ８０００. */
const apart = '[\\s.．·•_/\\-‐‑–—−－()（）\\u200b]{0,3}'
const spelledOut = (parts: readonly string[]) => parts.join(apart)
const digits = (count: number) => Array.from({ length: count }, () => any)
const mobile = spelledOut([signOf(1), from(3), ...digits(9)])
/** A landline number with its area code: 010-62345678, (0311) 6234567. */
const landline = `(?:${signOf(0)}|(?:[+＋]|${signOf(0)}{2})${signOf(8)}${signOf(6)})${apart}(?:${[
  spelledOut([signOf(1), signOf(0), from(2), ...digits(7)]),
  spelledOut([signOf(2), any, from(2), ...digits(7)]),
  `${spelledOut([from(3), ...digits(2), from(2), ...digits(6)])}(?:${apart}${any})?`,
].join('|')})`
const country = `(?:(?:[+＋]|${signOf(0)}{2})?${signOf(8)}${signOf(6)}${apart})?`

/** @returns a function that masks in a text the given numbers and anything else that looks like a telephone number */
export function masksNumbers(known: readonly string[]): (text: string) => string {
  const spelled = known.flatMap(number => {
    const plain = number.replace(/\D/g, '')
    // People with a landline often leave out the area code.
    return [plain, plain.replace(/^0(?:10|2\d|[3-9]\d\d)(?=[2-9]\d{6,7}$)/, '')]
      .filter(each => each.length >= 5) // Three digits may be a house number.
      .map(each => `[+＋]?${spelledOut([...each].map(digit => signOf(Number(digit))))}`)
  })
  const all = new RegExp(
    `(?<![0-9０-９])(?:${[...new Set(spelled), `${country}${mobile}`, landline].join('|')})(?![0-9０-９])`,
    'g',
  )
  return text => text.replace(all, found => maskedNumber(bare(figuresIn(found))))
}

const figuresIn = (text: string) => [...text].map(sign => digitOf.get(sign) ?? '').join('')

/** Strips the country code from an eleven-digit mobile number. */
const bare = (plain: string) => plain.replace(/^(?:00)?86(?=1[3-9]\d{9}$)/, '')
