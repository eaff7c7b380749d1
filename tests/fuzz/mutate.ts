/** Good messages gone bad, the same for the same seed. */

export type Random = {
  /** A whole number from 0 below this one. */
  below(limit: number): number
  of<T>(all: readonly T[]): T
}

/** Mulberry32: small, fast, and the same everywhere. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return { below, of: all => all[below(all.length)]! }
}

/** What parsers trip over: ends, quotes, numbers at their limits, half a letter, nesting, and long runs. */
const pieces = [
  ...[
    '\r\n',
    '\n',
    '\r\n\r\n',
    ' ',
    '\t',
    ';',
    ',',
    '"',
    '\\',
    '<',
    '>',
    ':',
    '@',
    '=',
    '/',
    '?',
    '%',
    '%00',
    '\0',
  ],
  ...['0', '-1', '65535', '65536', '4294967296', '99999999999999999999', '1e999', 'NaN', '0x10', '١٢'],
  ...[
    '{',
    '}',
    '[',
    ']',
    'null',
    'true',
    '{"a":',
    '[[[[[[[[',
    '__proto__',
    'constructor',
    '\\u0000',
    '\\ud800',
  ],
  ...['\xff', '\xc3', '\xed\xa0\x80', '\xd5\x5c', '\xef\xbb\xbf', '中', '😀'].map(text =>
    Buffer.from(text, text > '\xff' ? 'utf8' : 'latin1').toString('latin1'),
  ),
  ...['a'.repeat(300), '('.repeat(200), ' '.repeat(2000), ';x'.repeat(500), '\r\nX: y'.repeat(60)],
].map(text => Buffer.from(text, 'latin1'))

const mostBytes = 60_000

/** One to four changes of a message; now and then only noise. */
export function mutate(random: Random, seeds: readonly Buffer[]): Buffer {
  if (random.below(50) === 0) return noise(random, random.below(400))
  let bytes = random.of(seeds)
  for (let turn = random.below(4); turn >= 0; turn--) bytes = changed(random, bytes, seeds)
  return bytes.subarray(0, mostBytes)
}

const noise = (random: Random, length: number) => Buffer.from(Array.from({ length }, () => random.below(256)))

function changed(random: Random, bytes: Buffer, seeds: readonly Buffer[]): Buffer {
  const at = random.below(bytes.length + 1)
  const until = Math.min(bytes.length, at + random.below(40))
  const around = (middle: Buffer, from = at, to = until) =>
    Buffer.concat([bytes.subarray(0, from), middle, bytes.subarray(to)])
  switch (random.below(9)) {
    case 0:
      return flipped(bytes, at, 1 << random.below(8))
    case 1:
      return around(noise(random, 1 + random.below(4)), at, at + 1)
    case 2:
      return around(random.of(pieces), at, at)
    case 3:
      return around(random.of(pieces))
    case 4:
      return around(Buffer.alloc(0))
    case 5:
      return around(Buffer.concat([bytes.subarray(at, until), bytes.subarray(at, until)]))
    case 6:
      return bytes.subarray(0, at)
    case 7: {
      const other = random.of(seeds)
      return Buffer.concat([bytes.subarray(0, at), other.subarray(random.below(other.length + 1))])
    }
    default:
      return withNumber(random, bytes)
  }
}

function flipped(bytes: Buffer, at: number, bit: number): Buffer {
  const copy = Buffer.from(bytes)
  if (at < copy.length) copy[at] = copy[at]! ^ bit
  return copy
}

const numbers = [
  '0',
  '-1',
  '1',
  '255',
  '256',
  '65535',
  '65536',
  '2147483648',
  '4294967296',
  '9'.repeat(25),
  '1.5',
]

/** One of its numbers becomes another. */
function withNumber(random: Random, bytes: Buffer): Buffer {
  const text = bytes.toString('latin1')
  const found = [...text.matchAll(/\d+/g)]
  if (found.length === 0) return bytes
  const { index, 0: number } = random.of(found)
  return Buffer.from(text.slice(0, index) + random.of(numbers) + text.slice(index + number.length), 'latin1')
}
