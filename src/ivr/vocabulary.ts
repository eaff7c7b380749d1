import { z } from 'zod'
import type { Prompt } from './flow.ts'

/** Building blocks for verbs' options. Each error says what was expected. */

const tagExpected = 'the tag of a language, such as zh-CN or yue'

/** A BCP 47 language tag. */
export const languageTag = z
  .string({ error: tagExpected })
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, { error: tagExpected })
  .refine(isWellFormed, { error: tagExpected })

function isWellFormed(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length > 0
  } catch {
    return false
  }
}

export const text = z.string({ error: 'words to say' }).min(1, { error: 'words to say' })

export const prompt: z.ZodType<Prompt> = z
  .strictObject(
    { 'zh-CN': text.describe('Mandarin'), en: text.describe('English') },
    { error: 'words in each language, as { zh-CN: …, en: … }' },
  )
  .describe('What is said, in each language. {name} stands for a value collected before.')

export const target = z.string({ error: 'the name of a state' }).describe('The state that comes next.')

export const name = z
  .string({ error: 'a name' })
  .regex(/^[a-z][a-z0-9-]*$/, { error: 'a name of small letters, digits and hyphens' })

const unitMs = { ms: 1, s: 1000, min: 60_000 } as const

/** A duration such as `500ms`, `10s` or `2min`, parsed to milliseconds. */
export const duration = z
  .string({ error: 'a length of time such as 500ms, 10s or 2min' })
  .regex(/^\d+(\.\d+)?(ms|s|min)$/, { error: 'a length of time such as 500ms, 10s or 2min' })
  .transform(given => Number.parseFloat(given) * unitMs[given.replace(/[\d.]/g, '') as keyof typeof unitMs])

/** Keys that a flow may use. Key 0 always brings a person. */
export const flowKey = z.enum(['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#'], {
  error: 'a key from 1 to 9, * or #; 0 is a person always',
})
export type FlowKey = z.output<typeof flowKey>

export const keyTargets = z
  .partialRecord(flowKey, target, {
    error: 'states by the keys 1 to 9, * and #, as { 1: …, 2: … }; 0 is a person always',
  })
  .describe('Where each key leads.')

/** Minutes since midnight for `HH:MM`. */
export function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}

/** Hours such as `08:00-20:00`; `20:00-08:00` spans midnight. */
export const hours = z
  .string({ error: 'hours such as 08:00-20:00' })
  .regex(/^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/, { error: 'hours such as 08:00-20:00' })
  .transform(span => {
    const [from = '', to = ''] = span.split('-')
    return { fromMinute: minuteOf(from), toMinute: minuteOf(to) }
  })
