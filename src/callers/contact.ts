import { z } from 'zod'

declare const vouched: unique symbol

/** A number that may be rung: it rang us, or somebody made sure whose it is. Nobody outside chooses whom we dial. */
export type Dialable = string & { readonly [vouched]: true }

/**
 * How a citizen wants to hear from us. Only who takes calls has a number that can be dialled at all: dialling takes a
 * `Dialable`, and the others have none.
 */
export type Contact =
  | { readonly mode: 'voice'; readonly number: Dialable }
  /** Wants calls at a number that never rang us, and of which nobody made sure yet: it is sent texts, and not rung. */
  | { readonly mode: 'unverified'; readonly number: string }
  /** Text messages only: may be deaf, may be in hiding; is never rung. */
  | { readonly mode: 'sms'; readonly number: string }
  /** In sign language, over video; the link is sent by text message. */
  | { readonly mode: 'sign'; readonly number: string }
  | { readonly mode: 'none' }

export type ContactMode = Contact['mode']
export const contactModes = [
  'voice',
  'unverified',
  'sms',
  'sign',
  'none',
] as const satisfies readonly ContactMode[]

/** @param _because what makes it so; said where it is known, so that no number becomes dialable by the way. */
export const dialable = (number: string, _because: 'rang-us' | 'was-verified'): Dialable => number as Dialable

/** Reads what this house wrote; a number that comes from outside becomes dialable by `dialable` alone. */
export const keptContact: z.ZodType<Contact> = z.discriminatedUnion('mode', [
  z.object({ mode: z.literal('voice'), number: z.string().transform(number => number as Dialable) }),
  z.object({ mode: z.literal('unverified'), number: z.string() }),
  z.object({ mode: z.literal('sms'), number: z.string() }),
  z.object({ mode: z.literal('sign'), number: z.string() }),
  z.object({ mode: z.literal('none') }),
])
