import { z } from 'zod'
import { isOneLine, oneLineExpected } from './text.ts'

/** Values that several schemas share. */

declare const kind: unique symbol
/** The id of one kind of thing; an `Id<'call'>` is not an `Id<'seat'>`. */
export type Id<Kind extends string> = string & { readonly [kind]: Kind }

/** Schema of one kind of id, as `newId` makes them. */
export const idSchema = <Kind extends string>() => z.string() as unknown as z.ZodType<Id<Kind>>

export const ms = (description: string) => z.number().describe(description)

/** ITU-T E.164 with its plus, or a short service number that this site allows. */
export const phoneNumber = z
  .string({ error: 'a telephone number' })
  .regex(/^\+?\d{3,15}$/, { error: 'a telephone number of 3 to 15 digits, as +8613800138000 or 12345' })
  .describe('A telephone number: E.164 with its plus, or a short service number')

/** A name for people to read. It must be one line, since it also stands in headers. @param error what is expected */
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

/** The id of an entry in a file of rules. */
export const writtenId = z
  .string({ error: 'a name' })
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, { error: 'lower-case letters, digits and hyphens' })

/** For `superRefine`: every entry in a file of rules has its own id. */
export function eachIdOnce(entries: readonly { readonly id: string }[], context: z.RefinementCtx): void {
  for (const [at, { id }] of entries.entries())
    if (entries.findIndex(other => other.id === id) < at)
      context.addIssue({ code: 'custom', message: 'each id once', input: id, path: [at, 'id'] })
}

/** A file that was uploaded, as it is stored. */
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

/** A file as it is offered; its bytes are streamed when they are read. */
export type OfferedFile = { readonly name: string; readonly bytes: AsyncIterable<Uint8Array> }

/** The languages in which we address people; Chinese first. */
export type Language = 'zh-CN' | 'en'

/** One text in every language; a missing language does not compile. */
export type Words = Readonly<Record<Language, string>>

export const wordsSchema = z.object({ 'zh-CN': z.string(), en: z.string() }).readonly()

/** An act, or each of a union of acts, without the person who does it. */
export type WithoutActor<Act> = Act extends unknown ? Omit<Act, 'by'> : never

/** A part of the service, and whether it is up. */
export const partSchema = z.object({
  part: z.string().describe('Name of the part, as database or sip'),
  up: z.boolean(),
  needed: z.boolean().describe('Whether no call can be taken without it'),
  reason: z.string().describe('What is wrong, while it is down').optional(),
})
export type Part = Readonly<z.output<typeof partSchema>>

/**
 * What a refusal means to the one who asked: malformed, the request could not be read; unsigned, nobody is signed
 * in; conflict, not possible in the present state; away, a part of the service is down; ours, a failure on our
 * side. The others are as named.
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
