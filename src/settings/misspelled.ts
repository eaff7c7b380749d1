import { suggest } from '../foundation/index.ts'

/** Others' variables stand in the environment, too: of a short name one letter is enough to be another word. */
const mostLettersOf = (name: string) => (name.length < 8 ? 1 : 2)

/** A sentence for each variable that nobody reads and that is called almost as a setting is. */
export const misspelledHints = (
  env: Readonly<Record<string, string | undefined>>,
  settings: readonly string[],
): readonly string[] =>
  Object.entries(env).flatMap(([name, value]) => {
    if (!value || settings.includes(name)) return []
    const meant = suggest(name, settings, mostLettersOf(name))
    return meant === undefined
      ? []
      : [
          `${name} 不是设置，没有读取；是不是 ${meant}？ / ${name} is no setting and is not read; did you mean ${meant}?`,
        ]
  })
