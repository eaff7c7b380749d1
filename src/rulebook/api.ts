import { z } from 'zod'
import { ms } from '../foundation/schema.ts'

/** The city's rules, one document per subject: the rules in force, the draft, and earlier versions. */

const texts = z.array(z.string()).readonly()
export const ruleSubjects = [
  'hours',
  'texts',
  'units',
  'limits',
  'grounds',
  'dispatch',
  'templates',
  'closings',
  'channels',
  'levels',
  'repeats',
  'surveys',
  'scores',
] as const
export const ruleSubjectSchema = z
  .enum(ruleSubjects, { error: `one of ${ruleSubjects.join(', ')}` })
  .describe(
    'hours: opening hours and days off; texts: text messages to citizens; units: units and whom texts reach; limits: those of orders; grounds: for which a unit may return an order; templates: texts that units begin with; closings: what closings are read by; channels: where what is beyond a unit’s duty goes; levels: supervision in three levels; dispatch: the dispatch catalogue, and what goes by itself; surveys: survey calls and rates; scores: with whom units are compared',
  )

const useSchema = z.object({
  version: z.int(),
  fromMs: ms('From when on it holds'),
  because: z.enum(['loaded', 'published', 'used']),
  author: z.string(),
  decidedAtMs: ms('When that was decided'),
})

export const ruleStandSchema = z
  .object({
    subject: ruleSubjectSchema,
    file: z.string().describe('Where it began: the file that holds until something is published'),
    needsSecond: z.boolean().describe('Whether whoever publishes must be another than who wrote'),
    holds: useSchema.optional().describe('Absent: the file’s, and nothing was published yet'),
    next: useSchema.optional().describe('What was decided last, where its time has not come'),
    folder: z
      .enum(['holds', 'known', 'other'])
      .describe('Whether the file holds, was a version, or has what no version had'),
    draft: z
      .object({
        revision: z.int(),
        author: z.string().describe('Who wrote in it last'),
        changedAtMs: ms('When'),
      })
      .optional()
      .describe('What somebody writes and holds nowhere yet'),
  })
  .describe('How the rules of a subject stand')
export const ruleListSchema = z.object({ subjects: z.array(ruleStandSchema).readonly() })

export const ruleVersionSchema = z.object({
  number: z.int(),
  way: z.enum(['file', 'draft']),
  author: z.string(),
  note: z.string(),
  madeAtMs: ms('When it was made'),
  parent: z.int().optional(),
})
export const ruleHistorySchema = ruleStandSchema.extend({
  value: z.unknown().describe('What holds, as its file would have it'),
  versions: z.array(ruleVersionSchema).readonly().describe('Newest first'),
})

export const ruleChangeSchema = z
  .object({
    at: texts.describe('Where: names of fields, years, ids'),
    was: texts,
    is: texts,
  })
  .describe('What is other in one place: what went and what came')
const changes = z.array(ruleChangeSchema).readonly()

export const ruleVersionShownSchema = ruleVersionSchema.extend({
  text: z.string().describe('As its file would have it'),
  changes: changes.describe('What is other than in the version before it'),
})

export const ruleFaultSchema = z.object({
  place: z.string().describe('Line and column'),
  found: z.string(),
  expected: z.string(),
})

export const ruleDraftSchema = z.object({
  revision: z.int().describe('0 where there is no draft yet'),
  base: z.int().optional().describe('The version that it began with; absent: the file’s'),
  author: z.string().optional().describe('Who wrote in it last'),
  writers: texts.describe('All who wrote in it'),
  changedAtMs: ms('When it was written in last').optional(),
  text: z.string().describe('As it is written; what a draft would begin with where there is none'),
  value: z
    .unknown()
    .describe('The same as a value, with all that it leaves unsaid; absent while it cannot be read'),
  changes: changes.describe('What is other than in what was decided last'),
  faults: z
    .array(ruleFaultSchema)
    .readonly()
    .describe('What keeps it from being published, each with its place'),
})

const revision = z
  .int({ error: 'the revision that was seen' })
  .min(0, { error: 'the revision that was seen' })
export const ruleEditBody = z.strictObject({
  revision: revision.describe('As the draft was seen; 0 to begin one'),
  text: z.string({ error: 'the whole text, as a file has it' }).max(1_000_000, {
    error: 'at most 1,000,000 characters',
  }),
})

const fromMs = z
  .int({ error: 'a time that is to come, in milliseconds' })
  // The end of year 9999.
  .max(253_402_300_799_999, { error: 'a time that is to come, in milliseconds' })
  .optional()
  .describe('From when on it holds, ms since 1970; at once when absent')
export const rulePublishBody = z.strictObject({
  revision,
  note: z
    .string({ error: 'why it is another' })
    .trim()
    .min(1, { error: 'why it is another' })
    .max(200, { error: 'at most 200 characters' })
    .describe('Why, for whoever reads the versions'),
  fromMs,
})
export const ruleUseBody = z.strictObject({ fromMs })

export const ruleParams = z.object({ subject: ruleSubjectSchema })
export const ruleVersionParams = ruleParams.extend({
  number: z.coerce
    .number({ error: 'the number of a version' })
    .int({ error: 'the number of a version' })
    .min(1, { error: 'the number of a version' })
    .max(2_000_000_000, { error: 'the number of a version' }),
})

export type RuleSubjectName = z.output<typeof ruleSubjectSchema>
export type RuleStand = Readonly<z.output<typeof ruleStandSchema>>
export type RuleList = Readonly<z.output<typeof ruleListSchema>>
export type RuleHistory = Readonly<z.output<typeof ruleHistorySchema>>
export type RuleChange = Readonly<z.output<typeof ruleChangeSchema>>
export type RuleVersionShown = Readonly<z.output<typeof ruleVersionShownSchema>>
export type RuleFaultShown = Readonly<z.output<typeof ruleFaultSchema>>
export type RuleDraftShown = Readonly<z.output<typeof ruleDraftSchema>>
export type RuleEdit = z.output<typeof ruleEditBody>
export type RulePublish = z.output<typeof rulePublishBody>
