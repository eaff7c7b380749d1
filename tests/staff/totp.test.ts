import { describe, expect, it } from 'vitest'
import { makeRecoveryCodes, recoveryMark } from '../../src/staff/factors/recovery.ts'
import { createSealing } from '../../src/staff/factors/sealing.ts'
import { base32, codeAt, stepAt, stepOfCode, uriOf } from '../../src/staff/factors/totp.ts'

const seed = (length: number) => Buffer.from('1234567890'.repeat(7).slice(0, length))

/** RFC 6238, appendix B: seconds, and the codes of SHA-1, SHA-256 and SHA-512. */
const vectors = [
  [59, '94287082', '46119246', '90693936'],
  [1_111_111_109, '07081804', '68084774', '25091201'],
  [1_111_111_111, '14050471', '67062674', '99943326'],
  [1_234_567_890, '89005924', '91819424', '93441116'],
  [2_000_000_000, '69279037', '90698825', '38618901'],
  [20_000_000_000, '65353130', '77737706', '47863826'],
] as const

it.each(vectors)('makes the codes of RFC 6238 at %i s', (seconds, sha1, sha256, sha512) => {
  const step = stepAt(seconds * 1000)
  expect(codeAt(seed(20), step, 8)).toBe(sha1)
  expect(codeAt(seed(32), step, 8, 'sha256')).toBe(sha256)
  expect(codeAt(seed(64), step, 8, 'sha512')).toBe(sha512)
})

// RFC 4226, appendix D.
it.each([...[755224, 287082, 359152, 969429, 338314, 254676, 287922, 162583, 399871, 520489].entries()])(
  'makes the code of RFC 4226 for count %i',
  (count, code) => expect(codeAt(seed(20), count)).toBe(String(code)),
)

describe('a code', () => {
  const atMs = 1_700_000_015_000
  const codeOf = (offMs: number) => codeAt(seed(20), stepAt(atMs + offMs))
  it('is taken a step early and a step late, and no further off', () => {
    const taken = [-60_000, -30_000, 0, 30_000, 60_000].map(off =>
      stepOfCode(seed(20), codeOf(off), atMs, -1),
    )
    const now = stepAt(atMs)
    expect(taken).toEqual([undefined, now - 1, now, now + 1, undefined])
  })
  it('is taken once, and none before it after that', () => {
    const step = stepOfCode(seed(20), codeOf(0), atMs, -1) ?? -1
    expect(stepOfCode(seed(20), codeOf(0), atMs, step)).toBeUndefined()
    expect(stepOfCode(seed(20), codeOf(-30_000), atMs, step)).toBeUndefined()
    expect(stepOfCode(seed(20), codeOf(30_000), atMs, step)).toBe(step + 1)
  })
})

// RFC 4648, section 10.
it.each([
  ['f', 'MY'],
  ['fo', 'MZXQ'],
  ['foo', 'MZXW6'],
  ['foob', 'MZXW6YQ'],
  ['fooba', 'MZXW6YTB'],
  ['foobar', 'MZXW6YTBOI'],
])('writes %s in base32', (text, written) => expect(base32(Buffer.from(text))).toBe(written))

it('tells an app who it is for', () =>
  expect(uriOf('MZXW6', '接听 12345', 'li')).toBe(
    'otpauth://totp/%E6%8E%A5%E5%90%AC%2012345:li?secret=MZXW6&issuer=%E6%8E%A5%E5%90%AC%2012345',
  ))

it('seals a secret for one place and one key', () => {
  const sealing = createSealing(Buffer.alloc(32, 1))
  const sealed = sealing.seal(seed(20), 'totp li')
  expect(sealing.seal(seed(20), 'totp li')).not.toBe(sealed)
  expect(Buffer.from(sealing.open(sealed, 'totp li'))).toEqual(seed(20))
  const isSealed = expect.objectContaining({ code: 'factor-sealed' })
  expect(() => sealing.open(sealed, 'totp wang')).toThrow(isSealed)
  expect(() => createSealing(Buffer.alloc(32, 2)).open(sealed, 'totp li')).toThrow(isSealed)
  expect(() => sealing.open(`${sealed.slice(0, -2)}AA`, 'totp li')).toThrow(isSealed)
})

it('makes ten codes for who loses the device, and knows one however it is typed', () => {
  const codes = makeRecoveryCodes()
  expect(new Set(codes).size).toBe(10)
  for (const code of codes) expect(code).toMatch(/^[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}$/)
  const [code = ''] = codes
  expect(recoveryMark('li', code.toUpperCase().replaceAll('-', ' '))).toBe(recoveryMark('li', code))
  expect(recoveryMark('wang', code)).not.toBe(recoveryMark('li', code))
})
