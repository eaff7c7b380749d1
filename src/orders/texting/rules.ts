import { z } from 'zod'
import { urgencySchema } from '../api.ts'

const time = z
  .string({ error: 'a time of day, as 08:00' })
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'a time of day, as 08:00' })

/** When texts to those who handle orders are sent. DESIGN: no city has published hours for them. */
export const textRulesSchema = z
  .strictObject({
    /** Texts that can wait are sent between these times; those of the night are sent in the morning. */
    from: time.default('08:00'),
    until: time.default('21:00'),
    /** Classes of urgency that are texted at any hour. */
    atOnce: z.array(urgencySchema).readonly().default(['urgent']),
    /** Reminders and warnings within this many minutes make one text per person; 0 sends each separately. */
    togetherMinutes: z.int().min(0).max(720).default(30),
  })
  .refine(({ from, until }) => from < until, {
    error: 'hours within one day: from before until',
    path: ['until'],
  })
  .prefault({})
export type TextRules = z.output<typeof textRulesSchema>
