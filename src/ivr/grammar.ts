import { z } from 'zod'
import { verbs } from './verbs.ts'
import { duration, name, prompt, target } from './vocabulary.ts'
import { anyKey, type FormerWord } from './yaml-file.ts'

const state = z
  .strictObject(
    Object.fromEntries(verbs.map(verb => [verb.name, verb.schema.optional().describe(verb.about)])),
    { error: 'one verb with its options' },
  )
  .refine(given => Object.values(given).filter(Boolean).length === 1, {
    error: `exactly one verb: ${verbs.map(verb => verb.name).join(', ')}`,
  })

/** The format of a file in `ivr-flows/`. */
export const flowFile = z.strictObject(
  {
    flow: name.describe('Its name, by which other flows go on in it.'),
    audience: z
      .enum(['general', 'elder'], { error: 'general or elder' })
      .describe('Whom it speaks to; for elder callers a first miss is a person already.'),
    syllablesPerMinute: z
      .int({ error: 'a whole number of syllables a minute' })
      .min(100, { error: '100 to 260 syllables a minute' })
      .max(260, { error: '100 to 260 syllables a minute' })
      .describe('How fast it speaks: 200 for most, 120 to 160 for elder callers.'),
    patience: duration.describe('How long a caller may think before it counts as silence.'),
    start: target.describe('The first state.'),
    person: target.describe('The state, a queue, that key 0 leads to from everywhere.'),
    missed: prompt.optional().describe('Said before a question is repeated.'),
    numbers: z
      .record(
        name,
        z.string({ error: 'a number in quotes' }).regex(/^\+?\d{3,15}$/, { error: '3 to 15 digits' }),
      )
      .default({})
      .describe('Outside numbers that may be rung, by name.'),
    states: z.record(name, state, { error: 'states by name' }),
  },
  { error: 'a flow: flow, audience, states and so on' },
)
export type FlowFile = z.output<typeof flowFile>

/** Words of earlier builds that files may still use. */
export const formerFlowWords: readonly FormerWord[] = verbs.flatMap(({ name: is, formerName: was }) =>
  was === undefined ? [] : [{ within: ['states', anyKey], was, is }],
)

/** The format of flow files as JSON Schema, for editors. */
export function flowJsonSchema(): object {
  return { title: 'A flow of the hotline', ...z.toJSONSchema(flowFile, { io: 'input' }) }
}
