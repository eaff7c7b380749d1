import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject } from 'node:crypto'
import { readOrMakeKey } from '../storage/index.ts'

/** Two keys derived from one secret that the database does not hold. */
type SigningKeys = {
  /** The key of events' MACs: access to the database alone is not enough to write events. */
  readonly mac: Uint8Array
  /** An Ed25519 key (RFC 8032): with the public half anybody can verify seals, but not make them. */
  readonly seal: KeyObject
}

export type LedgerKeys = SigningKeys & {
  /** Earlier keys, latest first, for what they have written up to the first seal of their successor. */
  readonly older: readonly SigningKeys[]
  /** The key of the hashes that stand for phone numbers in the audit trail and in holds. It never changes, so that they can still be found. */
  readonly mark: Uint8Array
}

/** The prefix that turns the 32 bytes of an Ed25519 key into PKCS #8 (RFC 8410, section 7). */
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

/** @param older earlier secrets, latest first */
export const ledgerKeys = (secret: Uint8Array, older: readonly Uint8Array[] = []): LedgerKeys => ({
  ...signingKeys(secret),
  older: older.map(signingKeys),
  mark: derived(older.at(-1) ?? secret, 'mark'),
})

/** All keys, latest first. */
export const allKeys = (keys: LedgerKeys): readonly SigningKeys[] => [keys, ...keys.older]

/** The public key as SPKI in PEM, which OpenSSL reads. */
export const publicKeyOf = ({ seal }: Pick<SigningKeys, 'seal'>): string =>
  createPublicKey(seal).export({ format: 'pem', type: 'spki' }).toString()

/**
 * Reads the secret, or makes it at the first start if the environment gives none. A secret that cannot be saved is reported,
 * because after this process its events could not be told from forged ones.
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
