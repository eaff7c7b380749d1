import { z } from 'zod'

/** What waits to be dispatched, over HTTP: why, and whose it may be. */

export const waitsBecauseSchema = z
  .enum(['unconfirmed', 'kind-open', 'no-unit', 'taken-back'])
  .describe(
    'unconfirmed: whoever made it was not sure; kind-open: nobody said what it is; no-unit: the catalogue names no unit for its kind in its district; taken-back: it went by itself, and a dispatcher took it back',
  )
export type WaitsBecause = z.output<typeof waitsBecauseSchema>

/** As many as there are keys to choose them by. */
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
