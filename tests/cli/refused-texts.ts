/** What faults find and expect, read out of the source: literals, templates, lists of them and constants by their names. */

/** A template as it reads with a value in each place. */
const withoutValues = (template: string) => template.replace(/\$\{[^{}]*\}/g, '7')

export type SourceText = { readonly path: string; readonly text: string }

/** Where a literal, a comment or a bracketed part that begins at this place ends. */
function endOf(text: string, at: number): number {
  const first = text[at] ?? ''
  if (first === '/' && text[at + 1] === '/') return text.indexOf('\n', at)
  if (first === '/' && text[at + 1] === '*') return text.indexOf('*/', at) + 2
  if (!/['"`([{]/.test(first)) return at + 1
  const isText = /['"`]/.test(first)
  const last = { '(': ')', '[': ']', '{': '}' }[first] ?? first
  for (let next = at + 1; next < text.length; ) {
    if (text[next] === last) return next + 1
    if (isText && text[next] === '\\') next += 2
    else if (isText && !(first === '`' && text.startsWith('${', next))) next++
    else next = endOf(text, first === '`' ? next + 1 : next)
  }
  return text.length
}

/** An expression from here to the comma or bracket that ends it. */
function expressionAt(text: string, from: number): string {
  let at = from
  while (at < text.length && !/[,)\]};]/.test(text[at] ?? '')) at = endOf(text, at)
  return text.slice(from, at)
}

/** What stands between two brackets, part by part. */
function argumentsIn(text: string, from: number): readonly string[] {
  const parts: string[] = []
  for (let at = from; at < text.length && text[at] !== ')'; at++) {
    const part = expressionAt(text, at)
    parts.push(part)
    at += part.length
    if (text[at] !== ',') break
  }
  return parts
}

/** Its texts, those of a choice and of a list among them, and what is left without them. */
function split(expression: string): { readonly texts: readonly string[]; readonly rest: string } {
  const texts: string[] = []
  let rest = ''
  for (let at = 0; at < expression.length; ) {
    const isText = /['"`]/.test(expression[at] ?? '')
    const end = isText || /^\/[/*]/.test(expression.slice(at, at + 2)) ? endOf(expression, at) : at + 1
    if (isText) texts.push(withoutValues(expression.slice(at + 1, end - 1)))
    else if (end === at + 1) rest += expression[at]
    at = end
  }
  return { texts, rest }
}

/** Texts that a constant of a file stands for, alone or in a list. */
function constantsOf({ text }: SourceText): ReadonlyMap<string, readonly string[]> {
  const found = text.matchAll(/^(?:export )?const (\w+)(?:: [^=\n]+)? =\s+(?=['"`[])/gm)
  return new Map(
    [...found].map(({ 0: begin, 1: name = '', index }) => [
      name,
      split(text.slice(index + begin.length, endOf(text, index + begin.length))).texts,
    ]),
  )
}

/**
 * @param byPosition whether what a file hands to `fault(code, place, found, expected)` is heard by anybody
 */
export function refusedTexts(
  sources: readonly SourceText[],
  byPosition: (path: string) => boolean,
): readonly string[] {
  const constants = new Map(sources.map(source => [source.path, constantsOf(source)]))
  const everywhere = new Map([...constants.values()].flatMap(all => [...all]))
  const textsOf = ({ path, text }: SourceText, expression: string) => {
    // What a field means, and what is asked of the database.
    if (/^(z|await)\b|\.describe\(|\bsql`/.test(expression)) return []
    const { texts, rest } = split(expression)
    const named = [...rest.matchAll(/(?<!\w|(?<!\.)\.)[a-zA-Z]\w*(?!\w*\s*:)/g)].flatMap(([name]) => {
      const isImported = new RegExp(`^(?:import|export) \\{[^}]*\\b${name}\\b`, 'm').test(text)
      return constants.get(path)?.get(name) ?? (isImported ? everywhere.get(name) : undefined) ?? []
    })
    return [...texts, ...named]
  }
  return sources.flatMap(source => {
    const { text, path } = source
    const said = [...text.matchAll(/\b(?:error|found|expected):\s+/g)]
    const named = text.matchAll(/^( *)(?:const|let) (?:\w*[eE]xpected|found|\w*[fF]orm) =\s+/gm)
    const shorthand = text.matchAll(/(?<=[{,]\s*)\b(?:found|expected)(?=\s*[,}])/g)
    const handed = byPosition(path) ? text.matchAll(/\b(?:\w*[fF]ault|\w*[bB]roken|refused?)\(/g) : []
    return (
      [
        ...said.flatMap(({ 0: begin, index }) => textsOf(source, expressionAt(text, index + begin.length))),
        ...[...named].flatMap(({ 0: begin, 1: indent = '', index }) => {
          const after = text.slice(index + begin.length)
          const end = after.search(new RegExp(`\\n {0,${indent.length}}\\S`))
          return textsOf(source, after.slice(0, end))
        }),
        ...[...shorthand].flatMap(([name]) => textsOf(source, name)),
        ...[...handed].flatMap(({ 0: begin, index }) =>
          argumentsIn(text, index + begin.length).flatMap(part =>
            part.trimStart().startsWith('{') ? [] : textsOf(source, part),
          ),
        ),
      ]
        .map(one => one.replaceAll("\\'", "'"))
        // Codes, places and values have no blank.
        .filter(one => /\b[a-z]{2,},? \S|\S [a-z]/.test(one) && !/\n|^[\s,)\]]|^[\w-]+\.json /u.test(one))
        .concat([...text.matchAll(/\b(?:error|found|expected): '([a-zA-Z]+)'/g)].map(([, one = '']) => one))
    )
  })
}
