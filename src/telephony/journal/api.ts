import { z } from 'zod'
import { idSchema, ms } from '../../foundation/schema.ts'
import { dialogNames } from '../lines/sip/api.ts'

/** What happens to a call, a fact each, as the journal keeps it. */

const qualitySchema = z
  .object({
    packetsReceived: z.int(),
    packetsSent: z.int(),
    packetsLost: z.int().describe('Packets that never came, of those expected (RFC 3550, A.3)'),
    jitterMs: ms('Interarrival jitter in ms (RFC 3550, A.8)'),
    roundTripMs: ms('Round-trip time in ms, when the other end reports it').optional(),
    mos: z.number().describe('Mean opinion score, 1 to 4.5, estimated by ITU-T G.107'),
  })
  .describe('How the audio of one leg was')

export const endReasonSchema = z.enum([
  'hung-up',
  'cancelled',
  'refused',
  'busy',
  'no-answer',
  'unreachable',
  'media-timeout',
  'worker-died',
  'process-died',
  'signalling-lost',
])
export const endReasons = endReasonSchema.options

export const endSchema = z.object({
  by: z.enum(['them', 'us', 'failure']),
  reason: endReasonSchema,
  quality: qualitySchema.optional(),
})

export const directionSchema = z
  .enum(['in', 'out'], { error: 'in or out' })
  .describe('in: they rang; out: we did')

/** Where somebody can be when their call is cut off, who lost most first. */
export const cutPlaces = [
  'queue',
  'offered',
  'talking',
  'held',
  'outside',
  'message',
  'flow',
  'ringing',
] as const

/** One thing that happened to a call, said in a form that a timeline can print. */
export const callFactSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('invited'),
    line: z.string(),
    direction: directionSchema,
    caller: z.string(),
    called: z.string(),
    name: z.string().describe('What the caller’s end calls itself, which proves nothing').optional(),
    isProved: z
      .literal(false)
      .describe('false: anybody can have said that it is this number that rings')
      .optional(),
    flow: z
      .string()
      .describe('What leads the call of a citizen whom we ring; empty for a person, absent for other calls')
      .optional(),
  }),
  z.object({ kind: z.literal('answered'), codec: z.string().optional(), dialog: dialogNames.optional() }),
  z.object({
    kind: z.literal('answered-by'),
    who: z.enum(['person', 'machine', 'unsure']),
    why: z
      .enum(['greeting', 'beep', 'tone', 'fax', 'sit', 'music', 'announcement', 'network'])
      .describe('What showed a machine, as sit: the tones of a network before an announcement')
      .optional(),
  }),
  z.object({
    kind: z.literal('version'),
    digest: z.string().describe('The flows that the call began with: SHA-256, the first 12 hex digits'),
    number: z.int().describe('The number of that version').optional(),
  }),
  z.object({
    kind: z.literal('flow'),
    flow: z.string(),
    state: z.string().optional(),
    language: z.string().describe('What the caller is spoken to in (BCP 47)').optional(),
    menu: z.boolean().describe('Whether the caller has to press a key here: silence is no person').optional(),
  }),
  z.object({ kind: z.literal('prompt'), text: z.string(), durationMs: ms('Length of the prompt in ms') }),
  z.object({
    kind: z.literal('key'),
    key: z
      .enum(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#', 'A', 'B', 'C', 'D', '•'])
      .describe('A key of the telephone pad; •: a digit of a number, which nobody writes down'),
    source: z
      .enum(['rtp-event', 'tone', 'info', 'message'])
      .describe('RFC 4733, found as tones in the audio, SIP INFO, or told by the web page or Twilio'),
  }),
  z.object({
    kind: z.literal('queued'),
    place: z.int().describe('Place in the queue, 1 the next'),
    sinceMs: ms('The INVITE of an earlier call whose place they keep, ms since 1970').optional(),
  }),
  z.object({
    kind: z.literal('moved'),
    seat: z.string().describe('The seat that is to take them; absent where they go to the head').optional(),
    by: z.string().describe('The supervisor who moved them').optional(),
  }),
  z.object({ kind: z.literal('left-queue'), reason: z.string() }),
  z.object({ kind: z.literal('offered'), seat: z.string() }),
  z.object({ kind: z.literal('offer-failed'), seat: z.string(), reason: z.string() }),
  z.object({ kind: z.literal('connected'), seat: z.string(), seatCall: idSchema<'call'>() }),
  z
    .object({ kind: z.literal('called-back'), seat: z.string(), callback: z.string() })
    .describe('They were not served before: a seat rang them, or they rang while it did'),
  /** Its phone reads and types real-time text. */
  z.object({ kind: z.literal('text') }),
  z.object({
    kind: z.literal('held'),
    held: z.boolean().describe('The caller hears music; or the seat again'),
  }),
  z
    .object({
      kind: z.literal('cut'),
      at: z.enum(cutPlaces),
      flow: z.string().optional(),
      state: z.string().optional(),
    })
    .describe('Where the caller was when the process died that served the call'),
  z.object({ kind: z.literal('transferred'), to: z.string().describe('A number of TRANSFER_NUMBERS') }),
  z
    .object({
      kind: z.literal('party'),
      who: z.enum(['seat', 'third', 'supervisor']),
      name: z.string().describe('The seat, the number of TRANSFER_NUMBERS, or the supervisor'),
      is: z
        .enum(['rung', 'here', 'joined', 'held', 'gone', 'away', 'back'])
        .describe('away: nothing comes of their telephone, and it does not answer'),
      leg: idSchema<'call'>().optional(),
      reason: z.string().describe('Why they are gone').optional(),
      how: z.string().describe('How a supervisor is there: listening, whispering, speaking').optional(),
    })
    .describe('Somebody beside the caller and the seat came or went'),
  z
    .object({ kind: z.literal('muted'), who: z.enum(['caller', 'third']), muted: z.boolean() })
    .describe('The seat has somebody whom nobody hears; or hears them again'),
  z.object({ kind: z.literal('recording'), path: z.string() }),
  z.object({ kind: z.literal('gave-number'), number: z.string().describe('Where they want to be called') }),
  z.object({ kind: z.literal('recorded'), path: z.string(), hasVoice: z.boolean().optional() }),
  z.object({
    kind: z.literal('promised'),
    number: z.string().describe('The number that will be rung, as it was shown or keyed'),
    message: z.string().describe('Where the recording lies that they left').optional(),
    dueAtMs: ms('By when they are told that they will have been rung, ms since 1970').optional(),
  }),
  z.object({ kind: z.literal('told-time'), dueAtMs: ms('What they heard in its place').optional() }),
  z.object({
    kind: z.literal('captions'),
    lines: z.int(),
    shown: z.int().describe('Characters that appeared'),
    rewritten: z.int().describe('Characters that were taken back again'),
    gaps: z.int(),
    gapMs: ms('Sound that nobody listened to, in ms'),
    firstP95Ms: ms('From a word being audible to its first being shown, in ms, 95th percentile').optional(),
    finalP95Ms: ms('From a word being audible to its final form, in ms, 95th percentile').optional(),
  }),
  z.object({
    kind: z.literal('refused'),
    by: z.enum(['us', 'them']).describe('us: we did not take a call; them: whom we rang did not'),
    status: z.int().describe('The final status of the INVITE (RFC 3261, section 21)'),
    why: z.string().describe('Why we did not take it, as no-common-codec').optional(),
    cause: z
      .int()
      .describe('The cause that the telephone network gave (ITU-T Q.850), as 1: no such number')
      .optional(),
  }),
  z.object({ kind: z.literal('failure'), what: z.string(), reason: z.string() }),
  z.object({ kind: z.literal('ended'), ...endSchema.shape }),
])

export type CallFact = Readonly<z.output<typeof callFactSchema>>
