import { z } from 'zod'

/** What is said of captions: over HTTP in these schemas, over the socket of a page in the messages below. */

const ms = (description: string) => z.number().describe(description)

/** Each leg has its own stream, so that whose words a line holds is known and never guessed. */
const speakerSchema = z
  .enum(['system', 'citizen', 'seat', 'third'])
  .describe('Whose words: the house, the caller, the seat, somebody whom the seat asked in')

const lineKindSchema = z
  .enum(['speech', 'prompt', 'key', 'event', 'typed'])
  .describe(
    'Recognized; the exact text of what the house plays; a key of the telephone; what happens beside words; what somebody types, character by character',
  )

const eventNameSchema = z.enum([
  'music',
  'waiting',
  'connected',
  'seat-left',
  'seat-away',
  'seat-back',
  'caller-away',
  'caller-back',
  'third-joined',
  'third-left',
  'hold',
  'resumed',
  'recording',
  'gap',
  'deaf',
  'switched',
  'hears-again',
  'no-recognizer',
  'captions-on',
  'captions-wrong',
  'person-asked',
  'not-voiced',
  'withheld',
  'kept-again',
  'ended',
])

const fixSchema = z
  .object({ from: z.int(), to: z.int(), was: z.string() })
  .describe('A word that a person put right: where it stands, in UTF-16 units, and what it was')

export const captionLineSchema = z
  .object({
    id: z.int().describe('1, 2, … in the order in which lines began'),
    who: speakerSchema,
    kind: lineKindSchema,
    text: z.string(),
    english: z.string().describe('The same in English, of what the house words itself').optional(),
    event: eventNameSchema.describe('What happened, of an event').optional(),
    settled: z.boolean().describe('Said to the end: only a person changes it from now on'),
    startMs: ms('When its sound began, in ms since the INVITE'),
    endMs: ms('When its sound ended, in ms since the INVITE'),
    unsure: z.boolean().describe('The recognizer was not sure').optional(),
    voiced: z.boolean().describe('It was spoken into the call').optional(),
    unspoken: z.boolean().describe('It was to be spoken, and no voice could').optional(),
    fixes: z.array(fixSchema).readonly().describe('Words that a person put right').optional(),
  })
  .describe('One line of a call as it reads now')

export const callTranscriptSchema = z
  .object({
    call: z.string(),
    startedAtMs: ms('When the INVITE came, ms since 1970'),
    on: z.boolean().describe('Whether people are listened to; prompts and keys are kept in any case'),
    over: z.boolean(),
    lines: z.array(captionLineSchema).readonly(),
  })
  .describe('The transcript of a call')

export const captionFormatSchema = z.object({
  format: z
    .enum(['json', 'vtt', 'srt', 'html'], { error: 'one of json, vtt, srt, html' })
    .default('json')
    .describe('JSON; WebVTT; SubRip; a page to read and print'),
})

export const captionPassSchema = z
  .object({
    code: z.string().describe('Eight digits to read to the caller, who enters them at /c'),
    link: z.string().describe('The page that shows this call, for a text message'),
    live: z
      .string()
      .describe('Path of the WebSocket for a seat’s screen; its messages are ToCaptionPage and FromSeatPage'),
  })
  .describe('The ways to the captions of a call that is up; they end with it')

export type Speaker = z.output<typeof speakerSchema>
export type LineKind = z.output<typeof lineKindSchema>
export type EventName = z.output<typeof eventNameSchema>
export type Fix = Readonly<z.output<typeof fixSchema>>
export type CaptionLine = Readonly<z.output<typeof captionLineSchema>>
export type CallTranscript = z.output<typeof callTranscriptSchema>
export type CaptionFormat = z.output<typeof captionFormatSchema>['format']
export type CaptionPass = z.output<typeof captionPassSchema>

/**
 * The socket is at `/c/<pass>/live?after=<n>&page=<id>`: the pass is a code, a link's secret or a seat's; `after` is the
 * number of the last change the page has taken in (0 at first), `page` a random name that it keeps, so that its
 * lines go on after a new connection.
 */
export type ToCaptionPage =
  /** First of all. A seat is told the code that it can read out, a citizen the link's secret, to come back by. */
  | {
      readonly kind: 'welcome'
      readonly role: 'citizen' | 'seat'
      readonly startedAtMs: number
      readonly code?: string
      readonly link?: string
    }
  /** A change holds a whole line: whatever the page has under this id is replaced. */
  | {
      readonly kind: 'changes'
      readonly changes: readonly { readonly n: number; readonly line: CaptionLine }[]
    }
  | {
      readonly kind: 'status'
      readonly ear: 'off' | 'idle' | 'listening' | 'deaf' | 'none'
      /** Who talks with the caller: the number that citizens know them by, where they have one. */
      readonly agent?: { readonly number?: number }
      readonly over: boolean
      readonly readers: number
    }
  /** The page's own line `line` is taken for good, as line `id`. */
  | { readonly kind: 'typed'; readonly line: number; readonly id: number }
  | { readonly kind: 'refused-fix'; readonly line: number }
  /** Comes every 5 s: a page that hears nothing for 15 s has lost its connection. */
  | { readonly kind: 'beat' }
  | {
      readonly kind: 'refused'
      readonly why: 'wrong' | 'over' | 'too-many' | 'full' | 'garbage' | 'too-fast'
    }

/** The page's line `line` reads so by now, at each letter; `done` ends it, `voice` has it spoken to the other side. */
export type CaptionTyping = {
  readonly kind: 'type'
  readonly line: number
  readonly text: string
  readonly done?: boolean
  readonly voice?: boolean
}

export type FromCitizenPage = CaptionTyping | { readonly kind: 'person' } | { readonly kind: 'wrong' }

export type FromSeatPage =
  | CaptionTyping
  /** Puts a word of a settled line right; `at` where it stands, the first place when absent. */
  | {
      readonly kind: 'fix'
      readonly line: number
      readonly found: string
      readonly becomes: string
      readonly at?: number
    }
  /** Switches captions on. */
  | { readonly kind: 'on' }
