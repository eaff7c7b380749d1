import { z } from 'zod'

/** What is read from what a caller says, while they say it. */

const line = z.strictObject({
  id: z.int({ error: 'the id of a line' }).min(0, { error: 'the id of a line' }),
  text: z.string({ error: 'what stands in it' }).max(1000, { error: 'at most 1000 characters' }),
})
export const mostLines = 8
export const readingRequestSchema = z.strictObject({
  lines: z
    .array(line)
    .min(1, { error: 'at least one line' })
    .max(mostLines, { error: `at most ${mostLines} lines` })
    .describe('What was said, in order: lines that changed, and the one before them'),
})
export type ReadingRequest = Readonly<z.output<typeof readingRequestSchema>>

const wordsSchema = {
  words: z.string().describe('The words that say it'),
  line: z.int().describe('Id of the line in which they begin'),
  from: z.int().describe('Where in that line they begin'),
}

export const proposedFieldSchema = z.enum([
  'district',
  'street',
  'place',
  'phone',
  'order',
  'plate',
  'amount',
  'temperature',
  'since',
  'often',
  'affected',
  'elder',
  'keyword',
  'summary',
])
export type ProposedField = z.output<typeof proposedFieldSchema>
export const proposedFields: readonly ProposedField[] = proposedFieldSchema.options

export const proposalSchema = z
  .object({
    field: proposedFieldSchema,
    value: z.string(),
    district: z.string().describe('In which a street lies').optional(),
    ...wordsSchema,
    isDrafted: z.literal(true).describe('A language model drafted it').optional(),
  })
  .describe('What an order may be filled with; a person takes it or not')
export type Offering = Readonly<z.output<typeof proposalSchema>>

export const emergencySchema = z
  .object({
    service: z.enum(['110', '119', '120']),
    what: z.string(),
    ...wordsSchema,
  })
  .describe('What cannot wait, and who is to be rung')
export type EmergencyShown = Readonly<z.output<typeof emergencySchema>>

export const readingSchema = z
  .object({
    proposals: z.array(proposalSchema).readonly(),
    emergencies: z.array(emergencySchema).readonly(),
  })
  .describe('What these lines tell for an order')
export type LinesRead = Readonly<z.output<typeof readingSchema>>
