/** A number of which one sees that it is the same one, and cannot ring it: 138****8001. */
export function maskedNumber(number: string): string {
  const head = Math.max(0, Math.min(3, number.length - 8))
  const tail = Math.min(4, Math.floor(number.length / 2))
  return `${number.slice(0, head)}****${number.slice(number.length - tail)}`
}

/** People write them in groups, and with their country: 138-0013-8000, +86 138 0013 8000. */
const apart = '[\\s.\\-–()]{0,2}'
const mobile = `1[3-9]\\d(?:${apart}\\d){8}`
const country = `(?:(?:\\+|00)?86${apart})?`

/** @returns what masks these numbers in a text, and whatever else there looks like somebody's mobile telephone */
export function masksNumbers(known: readonly string[]): (text: string) => string {
  const spelled = known.flatMap(number => {
    const digits = number.replace(/\D/g, '')
    // Three digits are somebody's house.
    return digits.length < 5 ? [] : [`\\+?${[...digits].join(apart)}`]
  })
  const all = new RegExp(`(?<!\\d)(?:${[...spelled, `${country}${mobile}`].join('|')})(?!\\d)`, 'g')
  return text => text.replace(all, found => maskedNumber(bare(found.replace(/\D/g, ''))))
}

/** Eleven digits of a mobile telephone, without the country before them. */
const bare = (digits: string) => digits.replace(/^(?:00)?86(?=1[3-9]\d{9}$)/, '')
