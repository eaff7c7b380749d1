import { z } from 'zod'

/** Orders that wait for dispatch, over HTTP: why, and which units may take them. */

export const waitsBecauseSchema = z
  .enum(['unconfirmed', 'kind-open', 'no-unit', 'taken-back'])
  .describe(
    'unconfirmed: whoever made it was not sure; kind-open: nobody said what it is; no-unit: the catalogue names no unit for its kind in its district; taken-back: it went by itself, and a dispatcher took it back',
  )
export type WaitsBecause = z.output<typeof waitsBecauseSchema>

/** As many as there are keys to choose them with. */
export const mostSuggested = 3

export const suggestedUnitSchema = z
  .object({
    unit: z.string(),
    unitName: z.string(),
    kind: z.string().describe('Code in the catalogue, 8 digits').optional(),
    kindName: z.string().describe('Object and kind, as 居民供水·停水').optional(),
    category: z.string(),
    because: z
      .enum(['agent', 'triage', 'category'])
      .describe(
        'agent: of the kind that was written down; triage: of what its words are like; category: nobody is named for the district, and this unit has the category',
      ),
    row: z
      .array(z.string())
      .readonly()
      .describe('Whom the catalogue names for the kind, in its own words: the first leads where it answers'),
    sure: z.number().describe('How sure triage is, 0 to 1').optional(),
    weighed: z.array(z.string()).readonly().describe('Words that weighed, the weightiest first'),
  })
  .describe('A unit that an order may be dispatched to, and why')
export type SuggestedUnit = Readonly<z.output<typeof suggestedUnitSchema>>

export const suggestedUnitsSchema = z.object({
  because: waitsBecauseSchema.describe('Why it waits'),
  isUnsure: z.boolean().describe('Triage does not know'),
  suggested: z.array(suggestedUnitSchema).max(mostSuggested).readonly(),
})
export type SuggestedUnits = z.output<typeof suggestedUnitsSchema>

export const byRuleQuerySchema = z.object({
  days: z.coerce
    .number({ error: 'a whole number of days' })
    .int({ error: 'a whole number of days' })
    .min(1, { error: 'at least one day' })
    .max(366, { error: 'at most a year' })
    .default(30)
    .describe('Of so many days, today among them'),
})
export const byRuleFiguresSchema = z.object({
  days: z.int(),
  kinds: z
    .array(
      z.object({
        kind: z.string().describe('Code in the catalogue that the rule took them for'),
        kindName: z.string(),
        went: z.int().describe('Went by themselves'),
        reversed: z.int().describe('Of these, taken back'),
        sampled: z.int().describe('Of these, chosen for a dispatcher to look at'),
        looked: z.int().describe('Of the sampled, looked at or taken back'),
        right: z.int().describe('Of the sampled, found right'),
        asked: z.int().describe('Of these, a citizen wanted a person to decide'),
      }),
    )
    .readonly()
    .describe('The most first'),
})
export type ByRuleFigures = Readonly<z.output<typeof byRuleFiguresSchema>>

const day = z.iso.date({ error: 'a day, as 2026-01-05' })
export const dispatchImportSchema = z.strictObject({
  revision: z
    .int({ error: 'the revision that was seen' })
    .min(0, { error: 'the revision that was seen' })
    .describe('As the draft was seen; 0 to begin one'),
  name: z.string({ error: 'the name of the file' }).max(200).describe('Of the file, for places of faults'),
  data: z.base64({ error: 'a file in base64' }).max(14_000_000, { error: 'at most 10 MB' }),
})
export type DispatchImport = z.output<typeof dispatchImportSchema>
export const dispatchDraftShownSchema = z.object({
  revision: z.int().describe('Of the draft as it is now'),
  rows: z.int(),
  changes: z.int().describe('Places in which it is another than what was decided last'),
})
export type DispatchDraftShown = z.output<typeof dispatchDraftShownSchema>

export const dispatchFileParamsSchema = z.object({
  format: z.enum(['csv', 'xlsx'], { error: 'one of csv, xlsx' }),
})
export const dispatchFileQuerySchema = z.object({
  of: z.enum(['holds', 'draft'], { error: 'one of holds, draft' }).default('holds'),
  lang: z
    .enum(['zh-CN', 'en'], { error: 'one of zh-CN, en' })
    .default('zh-CN')
    .describe('What its head is written in'),
})

export const dispatchTrialQuerySchema = z.object({
  ...byRuleQuerySchema.shape,
  on: day.optional().describe('The day by which both catalogues are read; today when absent'),
})
const whose = z.string().optional().describe('Absent: nobody is named, and a dispatcher would say it')
export const dispatchTrialSchema = z
  .object({
    days: z.int(),
    on: z.string(),
    tried: z.int().describe('Orders of these days that have a kind'),
    elsewhere: z.int().describe('Of these, those that would go elsewhere'),
    groups: z
      .array(
        z.object({
          kind: z.string(),
          kindName: z.string(),
          district: z.string(),
          street: z.string(),
          count: z.int(),
          from: whose,
          to: whose,
        }),
      )
      .readonly()
      .describe('By kind and place, the most first; at most 500'),
    orders: z
      .array(z.object({ number: z.string(), kindName: z.string(), from: whose, to: whose }))
      .readonly()
      .describe('The latest of them; at most 200'),
  })
  .describe('What would go elsewhere by the draft of the dispatch catalogue')
export type DispatchTrial = Readonly<z.output<typeof dispatchTrialSchema>>
