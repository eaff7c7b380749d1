import { z } from 'zod'
import { readJson } from '../foundation/index.ts'
import { type Limit, limitSchema, writeLimit } from './limit.ts'

export const everyUrgency = <Schema extends z.ZodType>(schema: Schema) =>
  z.strictObject({ urgent: schema, livelihood: schema, general: schema, complex: schema })

/** One city's limits. Values that a city has not published are said so in `sources`. */
export const profileSchema = z.strictObject({
  name: z.string().min(1),
  /** Where the values come from, for whoever changes them. */
  sources: z.array(z.string()),
  /** From the first ring until the citizen has an answer. */
  handling: everyUrgency(limitSchema),
  /** From the first ring until the centre has said whose an order is that waits to be dispatched. */
  dispatch: everyUrgency(limitSchema).prefault({
    // Beijing's, the only ones that were published: DB11/T 2021—2022.
    urgent: { hours: 1 },
    livelihood: { hours: 2 },
    general: { hours: 24 },
    complex: { hours: 24 },
  }),
  /** From the dispatch to a unit until it signs; cities that set none watch the handling alone. */
  sign: everyUrgency(limitSchema).optional(),
  /** From the first ring until an old caller is first told something. */
  elderFeedback: limitSchema,
  extension: z.strictObject({ mostDays: z.int().positive(), times: z.int().min(0) }),
  /** Units may return an order they have not signed, this long after it came and this often altogether. */
  returns: z.strictObject({
    within: limitSchema,
    most: z.int().min(0),
    /** From a return until the centre has decided it. Only Tianjin published one: one working day, two for complex orders. */
    review: everyUrgency(limitSchema).prefault({
      urgent: { minutes: 30 },
      livelihood: { hours: 2 },
      general: { workdays: 1 },
      complex: { workdays: 2 },
    }),
    /** From then until somebody was at the place, where that has to be seen; no value was published. */
    site: limitSchema.prefault({ workdays: 2 }),
  }),
  /** From the moment in which a unit is asked to help until it has answered; no value was published. */
  help: everyUrgency(limitSchema).prefault({
    urgent: { hours: 1 },
    livelihood: { hours: 12 },
    general: { days: 3 },
    complex: { days: 7 },
  }),
  /** So long a citizen may answer what a unit asks; the order's own limits go on meanwhile. */
  question: limitSchema.prefault({ days: 5 }),
  /** From "not solved" until a person has rung. */
  personRings: limitSchema,
})

export type Profile = z.output<typeof profileSchema>

/** As a file has them. */
export const writeAll = ({
  urgent,
  livelihood,
  general,
  complex,
}: Readonly<Record<keyof Profile['handling'], Limit>>) => ({
  urgent: writeLimit(urgent),
  livelihood: writeLimit(livelihood),
  general: writeLimit(general),
  complex: writeLimit(complex),
})

/** One profile by itself. @param name of the file in places of faults. @throws FaultList */
export const readProfile = (text: string, name: string): Profile =>
  readJson(name, text, profileSchema, { code: 'rule-invalid' })
