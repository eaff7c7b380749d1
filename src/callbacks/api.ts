import { z } from 'zod'
import { ms, type WithoutActor } from '../foundation/schema.ts'

/** Callbacks over HTTP: people who rang and were not served, and the outcome of ringing them. */

export const callbackStateSchema = z.enum(['open', 'taken', 'ringing', 'talking', 'closed'], {
  error: 'open, taken, ringing, talking or closed',
})
export const callbackReasonSchema = z
  .enum(['message', 'asked', 'queue-full', 'failed', 'gave-up', 'cut-off'], {
    error: 'message, asked, queue-full, failed, gave-up or cut-off',
  })
  .describe(
    'message: they left one; asked: by a key, to be rung when it is their turn; queue-full: no place in the queue; failed: queue, flow or recording did not work; gave-up: they waited and hung up; cut-off: the call was, while they waited or talked',
  )
export const callbackEndSchema = z
  .enum(['served', 'order-made', 'wrong-number', 'gave-up', 'rang-again', 'forgotten'])
  .describe(
    'gave-up: reached nobody, as often as the rules say; rang-again: they rang and were served; forgotten: erased',
  )
export const callbackResultSchema = z.enum(['served', 'order-made', 'nobody', 'wrong-number', 'gave-up'], {
  error: 'served, order-made, nobody (rung again later), wrong-number or gave-up',
})
export const callbackLightSchema = z.enum(['green', 'yellow', 'red'], { error: 'green, yellow or red' })

const ringingSchema = z
  .object({
    by: z
      .enum(['anyone', 'person', 'nobody'])
      .describe('anyone: a robot, too; person: by hand only; nobody: not to be rung'),
    because: z
      .enum([
        'rang-us',
        'talked',
        'unproved',
        'keyed',
        'incomplete',
        'withheld',
        'opted-out',
        'confidential',
        'no-contact',
        'out-of-reach',
      ])
      .describe(
        'rang-us: the call showed the number; talked: so it did, and they talked with us since, what of is not said; unproved: it said so, and nobody whom we trust vouches for it; keyed: somebody keyed it in, it may be another’s; incomplete: keyed, and no number that can be rung; withheld: none is known; opted-out: they want no survey calls; confidential: their latest order is told by text alone; no-contact: they want to hear nothing of it; out-of-reach: a number that this city does not ring (REACH_COUNTRIES), which a person deals with otherwise',
      ),
  })
  .describe('Who may ring the number, and why')

export const callbackLossSchema = z
  .object({
    call: z.string().describe('Id of the call in which they were not served'),
    reason: callbackReasonSchema,
    atMs: ms('When that was known, ms since 1970'),
    invitedAtMs: ms('When that call rang, ms since 1970'),
    hasMessage: z.boolean().describe('Whether there is a message to hear: /callbacks/{id}/messages/{call}'),
    hasVoice: z
      .boolean()
      .describe('Whether somebody speaks in it; false: silence or noise only; absent where that is not known')
      .optional(),
    words: z.string().describe('What they say, where a recognizer listened').optional(),
  })
  .describe('A call in which they were not served')

export const callbackSchema = z
  .object({
    id: z.string().describe('Id of the callback; ids sort by age'),
    state: callbackStateSchema,
    end: callbackEndSchema.optional().describe('How it was closed'),
    number: z.string().describe('E.164, or as it was shown or keyed; empty when none is known'),
    ringing: ringingSchema,
    invitedAtMs: ms('Their first INVITE, ms since 1970: their place in the queue'),
    owedAtMs: ms('Since when it is owed, ms since 1970'),
    dueAtMs: ms('Until when they are to be rung, ms since 1970; absent once it is closed').optional(),
    toldAtMs: ms('By when they were told that they would be rung, ms since 1970').optional(),
    light: callbackLightSchema,
    quietUntilMs: ms(
      'It is night, and they rang longer ago than CALLBACK_AWAKE_MINUTES: the hotline itself does not ring before, ms since 1970; a person may',
    ).optional(),
    notBeforeMs: ms('Rung again from then on, ms since 1970: nobody was reached before').optional(),
    reasons: z.array(callbackReasonSchema).readonly().describe('Each once, the first first'),
    losses: z.array(callbackLossSchema).readonly(),
    elder: z.boolean(),
    language: z.string().describe('BCP 47, as zh-CN'),
    called: z.string().describe('The number of ours that they rang'),
    tries: z
      .array(z.object({ atMs: ms('When, ms since 1970'), by: z.string() }))
      .readonly()
      .describe('When they were rung'),
    triesLeft: z.int().min(0),
    takenBy: z.string().describe('Who has it now').optional(),
    takenAtMs: ms('Since when, ms since 1970').optional(),
    order: z.string().describe('The order that came of it').optional(),
    endedAtMs: ms('When it was closed, ms since 1970').optional(),
  })
  .describe('A callback: a call that the city owes to somebody who was not served')

export const callbackEventSchema = z.object({
  seq: z.int(),
  atMs: ms('When, ms since 1970'),
  kind: z
    .string()
    .describe('owed, lost-again, taken, given-back, rung, not-rung, met, nobody, warned, closed, …'),
  by: z.string().describe('Who did it; `jieting` for the house'),
  note: z.string().describe('A word on it: the reason, the light, how it ended').optional(),
})

export const callbackDetailSchema = z
  .object({ callback: callbackSchema, events: z.array(callbackEventSchema).readonly() })
  .describe('A callback and all that happened to it, in order')

export const callbackQuerySchema = z.object({
  state: callbackStateSchema
    .describe('Only these; without it all that are not closed, in the order of the INVITE')
    .optional(),
  light: callbackLightSchema.optional(),
  reason: callbackReasonSchema.optional(),
  due: z
    .stringbool({ error: 'true or false' })
    .describe('Only those that somebody can ring now: open, and not to be rung later')
    .optional(),
  takenBy: z.string().max(64).describe('Only those that this member has').optional(),
  limit: z.coerce
    .number({ error: 'a whole number from 1 to 200' })
    .int({ error: 'a whole number from 1 to 200' })
    .min(1, { error: 'a whole number from 1 to 200' })
    .max(200, { error: 'a whole number from 1 to 200' })
    .default(50),
  after: z
    .string()
    .regex(/^\d{1,16}\.back_[0-9a-z]+$/, { error: '`next` of the page before' })
    .describe('`next` of the page before')
    .optional(),
})

export const callbackPageSchema = z
  .object({
    callbacks: z.array(callbackSchema).readonly(),
    next: z.string().describe('Give it as `after` for the next page; absent on the last').optional(),
  })
  .describe('Those that are owed in the order of the INVITE; closed ones the latest first')

export const callbackParamsSchema = z.object({
  id: z.string().regex(/^back_[0-9a-z]+$/, { error: 'the id of a callback, as back_ and its digits' }),
})
export const callbackMessageParamsSchema = callbackParamsSchema.extend({
  call: z.string().regex(/^call_[0-9a-z]+$/, { error: 'the id of a call, as call_ and its digits' }),
})

const by = z
  .string({ error: 'who acts' })
  .trim()
  .min(1, { error: 'who acts' })
  .max(64, { error: 'at most 64 characters' })
  .describe('For whom a program acts; left out by people who have signed in')
  .optional()

export const callbackActSchema = z
  .discriminatedUnion(
    'do',
    [
      z.object({ do: z.literal('take'), by }).describe('From now on it is theirs, and nobody else’s'),
      z.object({ do: z.literal('give-back'), by }).describe('Back to all; a supervisor may for others'),
      z
        .object({
          do: z.literal('end'),
          result: callbackResultSchema,
          order: z
            .string()
            .max(40, { error: 'the number of an order, as 2601050000127' })
            .describe('The number of the order that was made')
            .optional(),
          by,
        })
        .describe(
          'What came of ringing them, by a telephone of their own, too, which is a try by this; telephones of seats ring from their page',
        ),
    ],
    { error: 'do: take, give-back or end' },
  )
  .describe('What somebody does with a callback')

/** The counts for a period. */
export const callbackCountsSchema = z
  .object({
    owed: z.int().describe('Owed now: not closed'),
    late: z.int().describe('Of these: past their limit'),
    toFind: z
      .int()
      .describe(
        'Of these: without a number that can be rung, which a person looks for; counted as neither late, nor made, kept or missed',
      ),
    oldestAtMs: ms('The first INVITE of these, ms since 1970').optional(),
    made: z.int().describe('That came to be owed in this stretch of time'),
    kept: z.int().describe('Of these: rung, or served by themselves, within the limit'),
    missed: z
      .int()
      .describe(
        'Of these: not within the limit, or given up unrung; one that is forgotten before its limit is neither',
      ),
    told: z.int().describe('Of these: who were told by when they would be rung'),
    toldKept: z.int().describe('Of those who were told: rung, or served by themselves, by then'),
    toldMissed: z.int().describe('Of those who were told: not by then'),
    reasons: z.partialRecord(callbackReasonSchema, z.int()).describe('Of these, by the first reason'),
    ends: z.partialRecord(callbackEndSchema, z.int()).describe('Of these that are closed, by how'),
  })
  .describe('Callbacks owed, late, and kept within their limit')

export const callbackCountsQuerySchema = z.object({
  fromMs: z.coerce
    .number({ error: 'ms since 1970' })
    .int()
    .min(0)
    .optional()
    .describe('Today’s midnight when absent'),
  untilMs: z.coerce.number({ error: 'ms since 1970' }).int().min(0).optional().describe('Now when absent'),
})

export type CallbackState = z.output<typeof callbackStateSchema>
export type CallbackReason = z.output<typeof callbackReasonSchema>
export type CallbackEnd = z.output<typeof callbackEndSchema>
export type CallbackResult = z.output<typeof callbackResultSchema>
export type CallbackView = z.output<typeof callbackSchema>
export type CallbackDetail = z.output<typeof callbackDetailSchema>
export type CallbackQuery = z.output<typeof callbackQuerySchema>
export type CallbackPage = z.output<typeof callbackPageSchema>
export type CallbackAct = z.output<typeof callbackActSchema>
export type CallbackCommand = WithoutActor<CallbackAct>
export type CallbackLoss = z.output<typeof callbackLossSchema>
export type CallbackEvent = z.output<typeof callbackEventSchema>
export type CallbackCounts = z.output<typeof callbackCountsSchema>

/** What live pages of callbacks are told: the ids of changed ones, nothing more. */
export type ToCallbackPage = { readonly changed: readonly string[] }
