import { randomBytes, randomFillSync } from 'node:crypto'
import { systemClock } from './clocks/system.ts'
import type { Id } from './schema.ts'

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** Random bytes for 100 ids at a time: asking the kernel for each id took longer than making it. */
const pool = new Uint8Array(1000)
let used = pool.length

/**
 * A new id: `prefix_` and 20 Crockford base-32 digits (https://www.crockford.com/base32.html). 48 bits are time in
 * ms and 52 are random, so ids sort by age.
 */
export function newId<Kind extends string>(prefix: Kind, nowMs = systemClock.now()): Id<Kind> {
  let text = ''
  for (let rest = nowMs, digit = 0; digit < 10; digit++, rest = Math.floor(rest / 32)) {
    text = alphabet[rest % 32] + text
  }
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  for (const end = used + 10; used < end; used++) text += alphabet[pool[used]! % 32]
  return `${prefix}_${text}` as Id<Kind>
}

/** A secret of `bits` bits for tokens and nonces, in base64url. */
export function newSecret(bits = 192): string {
  return randomBytes(Math.ceil(bits / 8)).toString('base64url')
}
