import { z } from 'zod'
import { ms } from '../foundation/schema.ts'

/** The knowledge base over HTTP: questions that citizens ask, and answers that are read out word for word. */

/** In characters. A paragraph is spoken without a break, in about 25 s. */
export const longestParagraph = 120
export const longestText = 1_200
export const longestQuestion = 80
export const mostWordings = 40

const line = (most: number, error: string) =>
  z.string({ error }).trim().min(1, { error }).max(most, { error })
const lines = (what: string, most = 500) =>
  z
    .array(line(most, `${what}, each of at most ${most} characters`), { error: what })
    .max(40, { error: 'at most 40 of them' })
    .readonly()
const free = (what: string) =>
  z
    .string({ error: what })
    .trim()
    .max(2_000, { error: 'at most 2000 characters' })
    .transform(text => (text === '' ? undefined : text))
    .optional()
const day = z
  .string({ error: 'a day, as 2026-01-31' })
  .regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, { error: 'a day, as 2026-01-31' })

/** How tables mark an example. */
export const exampleMark = '是'
const exampleWanted = '是, or nothing where it is official'

export const knowledgeContentSchema = z.strictObject({
  question: line(longestQuestion, 'a question of 1 to 80 characters, as citizens put it').describe(
    'As citizens put it, on one line',
  ),
  wordings: z
    .array(line(longestQuestion, 'another wording of 1 to 80 characters'), { error: 'other wordings' })
    .max(mostWordings, { error: `at most ${mostWordings} of them` })
    .readonly()
    .default([])
    .describe('Other ways in which citizens say it'),
  text: z
    .string({ error: 'the text that is read out' })
    .trim()
    .min(4, { error: 'the text that is read out' })
    .max(longestText, { error: `at most ${longestText} characters` })
    .refine(text => text.split('\n').every(part => [...part.trim()].length <= longestParagraph), {
      error: `paragraphs of at most ${longestParagraph} characters, each on a line: they are read out`,
    })
    .transform(text =>
      text
        .split('\n')
        .flatMap(part => part.trim() || [])
        .join('\n'),
    )
    .describe('Read out word for word; a paragraph a line, each of at most 120 characters'),
  conditions: free('who it is for').describe('Who it is for, and when'),
  papers: lines('papers that are wanted').default([]).describe('What to bring'),
  steps: lines('steps').default([]).describe('What to do, in order'),
  places: free('where').describe('Where'),
  hours: free('when it is open').describe('When it is open'),
  law: free('the legal ground').describe('Legal ground'),
  unit: line(64, 'the id of a unit').describe('Id of the unit that keeps it'),
  kinds: lines('kinds', 64).default([]).describe('What it is about, in words or by codes of the catalogue'),
  districts: lines('districts', 40).default([]).describe('Where it holds; everywhere when empty'),
  validFrom: day.describe('The first day on which it holds').optional(),
  validUntil: day.describe('The last day on which it holds'),
  order: line(20, 'the number of an order').describe('The solved order that it came of').optional(),
  example: z
    .literal(exampleMark, { error: exampleWanted })
    .describe(
      '是: an example that ships with the product, and no official answer; marked wherever it is shown',
    )
    .optional(),
})
export type KnowledgeContent = Readonly<z.output<typeof knowledgeContentSchema>>

const texts = z.array(z.string()).readonly()
/** The content as it is kept and shown, without limits: it was checked against the schema when it came in. */
export const knowledgeContentShown = z.object({
  question: z.string(),
  wordings: texts,
  text: z.string(),
  conditions: z.string().optional(),
  papers: texts,
  steps: texts,
  places: z.string().optional(),
  hours: z.string().optional(),
  law: z.string().optional(),
  unit: z.string(),
  kinds: texts,
  districts: texts,
  validFrom: z.string().optional(),
  validUntil: z.string(),
  order: z.string().optional(),
  example: z.literal(exampleMark).optional(),
})

export const knowledgeStates = ['draft', 'in-review', 'published', 'withdrawn'] as const
export const knowledgeStateSchema = z.enum(knowledgeStates)
export type KnowledgeState = z.output<typeof knowledgeStateSchema>

export const knowledgeStandingSchema = z
  .enum(['draft', 'in-review', 'coming', 'current', 'expired', 'replaced', 'withdrawn'])
  .describe('State and time in one: only what is current is suggested, read out or cited')
export type KnowledgeStanding = z.output<typeof knowledgeStandingSchema>

export const knowledgeEventKinds = [
  'drafted',
  'changed',
  'submitted',
  'sent-back',
  'published',
  'withdrawn',
  'shipped',
] as const
const eventKind = z.enum(knowledgeEventKinds)
export type KnowledgeEventKind = z.output<typeof eventKind>

export const knowledgeVersionSchema = z.object({
  version: z.int().describe('1 for the first'),
  revision: z.int().describe('Goes up with every change of it; a change names the one that it saw'),
  state: knowledgeStateSchema,
  standing: knowledgeStandingSchema,
  content: knowledgeContentShown,
  authors: z.array(z.string()).readonly().describe('Whoever wrote any of it; none of them reviews it'),
  madeAtMs: ms('When, ms since 1970'),
  reviewer: z
    .string()
    .describe('Who reviewed and published it; nobody did where it came with the product as an example')
    .optional(),
  reviewedAtMs: ms('When, ms since 1970').optional(),
  fromMs: ms('Since when it holds').optional(),
  untilMs: ms('Until when it holds, and no moment longer'),
})
export type KnowledgeVersion = Readonly<z.output<typeof knowledgeVersionSchema>>

export const knowledgeEventSchema = z.object({
  atMs: ms('When, ms since 1970'),
  version: z.int(),
  kind: eventKind,
  by: z.string().describe('Who did it'),
  note: z.string().describe('What they said of it').optional(),
})
export type KnowledgeEvent = Readonly<z.output<typeof knowledgeEventSchema>>

export const knowledgeUseSchema = z.enum(['read-out', 'sms', 'cite'], {
  error: 'one of read-out, sms, cite',
})
export type KnowledgeUse = z.output<typeof knowledgeUseSchema>

export const knowledgeDetailSchema = z.object({
  id: z.string(),
  unit: z.string(),
  /** Newest first. */
  versions: z.array(knowledgeVersionSchema).readonly().describe('The newest first'),
  events: z.array(knowledgeEventSchema).readonly().describe('What happened to it, in order'),
  uses: z.object({ 'read-out': z.number(), sms: z.number(), cite: z.number() }).describe('How often, in all'),
  may: z
    .array(z.enum(['change', 'submit', 'review', 'withdraw', 'use']))
    .readonly()
    .describe('What whoever asks may do with it now'),
})
export type KnowledgeDetail = Readonly<z.output<typeof knowledgeDetailSchema>>

export const knowledgeRowSchema = z.object({
  id: z.string(),
  version: z.int(),
  question: z.string(),
  unit: z.string(),
  standing: knowledgeStandingSchema,
  authors: z.array(z.string()).readonly(),
  example: z.boolean().describe('An example that ships with the product'),
  untilMs: ms('Until when it holds'),
  uses: z.number().describe('How often it was read out, sent or cited'),
})
export type KnowledgeRow = Readonly<z.output<typeof knowledgeRowSchema>>
export const knowledgeListSchema = z.object({
  entries: z.array(knowledgeRowSchema).readonly(),
  next: z.string().describe('Asks for the page after this one').optional(),
})
export const knowledgeLists = ['all', 'current', 'draft', 'in-review', 'ending', 'expired', 'unused'] as const
export const knowledgeListQuery = z.strictObject({
  list: z.enum(knowledgeLists).default('all').describe('Which entries; ending: within 30 days'),
  unit: z.string().max(64).optional(),
  after: z.string().max(64).describe('`next` of the page before').optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export type KnowledgeListQuery = Readonly<z.output<typeof knowledgeListQuery>>

/** In characters; only the end of a longer query is searched. */
export const longestQuery = 300
export const knowledgeSearchBody = z.strictObject({
  text: z
    .string({ error: 'what to look for' })
    .max(200_000, { error: 'at most 200000 characters' })
    .describe(`What was typed or said; the last ${longestQuery} characters are looked at`),
  district: z.string().max(40).describe('Entries of other districts come no more').optional(),
  limit: z.int().min(1).max(20).default(8),
  final: z
    .boolean()
    .default(false)
    .describe('Whoever typed has stopped: counted, with the words where nothing was found'),
})
export type KnowledgeSearch = Readonly<z.input<typeof knowledgeSearchBody>>
export const knowledgeHitSchema = z.object({
  id: z.string(),
  version: z.int(),
  question: z.string(),
  text: z.string().describe('What is read out'),
  unit: z.string(),
  example: z.boolean().describe('An example that ships with the product, and no official answer'),
  matched: z.string().describe('The wording that fitted best'),
  score: z.number().describe('0 to 1'),
  untilMs: ms('Until when it holds'),
})
export type KnowledgeHit = Readonly<z.output<typeof knowledgeHitSchema>>
export const knowledgeFoundSchema = z.object({
  hits: z.array(knowledgeHitSchema).readonly().describe('The best first; none where nothing answers it'),
  unsure: z.boolean().describe('What was found may be beside the point, or nothing was found'),
  looked: z.number().describe('How many characters were looked at'),
  cut: z.boolean().describe('More was given than is looked at'),
})
export type KnowledgeFound = Readonly<z.output<typeof knowledgeFoundSchema>>

export const knowledgeParams = z.object({ id: z.string().max(64).describe('Id of the entry') })
const version = z.int({ error: 'the number of a version' }).min(1).describe('The version that it is about')
const note = z.string().trim().max(500, { error: 'at most 500 characters' }).optional()
export const knowledgeDraftBody = knowledgeContentSchema
export const knowledgeChangeBody = z.strictObject({
  version: version.describe('The newest version that was seen'),
  revision: z.int({ error: 'the revision that was seen' }).describe('Its revision that was seen'),
  content: knowledgeContentSchema,
})
export const knowledgeActBody = z.strictObject({ version, note })
export const knowledgeReviewBody = z.strictObject({
  entries: z
    .array(z.strictObject({ id: z.string().max(64), version, revision: z.int() }), { error: 'entries' })
    .min(1, { error: 'at least one entry' })
    .max(500, { error: 'at most 500 entries' })
    .readonly(),
  verdict: z.enum(['publish', 'send-back'], { error: 'publish or send-back' }),
  note,
})
export type KnowledgeReview = Readonly<z.output<typeof knowledgeReviewBody>>
export const knowledgeReviewedSchema = z.object({
  done: z.array(z.string()).readonly().describe('Ids'),
  refused: z
    .array(z.object({ id: z.string(), code: z.string(), found: z.string(), expected: z.string() }))
    .readonly()
    .describe('Those that stayed as they were, and why'),
})
export type KnowledgeReviewed = Readonly<z.output<typeof knowledgeReviewedSchema>>
export const knowledgeUseBody = z.strictObject({ version, how: knowledgeUseSchema })
export const knowledgeUsedSchema = z.object({
  id: z.string(),
  version: z.int(),
  how: knowledgeUseSchema,
  words: z.string().describe('What is read out, sent or put into the order, word for word'),
  citation: z.string().describe('The entry and its version, as know_…@3'),
})
export type KnowledgeUsed = Readonly<z.output<typeof knowledgeUsedSchema>>

export const knowledgeDiffQuery = z.strictObject({
  from: z.coerce.number().int().min(1),
  to: z.coerce.number().int().min(1),
})
export const knowledgeDiffSchema = z.object({
  changes: z
    .array(z.object({ field: z.string(), before: z.string(), after: z.string() }))
    .readonly()
    .describe('What of it is another, field by field'),
})
export type KnowledgeDiff = Readonly<z.output<typeof knowledgeDiffSchema>>

export const knowledgeImportBody = z.strictObject({
  name: line(200, 'the name of the file').describe('Its name; one that ends in .md is Markdown'),
  data: z.base64({ error: 'the bytes of the file in base64' }).describe('The bytes of the file in base64'),
  submit: z.boolean().default(false).describe('Whether what is taken goes to review at once'),
})
export type KnowledgeImport = Readonly<z.input<typeof knowledgeImportBody>>
export const knowledgeImportedSchema = z.object({
  drafted: z.number(),
  changed: z.number().describe('Entries whose question was there: a new version each'),
  same: z.number().describe('Entries that are there as they came'),
  submitted: z.boolean().describe('What was taken waits for a review; a draft otherwise'),
  faults: z
    .array(
      z.object({
        row: z.int().describe('Of the table, its head being 1; of Markdown, the line'),
        column: z.string().describe('The name of the column'),
        found: z.string(),
        expected: z.string(),
      }),
    )
    .readonly()
    .describe('Rows that were not taken; the others were'),
})
export type KnowledgeImported = Readonly<z.output<typeof knowledgeImportedSchema>>
export type KnowledgeRowFault = KnowledgeImported['faults'][number]
export const knowledgeFormats = ['csv', 'xlsx', 'md'] as const
export const knowledgeExamplesWithdrawn = z.object({
  withdrawn: z.int().describe('How many answered before'),
})
export const knowledgeExportParams = z.object({ format: z.enum(knowledgeFormats) })
export type KnowledgeFormat = (typeof knowledgeFormats)[number]

export const knowledgeInboxSchema = z.object({
  review: z.array(knowledgeRowSchema).readonly().describe('What waits for a review by whoever asks'),
  ending: z
    .array(knowledgeRowSchema.extend({ days: z.number().describe('30 or 7: the last that was told') }))
    .readonly()
    .describe('What of theirs ends soon, told 30 and 7 days before'),
  sentBack: z.array(knowledgeRowSchema).readonly().describe('Drafts of theirs'),
})
export type KnowledgeInbox = Readonly<z.output<typeof knowledgeInboxSchema>>
