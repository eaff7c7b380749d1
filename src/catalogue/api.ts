import { z } from 'zod'

/** The catalogue for those who maintain it: a list of kinds, one kind in full, and the list as a file. */

const urgency = z.enum(['urgent', 'livelihood', 'general', 'complex'])
const texts = z.array(z.string()).readonly()

export const catalogueRowSchema = z
  .object({
    code: z.string().describe('8 digits'),
    name: z.string(),
    object: z.string(),
    group: z.string(),
    class: z.string(),
    urgency,
    tag: z.string().describe('Of 七有五性'),
    category: z.string().describe('Id of the category by which orders of it are made'),
    elder: z.boolean().describe('Whether the fast track for the elderly holds, whoever rings'),
    evidence: z.boolean().describe('Whether a closing needs evidence'),
    units: texts.describe('Who answers, in words: the first leads where it answers'),
  })
  .describe('A kind of the catalogue')
export type CatalogueRow = Readonly<z.output<typeof catalogueRowSchema>>

const name = (what: string) =>
  z.string().max(24, { error: 'at most 24 characters' }).optional().describe(what)
const filter = {
  q: z
    .string({ error: 'what it is called' })
    .max(100, { error: 'at most 100 characters' })
    .default('')
    .describe(
      'Words with blanks between them, all of which stand in what the catalogue says of it: names, code, how citizens say it, units; all kinds when empty',
    ),
  class: name('Only kinds of this class'),
  tag: name('Only kinds with this tag of 七有五性'),
  elder: z
    .literal('true', { error: 'true, or left out' })
    .optional()
    .describe('Only kinds with the fast track for the elderly'),
}
const fromOneToHundred = { error: 'a whole number from 1 to 100' }
export const catalogueQuerySchema = z.object({
  ...filter,
  after: z
    .string()
    .regex(/^\d{8}$/, { error: 'the `next` of the page before' })
    .optional(),
  limit: z.coerce
    .number(fromOneToHundred)
    .int(fromOneToHundred)
    .min(1, fromOneToHundred)
    .max(100, fromOneToHundred)
    .default(50),
})
export type CatalogueQuery = z.output<typeof catalogueQuerySchema>
export type CatalogueFilter = Omit<CatalogueQuery, 'after' | 'limit'>

export const cataloguePageSchema = z.object({
  kinds: z.array(catalogueRowSchema).readonly(),
  count: z.int().describe('All that fit'),
  next: z.string().describe('Give it as `after` for the next page; absent on the last').optional(),
  classes: texts.describe('All classes'),
  tags: texts.describe('All tags of 七有五性'),
})
export type CataloguePage = Readonly<z.output<typeof cataloguePageSchema>>

export const catalogueParamsSchema = z.object({
  code: z
    .string()
    .regex(/^\d{8}$/, { error: '8 digits' })
    .describe('Of a kind, or one that was moved to it'),
})
export const catalogueDetailSchema = z.object({
  ...catalogueRowSchema.shape,
  words: texts.describe('How citizens call the object'),
  says: texts.describe('How citizens say it'),
  not: z
    .array(z.object({ is: z.string(), ask: z.string() }))
    .readonly()
    .describe('What is easily taken for it, and the question that tells the two apart'),
  form: texts.describe('What an order of it has to say'),
  answers: z
    .array(
      z.object({
        unit: z.string().describe('In words; empty where nobody answers'),
        districts: texts.describe('Empty where it answers in all of them'),
      }),
    )
    .readonly()
    .describe('Which unit gets an order, by district'),
  beside: z
    .array(z.object({ code: z.string(), name: z.string(), urgency }))
    .readonly()
    .describe('All kinds of the object'),
  former: texts.describe('Codes that were, and are this one now'),
  place: z.string().describe('Where it is written: file, line and column'),
})
export type CatalogueDetail = Readonly<z.output<typeof catalogueDetailSchema>>

export const catalogueFileParamsSchema = z.object({
  format: z.enum(['csv', 'xlsx'], { error: 'one of csv, xlsx' }),
})
export const catalogueFileQuerySchema = z.object({
  ...filter,
  lang: z
    .enum(['zh-CN', 'en'], { error: 'one of zh-CN, en' })
    .default('zh-CN')
    .describe('What its head is written in'),
})
