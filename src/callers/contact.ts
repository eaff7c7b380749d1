import { z } from 'zod'

declare const vouched: unique symbol

/** A number that may be rung: it rang us, or its owner was verified. Nobody outside chooses whom we dial. */
export type Dialable = string & { readonly [vouched]: true }

/** How a citizen wants to hear from us. Dialling needs a `Dialable`, and only citizens who take calls have one. */
export type Contact =
  | { readonly mode: 'voice'; readonly number: Dialable }
  /** Wants calls at a number that never rang us and is not verified yet: it is texted, and not rung. */
  | { readonly mode: 'unverified'; readonly number: string }
  /** Text messages only: perhaps deaf, perhaps in hiding; never rung. */
  | { readonly mode: 'sms'; readonly number: string }
  /** In sign language, by video; the link is sent by text. */
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

/** @param _because the reason, to be stated where it is known, so that no number becomes dialable unintentionally */
export const dialable = (number: string, _because: 'rang-us' | 'was-verified'): Dialable => number as Dialable

/** Reads contacts that we stored; a number from outside becomes dialable only through `dialable`. */
export const keptContact: z.ZodType<Contact> = z.discriminatedUnion('mode', [
  z.object({ mode: z.literal('voice'), number: z.string().transform(number => number as Dialable) }),
  z.object({ mode: z.literal('unverified'), number: z.string() }),
  z.object({ mode: z.literal('sms'), number: z.string() }),
  z.object({ mode: z.literal('sign'), number: z.string() }),
  z.object({ mode: z.literal('none') }),
])
