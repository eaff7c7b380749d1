import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { z } from 'zod'
import { headSchema, type Seal } from './api.ts'
import { allKeys, type LedgerKeys, publicKeyOf } from './keys.ts'

const sealedHead = headSchema.extend({
  /** Events up to this position existed before the ledger. */
  adopted: z.number(),
  adoptedAtMs: z.number().optional(),
})
export type SealedHead = z.output<typeof sealedHead>

/**
 * In the first seal of a new key, the previous key confirms its successor, so that anybody who knows the first public key
 * can follow the chain to the latest.
 */
const handover = z.object({
  /** Public keys, SPKI in PEM. */
  from: z.string(),
  to: z.string(),
  /** Signature of `handoverText` by `from`, Ed25519 in base64url. */
  signature: z.string(),
})
type Handover = z.output<typeof handover>

const sealText = z.object({
  n: z.number(),
  atMs: z.number(),
  /** SHA-256 of the previous seal's text. */
  previous: z.string(),
  heads: z.array(sealedHead),
  handover: handover.optional(),
})
export type SealText = z.output<typeof sealText>

export const hashOfSeal = ({ text }: Pick<Seal, 'text'>): string =>
  createHash('sha256').update(text).digest('hex')

const handoverText = (to: string, previous: string) =>
  Buffer.from(['jieting ledger handover', to, previous].join('\n'))

/** @param age index of the previous key among all keys @param previous hash of the last seal made with it */
export function handOver(keys: LedgerKeys, age: number, previous: string): Handover | undefined {
  const before = allKeys(keys)[age]
  if (!before || age === 0) return undefined
  const to = publicKeyOf(keys)
  const signature = sign(null, handoverText(to, previous), before.seal).toString('base64url')
  return { from: publicKeyOf(before), to, signature }
}

/** Whether a seal properly continues one made with another key. */
export function isHandedOver(keys: LedgerKeys, age: number, { text, age: now }: ReadSeal): boolean {
  const [before, after] = [allKeys(keys)[age], allKeys(keys)[now]]
  const { handover: said, previous } = text
  if (!before || !after || now > age || said?.from !== publicKeyOf(before) || said.to !== publicKeyOf(after))
    return false
  const signature = Buffer.from(said.signature, 'base64url')
  return verify(null, handoverText(said.to, previous), createPublicKey(before.seal), signature)
}

export function makeSeal(key: KeyObject, what: SealText): Seal {
  const text = JSON.stringify(what)
  return { n: what.n, text, signature: sign(null, Buffer.from(text), key).toString('base64url') }
}

/** The public key that made a seal, or the current one if none of our keys did. */
export const signerOf = (keys: LedgerKeys, seal: Seal): string =>
  publicKeyOf(allKeys(keys)[readSeal(keys, seal)?.age ?? 0] ?? keys)

export type ReadSeal = {
  readonly text: SealText
  /** Index of the key that made it among all keys; 0 for the current one. */
  readonly age: number
}

/** Reads a seal; undefined if this installation did not make it. */
export function readSeal(keys: LedgerKeys, { n, text, signature }: Seal): ReadSeal | undefined {
  const signed = Buffer.from(signature, 'base64url')
  const age = allKeys(keys).findIndex(({ seal }) =>
    verify(null, Buffer.from(text), createPublicKey(seal), signed),
  )
  if (age < 0) return undefined
  const read = sealText.safeParse(JSON.parse(text))
  return read.success && read.data.n === n ? { text: read.data, age } : undefined
}
