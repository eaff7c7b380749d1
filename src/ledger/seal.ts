import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { z } from 'zod'
import { headSchema, type Seal } from './api.ts'

const sealedHead = headSchema.extend({
  /** Up to here events were there before the ledger. */
  adopted: z.number(),
  adoptedAtMs: z.number().optional(),
})
export type SealedHead = z.output<typeof sealedHead>

const sealText = z.object({
  n: z.number(),
  atMs: z.number(),
  /** SHA-256 of the text of the seal before it. */
  previous: z.string(),
  heads: z.array(sealedHead),
})
export type SealText = z.output<typeof sealText>

export const hashOfSeal = ({ text }: Pick<Seal, 'text'>): string =>
  createHash('sha256').update(text).digest('hex')

export function makeSeal(key: KeyObject, what: SealText): Seal {
  const text = JSON.stringify(what)
  return { n: what.n, text, signature: sign(null, Buffer.from(text), key).toString('base64url') }
}

/** What a seal says; undefined where this house did not make it. */
export function readSeal(key: KeyObject, { n, text, signature }: Seal): SealText | undefined {
  if (!verify(null, Buffer.from(text), createPublicKey(key), Buffer.from(signature, 'base64url')))
    return undefined
  const read = sealText.safeParse(JSON.parse(text))
  return read.success && read.data.n === n ? read.data : undefined
}
