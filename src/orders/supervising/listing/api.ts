import { z } from 'zod'
import { lightSchema, orderValues } from '../../api.ts'
import { instructionStandingShape, supervisionLevelSchema } from '../api.ts'

/** Lists of instructions and site checks, over HTTP. */

const fromOneToHundred = { error: 'a whole number from 1 to 100' }
export const instructionQuerySchema = z.object({
  show: z
    .enum(['open', 'problems', 'done'], { error: 'one of open, problems, done' })
    .default('open')
    .describe(
      'open: those that wait for an answer, the first due first; problems: those by which problem orders that run rose, the latest first; done: those that wait no longer, the latest first',
    ),
  level: supervisionLevelSchema.optional(),
  light: lightSchema.optional().describe('Of those that wait'),
  unit: orderValues.unit.optional().describe('Who has to answer, or had to; one of a unit sees their own'),
  after: z
    .string()
    .regex(/^\d{1,15}-\d{13}-\d{1,6}$/, { error: 'the `next` of the page before' })
    .optional(),
  limit: z.coerce
    .number(fromOneToHundred)
    .int(fromOneToHundred)
    .min(1, fromOneToHundred)
    .max(100, fromOneToHundred)
    .default(20),
})
export type InstructionQuery = z.output<typeof instructionQuerySchema>

const about = {
  number: z.string(),
  category: z.string().describe('Of the order; empty until somebody has said it'),
  kind: z.string().describe('Code in the catalogue').optional(),
  kindName: z.string().describe('Object and kind').optional(),
  street: z.string(),
}
export const instructionLineSchema = z
  .object({
    ...about,
    ...instructionStandingShape,
    light: lightSchema.optional().describe('Of one that waits: yellow from three quarters of its time on'),
  })
  .describe('An instruction')
export const instructionPageSchema = z.object({
  instructions: z.array(instructionLineSchema).readonly(),
  next: z.string().describe('Give it as `after` for the next page; absent on the last').optional(),
})
export type InstructionLine = Readonly<z.output<typeof instructionLineSchema>>
export type InstructionPage = Readonly<z.output<typeof instructionPageSchema>>

const count = z.int().min(0)
const lights = z.object({ green: count, yellow: count, red: count })
export const supervisionCountsSchema = z
  .object({
    levels: z.object({ street: lights, district: lights, city: lights }),
    problems: count.describe('Problem orders that run'),
    sites: count.describe('Looks at a place that nobody has written down; for the centre'),
    lateSites: count,
  })
  .describe('What waits for an answer, by level and light')
export type SupervisionCounts = Readonly<z.output<typeof supervisionCountsSchema>>

export const siteLineSchema = z.object({
  ...about,
  seq: z.int().describe('The event in which it was asked for'),
  unit: z.string().describe('Who has the order'),
  askedAtMs: z.number().describe('ms since 1970'),
  dueAtMs: z.number().describe('Until when somebody has to have been there').optional(),
})
export const sitePageSchema = z.object({
  sites: z.array(siteLineSchema).readonly().describe('The first due first, 200 at most'),
})
export type SitePage = Readonly<z.output<typeof sitePageSchema>>
