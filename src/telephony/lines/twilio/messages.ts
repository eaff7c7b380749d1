import { z } from 'zod'
import type { Key } from '../../../media/index.ts'

/** What Twilio says over a bidirectional Media Stream (https://www.twilio.com/docs/voice/media-streams/websocket-messages). */
const fromTwilio = z.discriminatedUnion('event', [
  z.object({ event: z.literal('connected') }),
  z.object({
    event: z.literal('start'),
    start: z.object({
      streamSid: z.string(),
      callSid: z.string(),
      customParameters: z.object({ token: z.string() }),
      mediaFormat: z.object({ encoding: z.literal('audio/x-mulaw'), sampleRate: z.literal(8000) }),
    }),
  }),
  z.object({
    event: z.literal('media'),
    /** `timestamp`: ms since the stream began. `payload`: µ-law in base64. */
    media: z.object({ timestamp: z.coerce.number().int().min(0), payload: z.base64().max(4096) }),
  }),
  z.object({ event: z.literal('dtmf'), dtmf: z.object({ digit: z.enum([...'0123456789*#ABCD'] as Key[]) }) }),
  z.object({ event: z.literal('mark'), mark: z.object({ name: z.string() }) }),
  z.object({ event: z.literal('stop') }),
])
export type FromTwilio = z.output<typeof fromTwilio>

/** An event, of whatever kind: Twilio adds some, and says that what is not known is to be passed over. */
const anyEvent = z.object({ event: z.string() })
const known: ReadonlySet<string> = new Set(fromTwilio.options.map(option => option.shape.event.value))

/**
 * `unknown` is an event that we have no word for, `broken` one that we know and cannot read; undefined is no message of
 * Twilio's.
 */
export function readMessage(message: string | Uint8Array): FromTwilio | 'unknown' | 'broken' | undefined {
  const said = typeof message === 'string' ? readJson(message) : undefined
  const event = anyEvent.safeParse(said).data?.event
  if (event === undefined) return undefined
  if (!known.has(event)) return 'unknown'
  return fromTwilio.safeParse(said).data ?? 'broken'
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What a webhook tells of a call (https://www.twilio.com/docs/voice/twiml#request-parameters). */
const webhook = z.object({
  CallSid: z.string().regex(/^CA[0-9a-f]{32}$/),
  /** Absent where only the word of who answered is given. */
  CallStatus: z.string().default(''),
  /** A number, a SIP URI, a client's name. */
  From: z.string().default(''),
  To: z.string().default(''),
  /** With the word of who answered. */
  AnsweredBy: z.string().optional(),
})
export type Webhook = z.output<typeof webhook>
export const readWebhook = (fields: Readonly<Record<string, unknown>>): Webhook | undefined =>
  webhook.safeParse(fields).data

/** States that are a call's last (https://www.twilio.com/docs/voice/api/call-resource#call-status-values). */
export const overStates: ReadonlySet<string> = new Set([
  'completed',
  'busy',
  'failed',
  'no-answer',
  'canceled',
])
