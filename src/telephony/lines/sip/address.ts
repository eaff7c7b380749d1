/**
 * Addresses in SIP headers (RFC 3261, section 25.1) and the URIs in them, read as forgivingly as telephones write
 * them. Who calls is decided by the URI alone: a name is text that the caller chose.
 */
export type SipAddress = {
  /** Without its quotes; empty where there is none. */
  readonly name: string
  readonly uri: string
  /** Parameters of the header, names in lower case, values without quotes. */
  readonly params: ReadonlyMap<string, string>
}

export type Uri = {
  /** In lower case: sip, sips, tel. */
  readonly scheme: string
  /** Unescaped, without a password and without parameters: a name, or a number; empty for one with control characters. */
  readonly user: string
  /** As written, with a port; empty for tel. */
  readonly host: string
  /** Those of a telephone number (RFC 3966), also where it is the user of a SIP URI. */
  readonly numberParams: ReadonlyMap<string, string>
  /** Those of the URI itself. */
  readonly params: ReadonlyMap<string, string>
}

const quoted = String.raw`"(?:[^"\\]|\\.)*"`
/** As the grammar has it: perhaps a name, quoted or of words, then the URI in brackets. */
const byGrammar = new RegExp(String.raw`^(${quoted}|[^"<>]*)\s*<\s*([a-z][\w+.-]*:[^<>\s"]*)\s*>(.*)$`, 'is')
/** A URI without brackets: what follows its semicolon belongs to the header (section 20.10). */
const bare = new RegExp(
  String.raw`^(${quoted}|[^<>]*\s|)\s*((?:sips?|tel):[^\s;,<>"]+(?:;[^\s,<>"@]*@[^\s;,<>"]+)?)(.*)$`,
  'is',
)
/** Anything that can be made out where the grammar is broken, as by quotes that do not pair: the last one in brackets. */
const anyhow = /^(.*)<\s*((?:sips?|tel):[^<>\s]*)\s*>(.*)$/is

/** No telephone writes more; what is longer was made to be slow. */
const longest = 4_096

/** The address in a header that holds one, as From; undefined where there is no URI at all. */
export function readAddress(header: string): SipAddress | undefined {
  if (header.length > longest) return undefined
  const text = header.trim()
  const [, name = '', uri = '', params = ''] =
    byGrammar.exec(text) ?? bare.exec(text) ?? anyhow.exec(text) ?? []
  if (uri === '') return undefined
  return { name: unquote(name.trim()), uri, params: readParams(params) }
}

/** The addresses in a header that may hold several, as Contact and P-Asserted-Identity; parts that are none are left out. */
export const readAddresses = (header: string): readonly SipAddress[] =>
  splitOutside(header.slice(0, longest), ',').flatMap(part => readAddress(part) ?? [])

/** The same address as the grammar has it, for whoever reads by the grammar alone. */
export function writeAddress({ name, uri, params }: SipAddress): string {
  const shown = name === '' ? '' : `"${name.replace(/[\r\n]/g, ' ').replace(/["\\]/g, '\\$&')}" `
  return `${shown}<${uri}>${[...params].map(([key, value]) => `;${key}${writeValue(value)}`).join('')}`
}

const writeValue = (value: string) => {
  if (value === '') return ''
  return /^[\w\-.!%*+`'~[\]:@/]+$/.test(value) ? `=${value}` : `="${value.replace(/["\\]/g, '\\$&')}"`
}

/** Undefined for what is no URI of a person or a telephone. */
export function readUri(text: string): Uri | undefined {
  const [, scheme = '', rest = ''] = /^\s*(sips?|tel):(.*)$/is.exec(text) ?? []
  if (scheme === '') return undefined
  if (/^tel$/i.test(scheme)) {
    const { head, params } = cut(rest)
    return { scheme: 'tel', user: unescapeUri(head), host: '', numberParams: params, params }
  }
  const at = rest.indexOf('@')
  const { head: withPassword, params: numberParams } = cut(rest.slice(0, Math.max(0, at)))
  const { head: host, params } = cut(rest.slice(at + 1).replace(/\?.*$/s, ''))
  const user = unescapeUri(withPassword.replace(/:.*$/s, ''))
  return { scheme: scheme.toLowerCase(), user, host, numberParams, params }
}

function cut(text: string): { readonly head: string; readonly params: ReadonlyMap<string, string> } {
  const semicolon = text.indexOf(';')
  if (semicolon < 0) return { head: text.trim(), params: new Map() }
  return { head: text.slice(0, semicolon).trim(), params: readParams(text.slice(semicolon)) }
}

/** `;name=value;name="value";name`, whatever blanks are between; of one that comes twice the first. */
function readParams(text: string): ReadonlyMap<string, string> {
  const params = new Map<string, string>()
  for (const part of splitOutside(text, ';')) {
    const [, name = '', value = ''] = /^\s*([\w\-.!%*+`'~]+)\s*(?:=\s*(.*?))?\s*$/s.exec(part) ?? []
    if (name !== '' && !params.has(name.toLowerCase())) params.set(name.toLowerCase(), unquote(value))
  }
  return params
}

const unquote = (text: string) => {
  const inner = /^"(.*)"$/s.exec(text)?.[1]
  return inner === undefined ? text : inner.replace(/\\(.)/gs, '$1')
}

/**
 * `%2B` is `+`. Escapes that are no UTF-8 are left as they stand. Empty where it holds control characters, escaped or not: what
 * is left of it without them, or before a NUL, would be somebody else's number.
 */
function unescapeUri(text: string): string {
  const plain = decoded(text)
  return /\p{Cc}/u.test(plain) || /%(?:[01][0-9a-f]|7f)/i.test(plain) ? '' : plain
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text.replace(/%([2-7][0-9a-f])/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
  }
}

/** Splits where no quotes and no brackets are open; a quote that is never closed opens nothing. */
function splitOutside(text: string, separator: ',' | ';'): readonly string[] {
  const parts: string[] = []
  let start = 0
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') at = endOf(text, at, /(?:[^"\\]|\\.)*"/sy)
    else if (text[at] === '<') at = endOf(text, at, /[^>]*>/sy)
    else if (text[at] === separator) {
      parts.push(text.slice(start, at))
      start = at + 1
    }
  }
  return [...parts, text.slice(start)]
}

/** Where what is opened at `at` is closed, or `at` itself. */
function endOf(text: string, at: number, closing: RegExp): number {
  closing.lastIndex = at + 1
  return closing.test(text) ? closing.lastIndex - 1 : at
}
