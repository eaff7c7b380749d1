import { z } from 'zod'

/** Acts that are recorded: who read, heard, changed or exported what, and whose data it was, but never the content. */

export const trailActs = [
  'signed-in',
  'sign-in-refused',
  'signed-out',
  'listed', // a list on which people's data stands
  'searched', // a list asked for by a caller, a call or words
  'read', // one order, call, callback or caller
  'revealed', // a number that was masked
  'listened', // to a message or a recording
  'opened', // a file of an order, a live page
  'exported', // a file of data left the house
  'changed', // an order, a callback, a mark
  'called', // somebody was rung, or sent a code
  'sent', // words of a call went to the language model
  'erased',
  'rights-changed', // who works here and what they may do
  'rules-changed', // flows, campaigns, exclusions, incidents, seats
  'audited',
  'alarm', // somebody looked at more than is usual
] as const

export const trailEntrySchema = z
  .object({
    atMs: z.number(),
    act: z.enum(trailActs),
    outcome: z.enum(['done', 'refused']),
    person: z
      .string()
      .describe('The name of a member; `program` for a token; a mark where a sign-in was refused'),
    role: z.string(),
    address: z.string().describe('From where'),
    way: z
      .string()
      .describe('By which call of the API or which page, without a value: GET /api/orders/:number'),
    about: z.string().describe('An order, a call, a callback, a member, a seat, a flow; empty for a list'),
    whose: z.string().describe('A keyed mark of a telephone number: the same number has the same mark'),
  })
  .describe('One thing that somebody did or tried')

export const trailQuerySchema = z.object({
  person: z.string().max(64).optional(),
  act: z.enum(trailActs).optional(),
  about: z.string().max(64).optional().describe('An order, call, callback or member'),
  number: z.string().max(20).optional().describe('A telephone number, found by its mark; it is kept nowhere'),
  fromMs: z.coerce.number().default(0),
  untilMs: z.coerce.number().default(Number.MAX_SAFE_INTEGER),
  before: z
    .string()
    .regex(/^[0-9T-]+:\d+$/, { error: '`next` of the page before' })
    .optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
})

export const trailPageSchema = z.object({
  entries: z.array(trailEntrySchema),
  next: z.string().optional(),
  keptDays: z.number(),
})

export const trailExportQuerySchema = trailQuerySchema
  .omit({ before: true, limit: true })
  .extend({ format: z.enum(['jsonl', 'syslog']).default('jsonl') })

export type TrailAct = (typeof trailActs)[number]
export type TrailEntry = Readonly<z.output<typeof trailEntrySchema>>
export type TrailQuery = z.output<typeof trailQuerySchema>
export type TrailPage = z.output<typeof trailPageSchema>
export type TrailExportQuery = z.output<typeof trailExportQuerySchema>
