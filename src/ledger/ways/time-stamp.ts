import { createHash, randomBytes } from 'node:crypto'
import { Fault, reasonOf } from '../../foundation/index.ts'
import type { SealWay } from '../way.ts'

const deadlineMs = 10_000

/**
 * A time-stamping authority (RFC 3161), whose answer proves that the seal existed at that moment. We check only that the
 * stamp was granted for our hash and nonce. Its signature can be checked by anyone who trusts the authority:
 * `openssl ts -verify -data TEXT -in STAMP -CAfile AUTHORITY`.
 */
export const timeStampWay = (url: string): SealWay => ({
  name: 'time-stamp',
  async send({ text }) {
    const hash = createHash('sha256').update(text).digest()
    const nonce = randomBytes(8)
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/timestamp-query' },
      body: requestFor(hash, nonce),
      signal: AbortSignal.timeout(deadlineMs),
      redirect: 'error',
    }).catch((error: unknown) => {
      throw awayFault(reasonOf(error))
    })
    if (!answer.ok) throw awayFault(`status ${answer.status}`)
    const stamp = Buffer.from(await answer.arrayBuffer())
    if (!isGranted(stamp)) throw awayFault('no granted stamp')
    if (!stamp.includes(hash) || !stamp.includes(integer(nonce)))
      throw awayFault('a stamp for something else')
    return stamp.toString('base64')
  },
})

/** A DER element: tag, length, content (X.690). Contents here are at most 127 bytes long. */
const der = (tag: number, content: Uint8Array) => Buffer.concat([Buffer.from([tag, content.length]), content])
/** A positive DER integer: a leading zero keeps it positive, and DER allows none that is not needed. */
const integer = (bytes: Uint8Array) => {
  const first = bytes.findIndex(byte => byte !== 0)
  const digits = first < 0 ? Buffer.from([0]) : bytes.subarray(first)
  return der(0x02, (digits[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), digits]) : digits)
}
/** id-sha256, 2.16.840.1.101.3.4.2.1, with absent parameters as NULL. */
const sha256 = Buffer.from('300d06096086480165030402010500', 'hex')

/**
 *     TimeStampReq ::= SEQUENCE { version 1, messageImprint { sha256, hash }, nonce INTEGER, certReq TRUE }
 */
export const requestFor = (hash: Uint8Array, nonce: Uint8Array): Buffer =>
  der(
    0x30,
    Buffer.concat([
      integer(Buffer.from([1])),
      der(0x30, Buffer.concat([sha256, der(0x04, hash)])),
      integer(nonce),
      Buffer.from('0101ff', 'hex'),
    ]),
  )

/** TimeStampResp begins with PKIStatusInfo ::= SEQUENCE { status INTEGER … }: 0 granted, 1 granted with changes. */
export function isGranted(response: Buffer): boolean {
  const outer = contentAt(response, 0)
  const status = outer !== undefined ? contentAt(response, outer) : undefined
  return status !== undefined && response[status] === 0x02 && (response[status + 2] ?? 9) <= 1
}

/** The offset of the content of the SEQUENCE at this offset. */
function contentAt(bytes: Buffer, at: number): number | undefined {
  const length = bytes[at + 1]
  if (bytes[at] !== 0x30 || length === undefined) return undefined
  return at + 2 + (length < 0x80 ? 0 : length & 0x7f)
}

const awayFault = (found: string) =>
  new Fault({ code: 'seal-not-sent', place: 'LEDGER_TIME_STAMPS', found, expected: 'a granted time stamp' })
