import { createHmac, timingSafeEqual } from 'node:crypto'

/** RFC 6238, section 4, with what every authenticator app takes: SHA-1, 30 s, six digits. */
const stepMs = 30_000
const digits = 6
/** A clock that is a step off, or a code that was typed slowly (section 5.2). */
const driftSteps = 1
export const secretBytes = 20

export const stepAt = (ms: number): number => Math.floor(ms / stepMs)

/** RFC 4226, section 5.3. @param hash for the vectors of RFC 6238, which has others, too */
export function codeAt(secret: Uint8Array, step: number, length = digits, hash = 'sha1'): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac(hash, secret).update(counter).digest()
  const offset = (mac.at(-1) ?? 0) & 0xf
  const binary = mac.readUInt32BE(offset) & 0x7fff_ffff
  return String(binary % 10 ** length).padStart(length, '0')
}

/**
 * @param lastStep of the code that was taken last: no code is taken twice (section 5.2)
 * @returns the step of a code that is good now
 */
export function stepOfCode(
  secret: Uint8Array,
  code: string,
  nowMs: number,
  lastStep: number,
): number | undefined {
  const now = stepAt(nowMs)
  for (let step = now - driftSteps; step <= now + driftSteps; step++)
    if (step > lastStep && isSame(codeAt(secret, step), code)) return step
  return undefined
}

const isSame = (one: string, other: string) =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))

/** RFC 4648, section 6, without padding. */
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
export function base32(bytes: Uint8Array): string {
  let text = ''
  let bits = 0
  let held = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    for (; bits >= 5; bits -= 5) text += alphabet[(held >> (bits - 5)) & 31]
    held &= (1 << bits) - 1
  }
  return bits === 0 ? text : text + alphabet[(held << (5 - bits)) & 31]
}

/** What an app reads from the picture (Key Uri Format of Google Authenticator). */
export function uriOf(secret: string, issuer: string, account: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(issuer)}`
}
