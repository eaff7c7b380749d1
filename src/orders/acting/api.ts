import { z } from 'zod'
import { phoneNumber, type WithoutActor } from '../../foundation/schema.ts'
import { evidenceHash, orderActorSchema, orderDoingSchema, orderParamsSchema, orderValues } from '../api.ts'
import { verdictSchema } from '../checking/api.ts'
import { returnDecisionSchema } from '../returning/api.ts'
import { mostParts, splitPartSchema } from '../splitting/api.ts'
import { siteVerdictSchema, supervisionLevelSchema } from '../supervising/api.ts'

/** Acts on an existing order, over HTTP. */

const { words, unit, kindCode, truth, confidential, category, ruleId } = orderValues
const orderNumber = orderParamsSchema.shape.number
const by = orderActorSchema.optional()
const said = words(4000, 'what there is to say')
const ground = ruleId('a ground that the city knows')
const pieces = z
  .array(evidenceHash)
  .max(20)
  .readonly()
  .default([])
  .describe('Hashes of files that the order shows')
const days = z
  .int({ error: 'a whole number of days' })
  .min(1, { error: 'at least one day' })
  .max(365, { error: 'at most a year' })

const cycle = z
  .int({ error: 'which closing, from 1' })
  .min(1, { error: 'which closing, from 1' })
  .max(1000, { error: 'which closing, from 1' })

const hours = z
  .int({ error: 'a whole number of hours' })
  .min(1, { error: 'at least one hour' })
  .max(720, { error: 'at most 30 days' })

export const resultSchema = z
  .enum(['solved', 'partly', 'explained', 'impossible', 'referred'], {
    error: 'one of solved, partly, explained, impossible, referred',
  })
  .describe(
    'referred: beyond the unit’s duty, told with the right channel (articles 11(2) and 11(5)); counted as such, and as solved nowhere',
  )

export const orderActSchema = z
  .discriminatedUnion(
    'do',
    [
      z
        .object({
          do: z.literal('dispatch'),
          unit,
          kind: kindCode.optional().describe('Code in the catalogue: gives the category, too'),
          category: category.optional().describe('Where the order has none and no kind is said'),
          words: said.optional(),
          by,
        })
        .describe('Says whose an order is that waits at the centre'),
      z
        .object({ do: z.literal('take-back'), words: said.optional(), by })
        .describe('Takes back what went by itself, as long as its unit has not begun'),
      z.object({ do: z.literal('look'), by }).describe('Says that what went by itself is right'),
      z
        .object({ do: z.literal('ask-person'), words: said.optional(), by })
        .describe('Wants a person to decide whose it is (个人信息保护法, article 24)'),
      z.object({
        do: z.literal('add'),
        words: said,
        call: z.string().max(64).optional(),
        draft: z.string().max(64).optional().describe('Id of the draft that says it, which ends'),
        by,
      }),
      z.object({ do: z.literal('sign'), by }),
      z
        .object({
          do: z.literal('assign'),
          person: words(64, 'somebody of the unit').optional().describe('Nobody any more when absent'),
          by,
        })
        .describe('Says who of its unit has it'),
      z.object({ do: z.literal('support'), person: words(64, 'who helps'), phone: phoneNumber, by }),
      z
        .object({ do: z.literal('answer-help'), words: said, by })
        .describe('By a unit that helps: its task is done'),
      z
        .object({ do: z.literal('grant'), unit, words: said, hours: hours.optional(), by })
        .describe('Asks a unit to help, and says with what; within these hours, or the city’s limit'),
      z.object({ do: z.literal('end-grant'), unit, words: said, by }),
      z.object({ do: z.literal('reveal'), words: said, by }).describe('Shows the number, and says what for'),
      z.object({ do: z.literal('set-confidential'), confidential, words: said, by }),
      z.object({ do: z.literal('progress'), words: said, citizenKnows: truth, by }),
      z
        .object({ do: z.literal('ask-citizen'), words: words(300, 'what the citizen is asked'), by })
        .describe('By the lead: a text brings the link; no clock stops'),
      z
        .object({ do: z.literal('answer-question'), words: said, by })
        .describe('By the centre: what the citizen answered on the telephone'),
      z
        .object({ do: z.literal('return'), ground, target: unit, words: said, by })
        .describe('Says whose it is; the centre decides, and the unit has it until then'),
      z.object({
        do: z.literal('decide-return'),
        outcome: returnDecisionSchema,
        target: unit.optional().describe('Upheld: who gets it; whom the unit named when absent'),
        words: said,
        by,
      }),
      z.object({ do: z.literal('reclassify'), category, target: unit.optional(), words: said, by }),
      z.object({ do: z.literal('appoint'), target: unit, words: said, by }),
      z.object({ do: z.literal('ask-extension'), days, reason: said, by }),
      z.object({ do: z.literal('decide-extension'), granted: truth, words: said, by }),
      z.object({
        do: z.literal('close'),
        result: resultSchema,
        words: said,
        evidence: z.array(words(500, 'where a piece of evidence lies')).max(20).readonly().default([]),
        channel: ruleId('a channel that the city knows')
          .optional()
          .describe('Where the citizen goes; of what is referred, and of nothing else'),
        told: truth
          .optional()
          .describe('Whoever closes it was shown what the rules find lacking, and sends it all the same'),
        by,
      }),
      z
        .object({ do: z.literal('judge-closing'), cycle, verdict: verdictSchema, words: said.optional(), by })
        .describe('By a supervisor, who looked at a closing'),
      z.object({ do: z.literal('withdraw-evidence'), hash: evidenceHash, by }),
      z.object({ do: z.literal('note-ring'), words: said, by }),
      z
        .object({ do: z.literal('instruct'), level: supervisionLevelSchema, words: said, by })
        .describe('Says that the unit has to answer, within the limit of the level'),
      z
        .object({ do: z.literal('answer-instruction'), words: said, pieces, by })
        .describe('By the unit: what it does about it'),
      z.object({ do: z.literal('end-instruction'), words: said, by }),
      z
        .object({ do: z.literal('ask-site'), words: said, by })
        .describe('By the centre: somebody has to look at the place'),
      z
        .object({
          do: z.literal('check-site'),
          visitedAtMs: z
            .int({ error: 'when somebody was there, ms since 1970' })
            .describe('When somebody was there, ms since 1970'),
          visitors: words(200, 'who was there'),
          verdict: siteVerdictSchema,
          words: said,
          pieces,
          by,
        })
        .describe('What was seen at the place'),
      z
        .object({ do: z.literal('merge'), into: orderNumber, by })
        .describe(
          'Handles a repeated demand with the order that has the matter already; its citizen keeps it',
        ),
      z
        .object({ do: z.literal('part'), words: said.optional(), by })
        .describe('Undoes a merging: it is handled by itself, as before'),
      z
        .object({ do: z.literal('tell-apart'), from: orderNumber, by })
        .describe('Says that it is about another matter than one that it looked like'),
      z
        .object({
          do: z.literal('tell-state'),
          call: z.string().max(64).optional(),
          draft: z.string().max(64).optional().describe('Id of the draft that was begun for it, which ends'),
          by,
        })
        .describe('Its caller asked about it without a new fact, and was told how it stands'),
      z
        .object({
          do: z.literal('split'),
          parts: z.array(splitPartSchema).min(1).max(mostParts).readonly(),
          words: said.optional(),
          by,
        })
        .describe(
          'One demand is several matters: each of these becomes an order of its own, with the same clock',
        ),
    ],
    { error: `do: one of ${orderDoingSchema.options.join(', ')}` },
  )
  .describe('What somebody does with an order')

export type OrderAct = z.output<typeof orderActSchema>
export type OrderCommand = WithoutActor<OrderAct>
