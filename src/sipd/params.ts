/** Parameters by name in lower case; the value of one that has none, or an empty one, is ''. Quotes are kept. */
export type Params = ReadonlyMap<string, string>

const param = /\s*;\s*([\w\-.!%*+`'~]+)(?:\s*=\s*("(?:[^"\\]|\\.)*"|[^\s;,"<>]*))?\s*/y
/** What follows the last, where somebody goes on too far. */
const trailing = /\s*;\s*$/y

/** Reads `;name=value;name` from `start` to the end of the text; undefined if anything else is there. */
export function readParams(text: string, start = 0): Params | undefined {
  const params = new Map<string, string>()
  for (let at = start; at < text.length; at = param.lastIndex) {
    param.lastIndex = at
    const found = param.exec(text)
    trailing.lastIndex = at
    if (!found) return trailing.test(text) ? params : undefined
    params.set(found[1]!.toLowerCase(), found[2] ?? '')
  }
  return params
}

/** Parts a list at its commas, but not at those within quotes or angle brackets. */
export function splitList(value: string): string[] {
  if (!value.includes(',')) return [value.trim()]
  const parts: string[] = []
  let start = 0
  let quoted = false
  let depth = 0
  for (let at = 0; at < value.length; at++) {
    const char = value[at]
    if (quoted) {
      if (char === '\\') at++
      else if (char === '"') quoted = false
    } else if (char === '"') quoted = true
    else if (char === '<') depth++
    else if (char === '>') depth--
    else if (char === ',' && depth === 0) {
      parts.push(value.slice(start, at).trim())
      start = at + 1
    }
  }
  parts.push(value.slice(start).trim())
  return parts
}
