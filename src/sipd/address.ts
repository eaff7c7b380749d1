import { type Params, readParams } from './params.ts'

/** What From, To, Contact and Route hold: `"name" <uri>;params`, or a bare URI with the parameters being the header's. */
export type Address = { readonly uri: string; readonly params: Params }

const named = /^(?:"(?:[^"\\]|\\.)*"\s*|[\w\-.!%*+`'~\s\x80-\xff]*)<\s*([^<>\s]+)\s*>/
const bare = /^[^\s<>",;?]+/

/** Undefined if the text is no address: an open quote, a missing bracket, something behind the parameters. */
export function readAddress(value: string): Address | undefined {
  const found = named.exec(value)
  const uri = found ? found[1]! : bare.exec(value)?.[0]
  if (uri === undefined || !uri.includes(':')) return undefined
  const params = readParams(value, (found ? found[0] : uri).length)
  return params && { uri, params }
}

const anyhow = /<\s*([a-z][\w+.-]*:[^<>\s]*)\s*>([^<>]*)$/is

/**
 * The address of whoever calls. A name never costs a call, whatever its bytes and however it is quoted: where the
 * grammar does not fit, the last URI in brackets is the address, or the one behind a name.
 */
export function readPeerAddress(value: string): Address | undefined {
  const strict = readAddress(value)
  if (strict) return strict
  const [, bracketed, after = ''] = anyhow.exec(value) ?? []
  if (bracketed !== undefined) return { uri: bracketed, params: readParams(after, 0) ?? new Map() }
  const behind = /\s((?:sips?|tel):\S+)$/i.exec(value)?.[1]
  return behind === undefined ? undefined : readAddress(behind)
}
