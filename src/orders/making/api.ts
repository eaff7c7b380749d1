import { z } from 'zod'
import { ms, phoneNumber } from '../../foundation/schema.ts'
import { citationPattern } from '../../knowledge/telling/api.ts'
import {
  centre,
  orderActorSchema,
  orderSummarySchema,
  orderTypeSchema,
  orderValues,
  urgencySchema,
} from '../api.ts'

/** Making an order over HTTP, and its preview. */

const { words, unit, kindCode, truth, confidential, category } = orderValues
const citation = 'an entry of the knowledge base and its version, as know_…@3'

export const newOrderRequestSchema = z.object({
  call: z
    .string()
    .max(64)
    .optional()
    .describe(
      'Id of the call it is told in: gives the caller, the first ring, and what is known of the number',
    ),
  caller: phoneNumber.optional().describe('Who asks, where there is no call'),
  contact: z
    .object({
      mode: z.enum(['voice', 'sms', 'sign', 'none'], { error: 'one of voice, sms, sign, none' }),
      number: phoneNumber.optional(),
    })
    .optional()
    .describe('How the citizen wants to hear from us; by voice at the number that rang when absent'),
  type: orderTypeSchema.optional(),
  name: words(64, 'the name of the citizen').optional(),
  kind: kindCode
    .optional()
    .describe('Code in the catalogue, 8 digits: gives category, unit and urgency where these are not said'),
  category: category.optional(),
  urgency: urgencySchema
    .optional()
    .describe('Needed where neither a kind nor a category is given: the limits go by it'),
  matter: words(4000, 'what it is about'),
  place: words(400, 'where it is').optional().describe('Needed unless it is answered at once'),
  district: words(64, 'a district of the city').optional(),
  street: words(64, 'the street or town it is in')
    .optional()
    .describe('Needed unless it is answered at once'),
  answered: z
    .strictObject({
      words: words(4000, 'what was answered'),
      article: z
        .string({ error: citation })
        .regex(citationPattern, { error: citation })
        .optional()
        .describe(
          'The entry of the knowledge base and its version, as know_…@3; one that answers at this moment',
        ),
    })
    .optional()
    .describe(
      'A consultation that was answered while they were on the line: it is closed with this, and no unit has it',
    ),
  unit: unit.optional(),
  undecided: truth
    .optional()
    .describe(
      'Whoever makes it is not sure what or whose it is: it waits for a dispatcher. So does an order without kind and category, and one for whose kind the catalogue names no unit in its district',
    ),
  elder: truth.optional(),
  confidential: confidential.optional(),
  language: z.string().max(35).optional(),
  draft: z.string().max(64).optional().describe('The draft that it is made of, which ends with it'),
  suggested: z
    .strictObject({
      text: z.string({ error: 'what was said' }).max(4000, { error: 'at most 4000 characters' }),
      objects: z.array(words(64, 'an object of the catalogue')).max(3, { error: 'at most 3' }).readonly(),
    })
    .optional()
    .describe(
      'What was suggested from which words: kept with the kind that was taken, so that suggestions can learn',
    ),
  anyway: truth
    .optional()
    .describe(
      'Make it although this caller has an open order of the same kind, or category where one of the two has no kind',
    ),
  by: orderActorSchema.optional(),
})

/** The preview of an order before it is made. */
export const foreseeRequestSchema = newOrderRequestSchema.pick({
  call: true,
  kind: true,
  category: true,
  district: true,
  street: true,
  urgency: true,
  unit: true,
  undecided: true,
  elder: true,
})
export type ForeseeRequest = z.output<typeof foreseeRequestSchema>
export const foreseenSchema = z
  .object({
    category: z.string(),
    unit: z
      .string()
      .describe(`Id of the unit that would have it; ${centre} where it would wait to be dispatched`),
    unitName: z.string(),
    unitLine: z.string().describe('What citizens ring there; empty where none is known'),
    unitHours: z
      .string()
      .describe('When somebody is there, in the city’s words; empty where it is not known'),
    urgency: urgencySchema,
    dueAtMs: ms('When it would have to be closed; ms since 1970'),
    dispatchByMs: ms(
      'When it would have to be dispatched, where it would wait for that; ms since 1970',
    ).optional(),
    signByMs: ms('When its unit would have to sign; ms since 1970').optional(),
    feedbackByMs: ms('When an old caller would have to hear something; ms since 1970').optional(),
    evidence: z.boolean().describe('Whether a closing needs evidence'),
  })
  .describe('Whose an order would be, and until when')
export type Foreseen = z.output<typeof foreseenSchema>

/** Orders that may already be about the same matter. */
export const nearRequestSchema = z.strictObject({
  street: words(64, 'the street or town it is in')
    .optional()
    .describe('Nothing is near where it is not said'),
  matter: words(4000, 'what it is about'),
  kind: kindCode.optional(),
  own: z
    .array(z.string().max(32))
    .max(50)
    .readonly()
    .optional()
    .describe('Numbers of orders of the same caller, which are told apart from those of others'),
})
export const nearOrdersSchema = z.object({
  orders: z.array(orderSummarySchema).readonly(),
  own: z.array(z.string()).readonly().describe('Which of the caller’s own, open ones are told in like words'),
})
export type NearOrders = z.output<typeof nearOrdersSchema>
export type NearRequest = z.output<typeof nearRequestSchema>

export type NewOrderRequest = z.output<typeof newOrderRequestSchema>
