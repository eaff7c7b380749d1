import { z } from 'zod'
import type { Key } from '../../../media/index.ts'

/**
 * What a page and this line say to each other over their WebSocket. Text is one of the messages below in JSON; bytes
 * are 20 ms of sound each, the same both ways: a page says one every 20 ms from the answer on, also while all is quiet.
 *
 *     0       4                                164
 *     +-------+---------------------------------+
 *     | time  | 160 samples of G.711 A-law      |    time: samples at 8 kHz from any origin, big-endian, wraps
 *     +-------+---------------------------------+
 */
export const timeBytes = 4
export const frameBytes = timeBytes + 160

/** More is no message of ours. */
export const maxMessageBytes = 1024

const fromPage = z.discriminatedUnion('kind', [
  /** `language`: what the page is written in (BCP 47), and its caller greeted in; one that is no tag costs no call. */
  z.object({
    kind: z.literal('ring'),
    to: z.string().regex(/^\d{3,15}$/),
    language: z
      .string()
      .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}$/)
      .optional()
      .catch(undefined),
  }),
  /** Comes back into the call that an earlier page of this caller has. */
  z.object({ kind: z.literal('resume'), key: z.string().max(64) }),
  z.object({ kind: z.literal('key'), key: z.enum([...'0123456789*#'] as Key[]) }),
  /** Takes the call that rings here, or will not. */
  z.object({ kind: z.literal('answer') }),
  z.object({ kind: z.literal('refuse') }),
  z.object({ kind: z.literal('hang-up') }),
  /** All that was sent before the mark of this name has been heard. */
  z.object({ kind: z.literal('heard'), mark: z.string().max(32) }),
])
export type FromPhonePage = z.output<typeof fromPage>

export type ToPhonePage =
  /** A call rings here: who, as a person reads it. */
  | { readonly kind: 'rings'; readonly call: string; readonly number: string; readonly name?: string }
  /** `captions`: what opens the captions of the call. `key`: what brings another page of the caller into it. */
  | { readonly kind: 'answered'; readonly call: string; readonly captions?: string; readonly key?: string }
  | { readonly kind: 'mark'; readonly mark: string }
  /** What was sent and not heard yet is to be thrown away: something else is said now. */
  | { readonly kind: 'clear' }
  /** The call is over. */
  | { readonly kind: 'ended'; readonly reason: string }

/** Undefined for what is no message of a page. */
export function readMessage(text: string): FromPhonePage | undefined {
  try {
    return fromPage.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

/** Undefined for bytes that are no frame. */
export function readFrame(
  bytes: Uint8Array,
): { readonly time: number; readonly payload: Uint8Array } | undefined {
  if (bytes.length !== frameBytes) return undefined
  const time = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0)
  return { time, payload: bytes.subarray(timeBytes) }
}

export function writeFrame(time: number, payload: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(timeBytes + payload.length)
  new DataView(bytes.buffer).setUint32(0, time)
  bytes.set(payload, timeBytes)
  return bytes
}
