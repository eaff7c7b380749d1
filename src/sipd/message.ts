import { headerName } from './header-name.ts'

/**
 * A SIP message (RFC 3261 section 7). Its text is kept as bytes, one character a byte (latin1), so that lengths are
 * byte lengths and neither UTF-8 nor a binary body is lost on the way through.
 */
export type Message = Request | Response

/** `name` is spelt as `headerName` spells it, `value` is unfolded and trimmed. */
export type Header = { readonly name: string; readonly value: string }

export type Request = {
  readonly kind: 'request'
  readonly method: string
  readonly uri: string
  readonly headers: readonly Header[]
  readonly body: string
}

export type Response = {
  readonly kind: 'response'
  readonly status: number
  readonly reason: string
  readonly headers: readonly Header[]
  readonly body: string
}

type WithHeaders = { readonly headers: readonly Header[] }

export type Head = {
  readonly lines: readonly string[]
  /** Undefined while the blank line before it has not come. */
  readonly bodyAt: number | undefined
}

/** Lines end as the first one does: with CRLF (RFC 3261 section 7), or with LF alone, as programs write them in haste. */
export function headOf(text: string, start = 0): Head {
  const first = text.indexOf('\n', start)
  const isPlain = first >= 0 && text[first - 1] !== '\r'
  const blank = isPlain ? /\n\r?\n/g : /\r\n\r\n/g
  blank.lastIndex = start
  const found = blank.exec(text)
  const lines = text.slice(start, found?.index).split(isPlain ? /\r?\n/ : '\r\n')
  return { lines, bodyAt: found ? blank.lastIndex : undefined }
}

/** The value of the first header of that name. */
export function header(message: WithHeaders, name: string): string | undefined {
  for (const each of message.headers) if (each.name === name) return each.value
  return undefined
}

/** The values of every header of that name, in order; a list in one header stays one value. */
export function headers(message: WithHeaders, name: string): string[] {
  return message.headers.filter(each => each.name === name).map(each => each.value)
}

/** The tokens of a header that lists them, in lower case: `Require: 100rel, timer`. */
export function tokens(message: WithHeaders, name: string): string[] {
  return headers(message, name)
    .flatMap(value => value.split(','))
    .map(token => token.trim().toLowerCase())
    .filter(token => token !== '')
}

/** Header lines as they are written: a name, a colon, a value. Lines that are none are left out. */
export function readHeaders(lines: readonly string[]): Header[] {
  return lines.flatMap(line => readHeader(line) ?? [])
}

/** One header line, unfolded; undefined if it has no colon or its name is no token. */
export function readHeader(line: string): Header | undefined {
  const colon = line.indexOf(':')
  if (colon < 1) return undefined
  const name = line.slice(0, colon).trimEnd()
  if (!token.test(name)) return undefined
  return { name: headerName(name), value: line.slice(colon + 1).trim() }
}

const token = /^[\w\-.!%*+`'~]+$/
