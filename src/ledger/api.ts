import { z } from 'zod'

/** The audit over HTTP: whether the reported data matches what happened. */

const count = z.int().min(0)

export const headSchema = z.object({
  room: z.string(),
  seq: count,
  hash: z.string(),
})

/**
 * The signed heads of all chains at one moment. `text` is signed byte by byte (Ed25519, RFC 8032). Each seal contains the
 * hash of the previous one, so that none can be left out.
 */
export const sealSchema = z.object({
  n: z.int().min(1),
  text: z.string(),
  signature: z.string().describe('Ed25519 over `text`, base64url'),
  stamp: z
    .string()
    .nullable()
    .optional()
    .describe('A time stamp over SHA-256 of `text` (RFC 3161), DER in base64'),
})

export const breakKinds = [
  'changed', // an event is another than was chained
  'forged', // it is chained, and not by this house: its MAC is wrong or absent
  'link', // a hash of a chain does not follow from the one before
  'missing', // there is a gap in a chain
  'event-missing', // something happened, and what it was is gone without an erasure
  'unchained', // an event that is in no chain
  'head', // a chain ends elsewhere than its head says
  'anchor', // a head that was sealed, or noted once, is in no chain
  'seal', // a seal that this house did not make, or that is not in its place
  'column', // a column that is reported says something else than happened
  'column-unknown', // a column that no rebuilding knows
  'row-missing', // what happened has no row
  'row-unexpected', // a row that nothing of what happened made
  'history', // what happened cannot have happened in this order
] as const

export const breakSchema = z
  .object({
    what: z.enum(breakKinds),
    room: z.string(),
    seq: count.optional().describe('Where in the chain of the room'),
    stream: z.string().optional().describe('The order, survey or member that it is about'),
    table: z.string().optional(),
    column: z.string().optional(),
  })
  .describe('Something that is not as it was written; never what stands there')

export const auditSchema = z
  .object({
    rooms: z.array(
      z.object({
        room: z.string(),
        events: count,
        erased: count.describe('Events that are gone with an erasure; that they were is still chained'),
        head: headSchema.describe(
          'Where its chain ends: noted elsewhere, it proves later that nothing was cut off',
        ),
        adopted: z
          .object({ events: count, atMs: z.number() })
          .optional()
          .describe(
            'Events from before there was a ledger: what became of them until they were chained nobody can prove',
          ),
        rows: z.record(z.string(), count).describe('Rows that were rebuilt and compared, by table'),
      }),
    ),
    seals: z.object({
      checked: count,
      lastAtMs: z.number().optional(),
      stamped: count.describe('Those that a time-stamping authority stamped'),
    }),
    breaks: z.array(breakSchema).describe('None when all is well; of very many the first hundred'),
  })
  .describe('Whether what is reported is what happened')

export const sealListSchema = z.object({
  publicKey: z.string().describe('Ed25519, SPKI in PEM'),
  olderPublicKeys: z
    .array(z.string())
    .readonly()
    .describe('Of the keys before it, the latest first; the first seal of each key names the one before it'),
  seals: z.array(sealSchema),
})

export const anchorsSchema = z.object({
  heads: z.array(headSchema).readonly().describe('Heads of an earlier audit').default([]),
})

export type ChainHead = Readonly<z.output<typeof headSchema>>
export type Break = Readonly<z.output<typeof breakSchema>>
export type Seal = Readonly<z.output<typeof sealSchema>>
export type SealList = z.output<typeof sealListSchema>
export type Audit = z.output<typeof auditSchema>
export type RoomAudit = Audit['rooms'][number]
