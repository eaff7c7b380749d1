import { z } from 'zod'
import { ms, phoneNumber } from '../foundation/schema.ts'

/** Recordings of conversations over HTTP: which there are, what was noted and judged of them. */

export const listenerSchema = z
  .enum(['supervisor', 'auditor', 'seat'], { error: 'supervisor, auditor or seat' })
  .describe('supervisor; auditor: who looks after data protection; seat: the agent, of their own calls')

const short = (most: number, error: string) =>
  z
    .string({ error })
    .trim()
    .min(1, { error })
    .max(most, { error: `at most ${most} characters` })
const sheetId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,31}$/, { error: '1 to 32 small letters, digits and dashes' })

/** A quality sheet, as a city writes it: what is looked at, and how much each is worth. */
export const sheetSchema = z.strictObject({
  id: sheetId,
  name: short(40, 'the name of the sheet'),
  criteria: z
    .array(
      z.strictObject({
        id: sheetId,
        name: short(40, 'what is looked at'),
        what: short(200, 'what is meant by it').optional(),
        points: z.int().min(1).max(100).describe('The most that it is worth'),
      }),
    )
    .min(1)
    .max(20)
    .readonly(),
})

export const spanSchema = z
  .object({
    kind: z.enum(['alone', 'paused', 'lost']),
    fromMs: ms('From the beginning of the recording'),
    untilMs: ms('From the beginning of the recording'),
  })
  .describe(
    'A stretch that is silent. alone: on hold, or with nobody; paused: the agent asked for it; lost: the disk was too slow',
  )

export const recordingParamsSchema = z.object({
  id: z.string().regex(/^rec_[0-9a-z]+$/, { error: 'the id of a recording' }),
})

export const recordingSchema = z
  .object({
    id: z.string(),
    call: z.string(),
    orders: z.array(z.string()).readonly().describe('Orders that came of the call'),
    seats: z
      .array(z.object({ seat: z.string(), fromMs: ms('From the beginning of the recording') }))
      .readonly()
      .describe('Who spoke with them, in turn'),
    line: z.string(),
    number: z.string().describe('Masked; empty when withheld, or forgotten'),
    beganAtMs: ms('ms since 1970'),
    durationMs: ms('Length'),
    isRunning: z.boolean(),
    cutBy: z
      .string()
      .describe(
        'What broke it off before its end, as ENOSPC: a full disk; worker-died, process-died; absent where it is whole',
      )
      .optional(),
    spans: z.array(spanSchema).readonly(),
    points: z.int().optional().describe('Of the latest quality sheet, of 100'),
  })
  .describe('What was recorded of a call')

export const recordingQuerySchema = z.object({
  order: z.string().max(20).optional(),
  call: z.string().max(40).optional(),
  seat: z.string().max(32).optional(),
  number: phoneNumber.optional().describe('The citizen’s; asking for it is written down'),
  fromMs: z.coerce.number().default(0),
  untilMs: z.coerce.number().default(Number.MAX_SAFE_INTEGER),
  before: z.string().max(40).optional().describe('`next` of the page before'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export const recordingPageSchema = z.object({
  recordings: z.array(recordingSchema).readonly(),
  next: z.string().optional(),
  isOn: z.boolean().describe('Whether calls are recorded now'),
})

export const noteSchema = z.object({
  id: z.string(),
  atMs: ms('Where, from the beginning of the recording'),
  text: z.string(),
  by: z.string(),
  madeAtMs: ms('ms since 1970'),
})
export const newNoteSchema = z.strictObject({
  atMs: z.number().min(0),
  text: short(500, 'what is to be noted'),
})
export const noteParamsSchema = recordingParamsSchema.extend({ note: z.string().max(40) })

export const reviewSchema = z.object({
  id: z.string(),
  seat: z.string().describe('Whose part was judged'),
  sheet: sheetSchema.describe('As it was then'),
  marks: z
    .array(z.object({ criterion: z.string(), points: z.number(), comment: z.string().optional() }))
    .readonly(),
  comment: z.string().optional(),
  points: z.int().describe('Of 100'),
  by: z.string(),
  madeAtMs: ms('ms since 1970'),
  answer: z.string().optional().describe('What the agent says to it, once'),
  answeredAtMs: ms('ms since 1970').optional(),
})
export const newReviewSchema = z.strictObject({
  seat: z.string().max(32),
  sheet: sheetId,
  marks: z
    .array(
      z.strictObject({
        criterion: sheetId,
        points: z.number().min(0).max(100),
        comment: short(500, 'a comment').optional(),
      }),
    )
    .max(20),
  comment: short(2000, 'a comment').optional(),
})
export const reviewParamsSchema = recordingParamsSchema.extend({ review: z.string().max(40) })
export const reviewAnswerSchema = z.strictObject({ answer: short(2000, 'what you say to it') })

export const recordingDetailSchema = recordingSchema.extend({
  notes: z.array(noteSchema).readonly(),
  reviews: z.array(reviewSchema).readonly(),
  sheets: z.array(sheetSchema).readonly().describe('By which it can be judged'),
  invitedAtMs: ms('When the call rang, ms since 1970: the beginning of its transcript').optional(),
  peaks: z.string().describe('How loud it is: left and right in turn, a byte each of 100 ms, in base64'),
})

/** What a seat's page is told of the recording of its call. */
const recordingStateSchema = z.object({
  is: z.enum(['announcing', 'recording', 'paused', 'failed']),
  untilMs: ms('When it goes on by itself, ms since 1970').optional(),
})

export type RecordingListener = z.output<typeof listenerSchema>
export type QualitySheet = Readonly<z.output<typeof sheetSchema>>
export type RecordingSpan = Readonly<z.output<typeof spanSchema>>
export type RecordingView = Readonly<z.output<typeof recordingSchema>>
export type RecordingQuery = z.output<typeof recordingQuerySchema>
export type RecordingPage = z.output<typeof recordingPageSchema>
export type RecordingDetail = Readonly<z.output<typeof recordingDetailSchema>>
export type RecordingNote = Readonly<z.output<typeof noteSchema>>
export type NewRecordingNote = z.output<typeof newNoteSchema>
export type QualityReview = Readonly<z.output<typeof reviewSchema>>
export type NewQualityReview = z.output<typeof newReviewSchema>
export type RecordingState = Readonly<z.output<typeof recordingStateSchema>>
