import { z } from 'zod'
import { isOneLine, oneLineExpected } from './text.ts'

/** Values that stand in more than one shape. */

declare const kind: unique symbol
/** A name for one thing of one kind; an `Id<'call'>` is no `Id<'seat'>`. */
export type Id<Kind extends string> = string & { readonly [kind]: Kind }

/** An id of one kind, as `newId` makes them. */
export const idSchema = <Kind extends string>() => z.string() as unknown as z.ZodType<Id<Kind>>

export const ms = (description: string) => z.number().describe(description)

/** ITU-T E.164 with its plus, or a short service number that this site allows. */
export const phoneNumber = z
  .string({ error: 'a telephone number' })
  .regex(/^\+?\d{3,15}$/, { error: 'a telephone number of 3 to 15 digits, as +8613800138000 or 12345' })
  .describe('A telephone number: E.164 with its plus, or a short service number')

/** A name for people to read: one line, which it may end nowhere, since it stands in headers, too. @param error what is asked for */
export const readableName = (error: string) =>
  z
    .string({ error })
    .min(1, { error })
    .max(64, { error: 'at most 64 characters' })
    .refine(isOneLine, { error: oneLineExpected })

export const flowName = z
  .string({ error: 'the name of a flow' })
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, { error: 'the name of a flow, as its file has it without .yaml' })
  .describe('Name of a flow')

/** What an entry of a file of rules is named by. */
export const writtenId = z
  .string({ error: 'a name' })
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, { error: 'lower-case letters, digits and hyphens' })

/** For `superRefine`: of entries of a file of rules each has an id of its own. */
export function eachIdOnce(entries: readonly { readonly id: string }[], context: z.RefinementCtx): void {
  for (const [at, { id }] of entries.entries())
    if (entries.findIndex(other => other.id === id) < at)
      context.addIssue({ code: 'custom', message: 'each id once', input: id, path: [at, 'id'] })
}

/** A file that somebody gave, as it is kept. */
export const givenFileSchema = z.object({
  hash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe('SHA-256 of its bytes, in hexadecimal; its name in the path'),
  name: z.string().describe('As its owner named it; for people to read, never a path'),
  type: z.string().describe('What its bytes are (RFC 6838), as image/jpeg, whatever its name says'),
  bytes: z.int(),
  asSent: z
    .literal(true)
    .describe('Kept as it was sent, with what it tells of who wrote it: it is signed or encrypted')
    .optional(),
})
export type GivenFile = Readonly<z.output<typeof givenFileSchema>>

/** A file as somebody offers it; its bytes come when they are read. */
export type OfferedFile = { readonly name: string; readonly bytes: AsyncIterable<Uint8Array> }

/** Of people who read what we say; Chinese first. */
export type Language = 'zh-CN' | 'en'

/** One thing to say, in every language: a missing one does not compile. */
export type Words = Readonly<Record<Language, string>>

export const wordsSchema = z.object({ 'zh-CN': z.string(), en: z.string() }).readonly()

/** An act, or each of several, without whom it is done by. */
export type WithoutActor<Act> = Act extends unknown ? Omit<Act, 'by'> : never

/** A part of the house, and whether it is up. */
export const partSchema = z.object({
  part: z.string().describe('Name of the part, as database or sip'),
  up: z.boolean(),
  needed: z.boolean().describe('Whether no call can be taken without it'),
  reason: z.string().describe('What is wrong, while it is down').optional(),
})
export type Part = Readonly<z.output<typeof partSchema>>

/**
 * What a refusal comes to for whoever asked, and no more: malformed, nothing could be read; unsigned, nobody knows who
 * asks; forbidden; missing; wrong-method; conflict, not as things stand; too-big; wrong-type; invalid; too-often; away, a part of the
 * house is down; ours, something broke on our side.
 */
export type FaultKind =
  | 'malformed'
  | 'unsigned'
  | 'forbidden'
  | 'missing'
  | 'wrong-method'
  | 'conflict'
  | 'too-big'
  | 'wrong-type'
  | 'invalid'
  | 'too-often'
  | 'away'
  | 'ours'

/** The refusals of a room: codes, each with its kind. */
export type FaultKinds = Readonly<Record<string, FaultKind>>
