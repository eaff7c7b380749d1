import { type Params, readParams, splitList } from './params.ts'

/** What From, To, Contact and Route hold: `"name" <uri>;params`, or a bare URI with the parameters being the header's. */
export type Address = {
  readonly uri: string
  readonly params: Params
  /** Set where the name breaks the grammar: by a quote that stays open, or in another way. */
  readonly name?: 'open' | 'wrong'
}

const named = /^(?:"(?:[^"\\]|\\.)*"\s*|[\w\-.!%*+`'~\s\x80-\xff]*)<\s*([^<> \t\r\n]+)\s*>/
const bare = /^[^ \t\r\n<>",;?]+/

/** Undefined if the text is no address: an open quote, a missing bracket, something behind the parameters. */
export function readAddress(value: string): Address | undefined {
  const found = named.exec(value)
  const uri = found ? found[1]! : bare.exec(value)?.[0]
  if (uri === undefined || !uri.includes(':')) return undefined
  const params = readParams(value, (found ? found[0] : uri).length)
  return params && { uri, params }
}

/** Behind whatever stands for a name: the last URI in brackets, or one without, behind a quote or white space. */
const behindName = [
  /^(.*)<\s*([a-z][\w+.-]*:[^<> \t\r\n]+)\s*>/is,
  /^(.*["\s])((?:sips?|tel):[^ \t\r\n<>",;?]+)/is,
] as const

/**
 * The address of whoever sends. A name never costs a call, whatever its bytes and however it is quoted (brackets, commas,
 * doubled quotes, GBK whose second byte is a backslash): where the grammar does not fit, the URI is what stands behind.
 */
export function readPeerAddress(value: string): Address | undefined {
  const strict = readAddress(value)
  if (strict) return strict
  for (const shape of behindName) {
    const found = shape.exec(value)
    const params = found && readParams(value, found[0].length)
    if (!found || !params) continue
    const quotes = found[1]!.split('"').length - 1
    return { uri: found[2]!, params, name: quotes === 1 ? 'open' : 'wrong' }
  }
  return undefined
}

/** A name with more commas than that is not looked through: each costs a look at all that it is. */
const mostCommas = 8

/** Each address of a list, as it is written; undefined if one of them is none. A comma within a name parts nothing. */
export function splitAddresses(list: string): readonly string[] | undefined {
  const found: string[] = []
  let begun: string[] = []
  for (const part of splitList(list)) {
    begun.push(part)
    if (begun.length > mostCommas) break
    const address = begun.join(', ')
    if (!readPeerAddress(address)) continue
    found.push(address)
    begun = []
  }
  if (begun.length === 0) return found
  return readPeerAddress(list) ? [list] : undefined
}

/** The URI of the first address of a list. */
export function firstUri(list: string): string | undefined {
  const first = splitAddresses(list)?.[0]
  return first === undefined ? undefined : readPeerAddress(first)?.uri
}
