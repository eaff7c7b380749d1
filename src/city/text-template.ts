import { z } from 'zod'

/**
 * Message templates in the city's own words. A placeholder such as `{number}` is filled in when the message is sent. A
 * part in square brackets is left out as a whole if one of its placeholders is unknown or must not be told.
 */
const names = /\{([a-z]*)\}/g
/** A part in brackets that holds a placeholder. `[12345]` is ordinary text. */
const optional = /\[([^[\]{}]*\{[^[\]]*)\]/g

/** An SMS of 300 characters is already sent in five parts. */
const mostCharacters = 300

/** @param known the placeholders it may hold. @param needed those it must hold, without which the text is of no use */
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

/** @param values by placeholder; an empty value is unknown, or must not be told */
export function filledIn(text: string, values: Readonly<Record<string, string>>): string {
  const isKnown = (part: string) => [...part.matchAll(names)].every(([, name = '']) => values[name])
  return text
    .replace(optional, (_, part: string) => (isKnown(part) ? part : ''))
    .replace(names, (_, name: string) => values[name] ?? '')
}
