import { z } from 'zod'

/**
 * Texts in the city's words. `{number}` stands for what is known then; a part in brackets
 * in which something is named that is not known, or not to be told, is left out with all of it.
 */
const names = /\{([a-z]*)\}/g
/** A part in brackets with a name in it; `[12345]` is none. */
const optional = /\[([^[\]{}]*\{[^[\]]*)\]/g

/** A text message of more than 300 characters is five. */
const mostCharacters = 300

/** @param known what may be named in it. @param needed what has to be, or the text is of no use */
export const template = (known: readonly string[], needed: readonly string[], shipped: string) =>
  z
    .string()
    .min(1, { error: 'a text' })
    .max(mostCharacters, { error: `at most ${mostCharacters} characters` })
    .superRefine((text, context) => {
      const named = [...text.matchAll(names)].map(([, name = '']) => name)
      const plain = text.replace(optional, '')
      for (const name of named.filter(name => !known.includes(name)))
        context.addIssue({
          code: 'custom',
          message: `names of ${known.map(one => `{${one}}`).join(', ')}`,
          input: name,
        })
      for (const name of needed.filter(name => !plain.includes(`{${name}}`)))
        context.addIssue({
          code: 'custom',
          message: `a text with {${name}} in it, outside of brackets`,
          input: text,
        })
      if (/[{}]/.test(text.replace(names, '')))
        context.addIssue({ code: 'custom', message: 'braces around names alone', input: text })
    })
    .default(shipped)

export const inBoth = <Chinese extends z.ZodType, English extends z.ZodType>(
  chinese: Chinese,
  english: English,
) => z.strictObject({ 'zh-CN': chinese, en: english })

/** @param values by their names; what is empty is not known, or not to be told */
export function filledIn(text: string, values: Readonly<Record<string, string>>): string {
  const isKnown = (part: string) => [...part.matchAll(names)].every(([, name = '']) => values[name])
  return text
    .replace(optional, (_, part: string) => (isKnown(part) ? part : ''))
    .replace(names, (_, name: string) => values[name] ?? '')
}
