import { z } from 'zod'
import { ms } from '../foundation/schema.ts'

/** Known incidents over HTTP: what is wrong in the city now, where, and until when. */

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

/** So much is said in some 15 s; callers wait for a person meanwhile. */
export const mostWords = { 'zh-CN': 60, en: 160 } as const

const spoken = (most: number) =>
  z
    .string({ error: `the words to say, of at most ${most} characters` })
    .trim()
    .min(4, { error: 'words that callers understand, as 望京停水，预计18点恢复' })
    .max(most, { error: `at most ${most} characters: callers wait meanwhile` })
    .refine(text => !/[\p{Cc}{}]/u.test(text), { error: 'one line of words, without braces' })
    // The sentence that follows begins after a full stop of its own.
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

export const newIncidentSchema = z.strictObject({
  words: z
    .strictObject({ 'zh-CN': spoken(mostWords['zh-CN']), en: spoken(mostWords.en).optional() })
    .describe('What callers hear; who speaks a language without words is told nothing and goes to the queue'),
  kind: incidentKindSchema,
  area: incidentAreaSchema,
  fromMs: z
    .number({ error: 'when it began, ms since 1970' })
    .describe('Since when, ms since 1970; now when absent')
    .optional(),
  untilMs: z.number({ error: endless }).describe('Until when, ms since 1970: it ends by itself then'),
})
export type NewIncident = Readonly<z.output<typeof newIncidentSchema>>

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
    affected: z.number().describe('Callers who pressed 1 for it, each counted once'),
  })
  .describe('Something wrong in the city that the hotline knows of')
export type IncidentView = Readonly<z.output<typeof incidentSchema>>

export const incidentListSchema = z.object({ incidents: z.array(incidentSchema).readonly() })
export const incidentParamsSchema = z.object({ id: z.string().max(64).describe('Id of the incident') })

/** As much as anybody may read: who made it is the city's own matter. */
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
