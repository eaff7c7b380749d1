import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { Fault } from '../../foundation/index.ts'

const cipher = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16

/** Keeps what the database is not to know. */
export type SecretSealing = {
  /** @param place where it lies: what was sealed for one place opens at no other */
  seal(plain: Uint8Array, place: string): string
  /** @throws Fault `factor-sealed` */
  open(sealed: string, place: string): Uint8Array
}

/**
 * @param key 32 bytes, the same as seal the cookies: of them another key is made
 * @param older those before it, which still open what they have sealed
 */
export function createSealing(key: Uint8Array, older: readonly Uint8Array[] = []): SecretSealing {
  const derived = (from: Uint8Array) =>
    Buffer.from(hkdfSync('sha256', from, new Uint8Array(), 'jieting second factors', 32))
  const own = derived(key)
  const all = [own, ...older.map(derived)]
  return {
    seal(plain, place) {
      const nonce = randomBytes(nonceBytes)
      const sealing = createCipheriv(cipher, own, nonce).setAAD(Buffer.from(place))
      return Buffer.concat([nonce, sealing.update(plain), sealing.final(), sealing.getAuthTag()]).toString(
        'base64url',
      )
    },
    open(sealed, place) {
      const bytes = Buffer.from(sealed, 'base64url')
      for (const one of all) {
        const plain = opened(one, bytes, place)
        if (plain) return plain
      }
      throw new Fault({
        code: 'factor-sealed',
        place: 'second factor',
        found: 'what another session key has sealed',
        expected: 'the SESSION_KEY of that time, a recovery code, or an administrator who removes it',
      })
    },
  }
}

/** Undefined where another key has sealed it. */
function opened(key: Buffer, bytes: Buffer, place: string): Buffer | undefined {
  try {
    const opening = createDecipheriv(cipher, key, bytes.subarray(0, nonceBytes)).setAAD(Buffer.from(place))
    opening.setAuthTag(bytes.subarray(-tagBytes))
    return Buffer.concat([opening.update(bytes.subarray(nonceBytes, -tagBytes)), opening.final()])
  } catch {
    return undefined
  }
}
