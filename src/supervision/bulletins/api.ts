import { z } from 'zod'
import { behindQuerySchema, type rankedGroupSchema, rankingSchema } from '../api.ts'
import { deductionSchema } from '../deductions/api.ts'

/** Bulletins (通报) over HTTP: a month's units for a district or the whole city, as they were published. */

const ms = (what: string) => z.number().describe(`${what}, ms since 1970`)

export const bulletinStates = ['draft', 'waiting', 'published'] as const
export const bulletinStateSchema = z
  .enum(bulletinStates)
  .describe(
    'draft: its words are written, and its figures are those of now; waiting: one of two published it, and nothing of it changes; published: kept as it is',
  )

const words = (most: number) =>
  z
    .string({ error: 'words' })
    .trim()
    .max(most, { error: `at most ${most} characters` })

/** All of a bulletin that people write. */
export const bulletinWordsSchema = z.strictObject({
  title: words(120).min(1, { error: 'a title' }),
  opening: words(2000).describe('Before the figures; lines are paragraphs'),
  demands: words(2000).describe('What is asked of units, after the figures'),
  signed: words(120).describe('Who issues it'),
})

export const bulletinChangeSchema = z
  .object({
    unit: z.string(),
    name: z.string(),
    difference: z.number().describe('Of the composite since the month before'),
    mix: z.number().describe('How much of it comes of other kinds of demands'),
    kinds: z
      .array(z.object({ category: z.string(), part: z.number() }))
      .readonly()
      .describe('How much of it comes of other answers about the same kind; the largest, three at most'),
  })
  .describe('What changed of a unit, and by what')

export const bulletinFiguresSchema = z.object({
  ranking: rankingSchema,
  changes: z.array(bulletinChangeSchema).readonly(),
  deductions: z
    .array(
      deductionSchema
        .pick({ id: true, order: true, unit: true, reason: true, points: true, factAtMs: true })
        .extend({ name: z.string().describe('Of the unit') }),
    )
    .readonly()
    .describe('Confirmed, not under appeal, and to be made known here by the rules'),
  annex: z
    .array(
      z.object({
        unit: z.string(),
        answer: behindQuerySchema.shape.answer,
        orders: z.array(z.string()).readonly().describe('The latest 50'),
        count: z.int().describe('How many there are'),
      }),
    )
    .readonly()
    .describe('The orders behind the figures; a unit reads its own alone'),
})

export const bulletinSummarySchema = z.object({
  id: z.string(),
  month: rankingSchema.shape.month,
  district: z.string().describe('Empty: the whole city'),
  state: bulletinStateSchema,
  title: z.string(),
  begunBy: z.string(),
  proposedBy: z.string().optional(),
  decidedBy: z.string().optional().describe('The second person'),
  changedAtMs: ms('When'),
})
export const bulletinListSchema = z.object({
  bulletins: z.array(bulletinSummarySchema).readonly().describe('The latest first, 200 at most'),
})
export const bulletinSchema = bulletinSummarySchema.extend({
  city: z.string(),
  revision: z.int().describe('Of the words: sent back with the next'),
  words: bulletinWordsSchema,
  figures: bulletinFiguresSchema,
  digest: z.string().optional().describe('SHA-256 of the figures as they were published'),
  isIntact: z.boolean().describe('Whether the figures still have that digest'),
})

export const bulletinParamsSchema = z.object({
  id: z.string().regex(/^bulletin_\w{1,40}$/, { error: 'the id of a bulletin' }),
})
export const newBulletinSchema = z.strictObject({
  month: rankingSchema.shape.month,
  district: z.string().max(64).default('').describe('Empty: the whole city'),
})
export const bulletinEditSchema = z.strictObject({
  revision: z.int({ error: 'the revision that was read' }),
  words: bulletinWordsSchema,
})
export const bulletinDecisionSchema = z.strictObject({ agreed: z.boolean({ error: 'true or false' }) })

export type BulletinState = z.output<typeof bulletinStateSchema>
export type BulletinWords = Readonly<z.output<typeof bulletinWordsSchema>>
export type BulletinChange = Readonly<z.output<typeof bulletinChangeSchema>>
export type BulletinFigures = Readonly<z.output<typeof bulletinFiguresSchema>>
export type BulletinSummary = Readonly<z.output<typeof bulletinSummarySchema>>
export type BulletinList = Readonly<z.output<typeof bulletinListSchema>>
export type Bulletin = Readonly<z.output<typeof bulletinSchema>>
export type NewBulletin = Readonly<z.input<typeof newBulletinSchema>>
export type BulletinEdit = Readonly<z.output<typeof bulletinEditSchema>>
export type BulletinGroup = Readonly<z.output<typeof rankedGroupSchema>>
