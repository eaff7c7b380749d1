import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject } from 'node:crypto'
import { readOrMakeKey } from '../storage/index.ts'

/** Both from one secret that the database does not hold. */
type SigningKeys = {
  /** Of each event's MAC: who has the database alone can write none. */
  readonly mac: Uint8Array
  /** Ed25519 (RFC 8032): whoever has the public half can check a seal, and make none. */
  readonly seal: KeyObject
}

export type LedgerKeys = SigningKeys & {
  /** Those that were good before, the latest first: for what they have written, up to the first seal of one after them. */
  readonly older: readonly SigningKeys[]
  /** Of the marks that stand for numbers in the audit trail and of holds: of the oldest, since somebody is found by theirs. */
  readonly mark: Uint8Array
}

/** PKCS #8 of an Ed25519 key is this and its 32 bytes (RFC 8410, section 7). */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex')

const derived = (secret: Uint8Array, what: string) =>
  Buffer.from(hkdfSync('sha256', secret, '', `jieting ledger ${what}`, 32))

const signingKeys = (secret: Uint8Array): SigningKeys => ({
  mac: derived(secret, 'mac'),
  seal: createPrivateKey({
    key: Buffer.concat([pkcs8, derived(secret, 'seal')]),
    format: 'der',
    type: 'pkcs8',
  }),
})

/** @param older secrets before it, the latest first */
export const ledgerKeys = (secret: Uint8Array, older: readonly Uint8Array[] = []): LedgerKeys => ({
  ...signingKeys(secret),
  older: older.map(signingKeys),
  mark: derived(older.at(-1) ?? secret, 'mark'),
})

/** All of them, the latest first: what one has signed or marked says which by its place here. */
export const allKeys = (keys: LedgerKeys): readonly SigningKeys[] => [keys, ...keys.older]

/** The public half, SPKI in PEM, as OpenSSL reads it. */
export const publicKeyOf = ({ seal }: Pick<SigningKeys, 'seal'>): string =>
  createPublicKey(seal).export({ format: 'pem', type: 'spki' }).toString()

/**
 * What no database holds; made at the first start where the environment does not say it. One that cannot be kept is said:
 * after this process nobody could tell its events from forged ones.
 * @throws Fault `key-unreadable`
 */
export async function readLedgerKeys(
  given: string | undefined,
  dataDir: string,
  print: (text: string) => void,
): Promise<LedgerKeys> {
  const { bytes, older, notKept } = await readOrMakeKey(given, dataDir, 'ledger-key', keyExpected)
  if (notKept !== undefined)
    print(
      `账本密钥存不下（${notKept}），本次运行的记录以后无法核验；请设置 LEDGER_KEY / the ledger's key cannot be kept: what happens until the next start cannot be audited later; set LEDGER_KEY`,
    )
  return ledgerKeys(bytes, older)
}

const keyExpected =
  '32 bytes in base64url, as they were: bring the file back from its copy, or set LEDGER_KEY; with another key every event looks forged'
