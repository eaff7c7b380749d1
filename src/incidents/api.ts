import { z } from 'zod'
import { ms } from '../foundation/schema.ts'

/** Known incidents over HTTP: what is wrong in the city, where, and until when. */

export const incidentKinds = [
  'water',
  'power',
  'gas',
  'heating',
  'traffic',
  'network',
  'weather',
  'other',
] as const

export const incidentKindSchema = z.enum(incidentKinds, { error: `one of ${incidentKinds.join(', ')}` })
export type IncidentKind = z.output<typeof incidentKindSchema>

/** This much takes about 15 s to say, during which callers wait for a person. */
export const mostWords = { 'zh-CN': 60, en: 160 } as const

const spoken = (most: number) =>
  z
    .string({ error: `the words to say, of at most ${most} characters` })
    .trim()
    .min(4, { error: 'words that callers understand, as 望京停水，预计18点恢复' })
    .max(most, { error: `at most ${most} characters: callers wait meanwhile` })
    .refine(text => !/[\p{Cc}{}]/u.test(text), { error: 'one line of words, without braces' })
    // Drop the full stop, because the sentence that follows adds one.
    .transform(text => text.replace(/[。.！!]+$/u, ''))

const place = z.string().trim().min(1).max(40)

export const incidentAreaSchema = z
  .strictObject({
    district: place.describe('One of the city’s districts, where its file names any').optional(),
    street: place.describe('A street of that district').optional(),
    place: place.describe('Free words, as 望京').optional(),
  })
  .refine(area => Object.values(area).some(one => one !== undefined), {
    error: 'a district, a street or a place: where it is',
  })
  .describe('Where it is')
export type IncidentArea = Readonly<z.output<typeof incidentAreaSchema>>

const endless = 'when it is expected to end, ms since 1970: every known incident has an end'

const words = z
  .strictObject({ 'zh-CN': spoken(mostWords['zh-CN']), en: spoken(mostWords.en).optional() })
  .describe('What callers hear; who speaks a language without words is told nothing and goes to the queue')
const untilMs = z.number({ error: endless }).describe('Until when, ms since 1970: it ends by itself then')

export const newIncidentSchema = z.strictObject({
  words,
  kind: incidentKindSchema,
  area: incidentAreaSchema,
  fromMs: z
    .number({ error: 'when it began, ms since 1970' })
    .describe('Since when, ms since 1970; now when absent')
    .optional(),
  untilMs,
})
export type NewIncident = Readonly<z.output<typeof newIncidentSchema>>

/** The changes to an incident. */
export const incidentChangeSchema = z.strictObject({
  words: words.optional(),
  kind: incidentKindSchema.optional(),
  area: incidentAreaSchema.optional(),
  untilMs: untilMs.optional(),
})
export type IncidentChange = Readonly<z.output<typeof incidentChangeSchema>>

const by = {
  by: z
    .string()
    .trim()
    .min(1)
    .max(64)
    .describe('For whom a program acts; left out by people who have signed in')
    .optional(),
}
export const incidentMakeBody = newIncidentSchema.extend(by)
export const incidentChangeBody = incidentChangeSchema
  .extend(by)
  .refine(({ by: _, ...change }) => Object.values(change).some(one => one !== undefined), {
    error: 'something to change: words, kind, area or untilMs',
  })
export const incidentEndBody = z.strictObject(by).nullish()

export const incidentSchema = z
  .object({
    id: z.string().describe('Its id; ids sort by age'),
    words: z.object({ 'zh-CN': z.string(), en: z.string().optional() }).describe('What callers hear'),
    kind: incidentKindSchema,
    area: z.object({
      district: z.string().optional(),
      street: z.string().optional(),
      place: z.string().optional(),
    }),
    state: z.enum(['coming', 'current', 'over']).describe('coming: it begins later'),
    fromMs: ms('Since when, ms since 1970'),
    untilMs: ms('Until when, ms since 1970'),
    madeBy: z.string().describe('Who made it known'),
    madeAtMs: ms('When, ms since 1970'),
    endedBy: z.string().describe('Who ended it before its time').optional(),
    endedAtMs: ms('When, ms since 1970').optional(),
    endsSoon: z
      .boolean()
      .describe('It ends by itself within a quarter of an hour: is it over then, or does it go on?'),
    affected: z.number().describe('Callers who pressed 1 for it, each counted once'),
  })
  .describe('Something wrong in the city that the hotline knows of')
export type IncidentView = Readonly<z.output<typeof incidentSchema>>

export const incidentEventKinds = ['made', 'changed', 'prolonged', 'shortened', 'ended'] as const
export const incidentEventSchema = z.object({
  atMs: ms('When, ms since 1970'),
  kind: z.enum(incidentEventKinds),
  by: z.string().describe('Who did it'),
  /** The values before the change. */
  before: z
    .object({
      words: incidentSchema.shape.words.optional(),
      kind: incidentKindSchema.optional(),
      area: incidentSchema.shape.area.optional(),
      untilMs: z.number().optional(),
    })
    .describe('What was another before'),
})
export type IncidentEvent = Readonly<z.output<typeof incidentEventSchema>>

export const incidentDetailSchema = z.object({
  incident: incidentSchema,
  events: z.array(incidentEventSchema).readonly().describe('What happened to it, in order'),
})
export type IncidentDetail = Readonly<z.output<typeof incidentDetailSchema>>

export const incidentListSchema = z.object({ incidents: z.array(incidentSchema).readonly() })
export const incidentParamsSchema = z.object({ id: z.string().max(64).describe('Id of the incident') })

/** The part that anybody may read. It does not say who made the incident known. */
export const publicIncidentSchema = incidentSchema.pick({
  id: true,
  words: true,
  kind: true,
  area: true,
  fromMs: true,
  untilMs: true,
})
export type PublicIncident = Readonly<z.output<typeof publicIncidentSchema>>
export const publicIncidentListSchema = z.object({ incidents: z.array(publicIncidentSchema).readonly() })
