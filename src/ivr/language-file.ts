import { z } from 'zod'
import { languageTag, name, text } from './vocabulary.ts'

/** The prompts of a state in another language, named and nested as in the flow's own file. */
const stateWords = z.record(z.string(), z.union([text, z.array(text), z.record(z.string(), text)]), {
  error: 'words by the names that the flow has for them, as { prompt: … }',
})

const flowWords = z.strictObject(
  {
    missed: text.optional().describe('Said before a question is repeated, where the flow says something.'),
    states: z
      .record(name, stateWords, { error: 'words by state' })
      .describe('For each state its words, as in the flow; and a `key` where callers choose their language.'),
  },
  { error: 'missed and states' },
)

/** The format of `<tag>.language.yaml` beside the flows: all of their prompts in one more language. */
export const languageFile = z.strictObject(
  {
    language: languageTag.describe('Its tag (BCP 47), as yue; voices and recordings go by it.'),
    digits: z
      .array(text, { error: 'ten words, from zero to nine' })
      .length(10, { error: 'ten words, from zero to nine' })
      .describe('Zero to nine, as numbers are read out digit by digit.'),
    between: z.string({ error: 'text' }).default('').describe('Between two digits, such as a blank.'),
    pause: z
      .string({ error: 'text' })
      .default(', ')
      .describe('Between groups of digits, where a voice pauses.'),
    flows: z.record(name, flowWords, { error: 'words by flow' }).describe('For each flow its words.'),
  },
  { error: 'a language: language, digits, flows' },
)
export type LanguageFile = z.output<typeof languageFile>

export const isLanguageFile = (path: string) => path.endsWith('.language.yaml')

/** The format of language files as JSON Schema, for editors. */
export function languageJsonSchema(): object {
  return { title: 'A language of the flows', ...z.toJSONSchema(languageFile, { io: 'input' }) }
}
