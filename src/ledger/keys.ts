import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject } from 'node:crypto'

/** Both from one secret that the database does not hold. */
export type LedgerKeys = {
  /** Of each event's MAC: who has the database alone can write none. */
  readonly mac: Uint8Array
  /** Ed25519 (RFC 8032): whoever has the public half can check a seal, and make none. */
  readonly seal: KeyObject
  /** Of the marks that stand for numbers in the audit trail. */
  readonly mark: Uint8Array
}

/** PKCS #8 of an Ed25519 key is this and its 32 bytes (RFC 8410, section 7). */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex')

export function ledgerKeys(secret: Uint8Array): LedgerKeys {
  const derived = (what: string) => Buffer.from(hkdfSync('sha256', secret, '', `jieting ledger ${what}`, 32))
  return {
    mac: derived('mac'),
    mark: derived('mark'),
    seal: createPrivateKey({
      key: Buffer.concat([pkcs8, derived('seal')]),
      format: 'der',
      type: 'pkcs8',
    }),
  }
}

/** The public half, SPKI in PEM, as OpenSSL reads it. */
export const publicKeyOf = ({ seal }: LedgerKeys): string =>
  createPublicKey(seal).export({ format: 'pem', type: 'spki' }).toString()
