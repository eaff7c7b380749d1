import { z } from 'zod'
import type { CaptionStatus } from './call-captions.ts'
import type { Change } from './line.ts'
import type { ReaderRole } from './passes.ts'
import { mostTyped } from './typing.ts'

/** What a page may send, one JSON message each; whatever else comes is counted, and closes the socket. */
const typing = z.strictObject({
  kind: z.literal('type'),
  /** The page's own count of its lines. */
  line: z.int().min(0).max(100_000),
  /** The whole line as it reads now. */
  text: z.string().max(mostTyped),
  done: z.boolean().optional(),
  /** Once done: have it spoken to the other side. */
  voice: z.boolean().optional(),
})

export const messageOf: Readonly<Record<ReaderRole, z.ZodType<FromPage>>> = {
  citizen: z.discriminatedUnion('kind', [
    typing,
    z.strictObject({ kind: z.literal('person') }),
    z.strictObject({ kind: z.literal('wrong') }),
  ]),
  seat: z.discriminatedUnion('kind', [
    typing,
    z.strictObject({
      kind: z.literal('fix'),
      line: z.int().min(1),
      found: z.string().min(1).max(mostTyped),
      becomes: z.string().max(mostTyped),
      at: z.int().min(0).optional(),
    }),
    z.strictObject({ kind: z.literal('on') }),
  ]),
}

export type FromPage =
  | {
      readonly kind: 'type'
      readonly line: number
      readonly text: string
      readonly done?: boolean | undefined
      readonly voice?: boolean | undefined
    }
  | { readonly kind: 'person' }
  | { readonly kind: 'wrong' }
  | {
      readonly kind: 'fix'
      readonly line: number
      readonly found: string
      readonly becomes: string
      readonly at?: number | undefined
    }
  | { readonly kind: 'on' }

/** Why a page gets no captions. */
export type ReaderRefusal = 'wrong' | 'over' | 'too-many' | 'full' | 'garbage' | 'too-fast'

/** What a page is told. */
export type ToPage =
  /** First of all; times of lines count from `startedAtMs`, wall time. */
  | {
      readonly kind: 'welcome'
      readonly role: ReaderRole
      readonly startedAtMs: number
      readonly code?: string
      readonly link?: string
    }
  | { readonly kind: 'changes'; readonly changes: readonly Change[] }
  | ({ readonly kind: 'status'; readonly readers: number } & CaptionStatus)
  /** A line of the page's own was taken: it goes by this id. */
  | { readonly kind: 'typed'; readonly line: number; readonly id: number }
  /** What a seat asked for could not be done. */
  | { readonly kind: 'refused-fix'; readonly line: number }
  /** Nothing to say: the line is alive. */
  | { readonly kind: 'beat' }
  | { readonly kind: 'refused'; readonly why: ReaderRefusal }

/** Undefined for what is no message of this role's. */
export function readMessage(role: ReaderRole, message: string | Uint8Array): FromPage | undefined {
  if (typeof message !== 'string') return undefined
  try {
    return messageOf[role].safeParse(JSON.parse(message)).data
  } catch {
    return undefined
  }
}
