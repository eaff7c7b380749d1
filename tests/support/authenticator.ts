/** A telephone's app that was shown a secret, and tells codes by it (RFC 6238). */
import { codeAt, stepAt } from '../../src/staff/factors/totp.ts'

/** RFC 4648, section 6. */
export function bytesOf(secret: string): Buffer {
  const bits = [...secret].map(letter =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  )
  return Buffer.from(
    bits
      .join('')
      .match(/.{8}/g)
      ?.map(byte => Number.parseInt(byte, 2)) ?? [],
  )
}

/** @param nowMs the hotline's clock */
export const appWith =
  (secret: string, nowMs = Date.now) =>
  (offSteps = 0) =>
    codeAt(bytesOf(secret), stepAt(nowMs()) + offSteps)
