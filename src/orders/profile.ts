import { z } from 'zod'
import { readJson } from '../foundation/index.ts'
import { type Limit, limitSchema, writeLimit } from './limit.ts'

export const everyUrgency = <Schema extends z.ZodType>(schema: Schema) =>
  z.strictObject({ urgent: schema, livelihood: schema, general: schema, complex: schema })

/** A city's limits. `sources` says which values the city has not published. */
export const profileSchema = z.strictObject({
  name: z.string().min(1),
  /** Where the values come from, for whoever changes them. */
  sources: z.array(z.string()),
  /** From the first ring until the citizen has an answer. */
  handling: everyUrgency(limitSchema),
  /** From the first ring until the centre has dispatched an order that waits for that. */
  dispatch: everyUrgency(limitSchema).prefault({
    // Beijing's, the only published ones: DB11/T 2021—2022.
    urgent: { hours: 1 },
    livelihood: { hours: 2 },
    general: { hours: 24 },
    complex: { hours: 24 },
  }),
  /** From the dispatch until the unit signs; cities without it watch only the handling. */
  sign: everyUrgency(limitSchema).optional(),
  /** From the first ring until an elder gets the first feedback. */
  elderFeedback: limitSchema,
  extension: z.strictObject({ mostDays: z.int().positive(), times: z.int().min(0) }),
  /** Rules for returns of unsigned orders: how long after they came, and how often altogether. */
  returns: z.strictObject({
    within: limitSchema,
    most: z.int().min(0),
    /**
     * From a return until the centre's decision. Only Tianjin has published one: one working day, two for complex
     * orders.
     */
    review: everyUrgency(limitSchema).prefault({
      urgent: { minutes: 30 },
      livelihood: { hours: 2 },
      general: { workdays: 1 },
      complex: { workdays: 2 },
    }),
    /** Time for a site check that the decision needs; no value is published. */
    site: limitSchema.prefault({ workdays: 2 }),
  }),
  /** From the request for help until the co-unit has answered; no value is published. */
  help: everyUrgency(limitSchema).prefault({
    urgent: { hours: 1 },
    livelihood: { hours: 12 },
    general: { days: 3 },
    complex: { days: 7 },
  }),
  /** Time for a citizen to answer a unit's question; the order's own limits keep running. */
  question: limitSchema.prefault({ days: 5 }),
  /** From "not solved" until a person has rung the citizen. */
  personRings: limitSchema,
})

export type Profile = z.output<typeof profileSchema>

/** The form in files. */
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

/** A single profile. @param name of the file, for faults. @throws FaultList */
export const readProfile = (text: string, name: string): Profile =>
  readJson(name, text, profileSchema, { code: 'rule-invalid' })
