import { z } from 'zod'
import { auditSchema } from '../ledger/api.ts'

/** The possible answers to each question, however it is asked. */
export const contactedAnswers = ['yes', 'no'] as const
export const solvedAnswers = ['yes', 'partly', 'no'] as const
/** From 1, very satisfied, to 5, very dissatisfied. */
export const ratings = [1, 2, 3, 4, 5] as const

/** Survey calls over HTTP: campaigns, rates, their audit, and the page of a link. */

const count = z.int().min(0)
const share = z.number().min(0).max(1)
const ms = (what: string) => z.number().describe(`${what}, ms since 1970`)

export const campaignParamsSchema = z.object({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, { error: 'the name of a campaign, as closed-orders' }),
})

export const campaignChangeSchema = z.object({
  because: z
    .string({ error: 'why, in a few words' })
    .trim()
    .max(200, { error: 'at most 200 characters' })
    .describe('Why, for whoever finds it so')
    .optional(),
})

export const campaignSchema = z
  .object({
    name: z.string(),
    state: z.enum(['running', 'paused', 'stopped']),
    because: z
      .string()
      .describe('Why it is in that state; `person-missed 2/40 in 15` when it stopped by itself'),
    by: z.string().describe('Who put it there; `jieting` when it stopped by itself'),
    startedAtMs: ms('When it was last started'),
    lines: count.describe('Calls at once, at most'),
    perHour: count.describe('Calls in an hour, at most'),
    ringing: count.describe('Calls now'),
    lastHour: count.describe('Calls that began in the last hour'),
    owed: count.describe('Surveys that are owed a call or a link'),
    due: count.describe('Of those: due now'),
    linked: count.describe('Surveys whose link may still be answered'),
    settled: z
      .record(z.string(), count)
      .describe('Surveys by how they ended: answered, unreached, opted-out, handed-over'),
    persons: z
      .object({
        asked: count,
        missed: count,
        most: share,
        least: count.optional(),
        seconds: count.optional(),
      })
      .describe(
        'Who asked for a person lately, who had none in so many seconds, the share above which it stops, and how many must have asked before it does',
      ),
    hours: z
      .array(z.object({ atMs: ms('The hour'), rung: count, reached: count, answered: count }))
      .readonly()
      .describe('The last 24 hours that had calls'),
  })
  .describe('A campaign of survey calls')
export const campaignListSchema = z.object({ campaigns: z.array(campaignSchema).readonly() })

/** The end of the years with four digits; databases accept no later ones. */
const endOfTime = Date.UTC(9999, 11, 31)

const moment = (what: string) =>
  z.coerce
    .number({ error: 'ms since 1970' })
    .int({ error: 'ms since 1970' })
    .min(0, { error: 'ms since 1970' })
    .max(endOfTime, { error: 'ms since 1970' })
    .describe(`${what}, ms since 1970`)

export const rateQuerySchema = z.object({
  by: z.enum(['unit', 'street', 'category'], { error: 'unit, street or category' }).default('unit'),
  fromMs: moment('Only closings from then').default(0),
  untilMs: moment('Only closings before then').default(endOfTime),
})
export const auditQuerySchema = rateQuerySchema.omit({ by: true })

export const groupRatesSchema = z.object({
  name: z.string().describe('The unit, street or category'),
  rates: z
    .object({
      response: share.optional(),
      solved: share.optional(),
      satisfied: share.optional(),
      composite: share.optional(),
    })
    .describe('By the formula of the rules; absent where nobody answered'),
  tally: z
    .object({
      asked: count.describe('Closings that were to be asked about'),
      reached: count.describe('Somebody was there'),
      answered: count.describe('At least one question was answered'),
      excluded: count,
      referred: count.describe('Closed as beyond the unit’s duty: what is said of solved counts nowhere'),
      contacted: z.object({ yes: count, no: count }),
      solved: z.object({ yes: count, partly: count, no: count }),
      ratings: z.array(count).readonly().describe('How often each was given, from 1 (very satisfied) to 5'),
    })
    .describe('What the rates are made of'),
})
export const formulaSchema = z
  .object({
    of: z
      .enum(['answered', 'asked'])
      .describe('Of whom a rate is a share: who answered its question, or all who were to be asked'),
    partly: share.describe('What "solved in part" counts'),
    satisfiedUpTo: z.int().describe('Ratings up to this one are satisfied: 1 very satisfied, 3 fairly'),
    weights: z
      .object({ response: share, solved: share, satisfied: share })
      .describe('Of the three in one figure'),
    exclusions: z.array(z.string()).readonly().describe('Reasons for which an order may leave the rates'),
  })
  .describe('What the rates are made by: configuration of the city')
export const rateListSchema = z.object({
  by: z.string(),
  formula: formulaSchema,
  groups: z.array(groupRatesSchema).readonly(),
})

export const exclusionListSchema = z.object({
  exclusions: z
    .array(
      z.object({
        order: z.string(),
        cycle: z.int(),
        unit: z.string(),
        because: z.string(),
        askedBy: z.string(),
        askedAtMs: ms('When'),
        decided: z
          .object({ by: z.string(), agreed: z.boolean(), atMs: ms('When') })
          .optional()
          .describe('Absent while it waits for a second person'),
      }),
    )
    .readonly(),
})

export const auditReportSchema = auditSchema
  .extend({
    coached: z
      .array(
        z.object({
          unit: z.string(),
          sign: z.enum(['all-best', 'same-number', 'links-in-a-row']),
          orders: z.array(z.string()).readonly(),
          answers: count,
        }),
      )
      .readonly()
      .describe('What looks as if people had been told what to press: for a person to look at'),
  })
  .describe('Whether what is reported is what happened, and what looks coached')

const orderNumber = z.string({ error: 'the number of an order' }).trim().min(1).max(40)
export const exclusionSchema = z.object({
  order: orderNumber,
  cycle: z.int({ error: '1 for the first closing' }).positive().default(1),
  because: z.string({ error: 'a reason of the rules' }).max(64),
})
export const exclusionDecisionSchema = exclusionSchema
  .omit({ because: true })
  .extend({ agreed: z.boolean({ error: 'true or false' }) })

export const linkParamsSchema = z.object({
  token: z.string().regex(/^[\w-]{20,64}$/, { error: 'the end of the link in the text message' }),
})
export const linkStateSchema = z.object({
  state: z.enum(['open', 'answered', 'over']).describe('over: the link has run out'),
})
export const linkAnswerSchema = z
  .object({
    contacted: z.enum(contactedAnswers).optional(),
    solved: z.enum(solvedAnswers).optional(),
    rating: z
      .union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)], {
        error: '1 (very satisfied) to 5 (very dissatisfied)',
      })
      .describe('1 (very satisfied) to 5 (very dissatisfied)'),
  })
  .describe('What a citizen answers on the page; the rating is what it takes')
export const linkTakenSchema = z.object({ state: z.enum(['taken', 'answered', 'over']) })

export type Campaign = z.output<typeof campaignSchema>
export type CampaignChange = z.output<typeof campaignChangeSchema>
export type RateQuery = z.output<typeof rateQuerySchema>
export type RateFormula = z.output<typeof formulaSchema>
export type ExclusionShown = z.output<typeof exclusionListSchema>['exclusions'][number]
export type GroupRates = z.output<typeof groupRatesSchema>
export type AuditReport = z.output<typeof auditReportSchema>
export type Exclusion = z.output<typeof exclusionSchema>
export type ExclusionDecision = z.output<typeof exclusionDecisionSchema>
export type LinkState = z.output<typeof linkStateSchema>['state']
export type LinkAnswer = z.output<typeof linkAnswerSchema>
export type LinkTaken = z.output<typeof linkTakenSchema>['state']
