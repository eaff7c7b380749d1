import { type Header, header, headers, headOf, type Message, readHeader } from './message.ts'

/** Why a request is refused before anybody looks at what it wants. */
export type ParseRefusal = {
  readonly status: number
  readonly reason: string
  readonly headers?: readonly Header[]
}

export type Parsed = {
  readonly message: Message
  /** Set when the message is broken. A response with a fault is thrown away, a request is refused. */
  readonly fault?: ParseRefusal
}

const requestLine = /^([\w\-.!%*+`'~]+) ([^ \t\r\n<>]+) SIP\/(\d+)\.(\d+)$/i
const statusLine = /^SIP\/2\.0 ([1-6]\d\d)(?: (.*))?$/i
/** A request line that is wrong, but one can see that it was meant to be one. */
const wrongRequestLine = /^([\w\-.!%*+`'~]+)\s.*SIP\/\d/i

/**
 * Reads one message from a datagram, or from what a stream's framing cut out (RFC 3261 section 7).
 * @param text one character a byte.
 * @returns undefined if nothing in it can be answered or used: silence.
 */
export function parseMessage(text: string): Parsed | undefined {
  const start = firstLine(text)
  const head = headOf(text, start)
  const lines = unfold(head.lines)
  const all: Header[] = []
  let fault: ParseRefusal | undefined
  for (let index = 1; index < lines.length; index++) {
    const each = readHeader(lines[index]!)
    if (each) all.push(each)
    else if (lines[index] !== '') fault ??= bad('Header Line')
  }
  const body = bodyOf({ headers: all }, head.bodyAt === undefined ? '' : text.slice(head.bodyAt))
  if (body === undefined) fault ??= bad('Content-Length')
  return begin(lines[0]!, all, body ?? '', fault)
}

/** A refusal with 400 that names what was wrong (RFC 3261 section 21.4.1). */
export function bad(what: string): ParseRefusal {
  return { status: 400, reason: `Bad ${what}` }
}

function begin(
  line: string,
  all: readonly Header[],
  body: string,
  found: ParseRefusal | undefined,
): Parsed | undefined {
  const response = statusLine.exec(line)
  if (response) {
    const [, status, reason] = response
    const message: Message = {
      kind: 'response',
      status: Number(status),
      reason: reason ?? '',
      headers: all,
      body,
    }
    return found ? { message, fault: found } : { message }
  }
  const request = requestLine.exec(line)
  const method = request?.[1] ?? wrongRequestLine.exec(line)?.[1]
  if (method === undefined || method.toUpperCase() === 'SIP') return undefined
  const message: Message = { kind: 'request', method, uri: request?.[2] ?? 'sip:invalid', headers: all, body }
  const fault = request ? versionFault(request[3]!, request[4]!) : bad('Request Line')
  return (fault ?? found) ? { message, fault: (fault ?? found)! } : { message }
}

function versionFault(major: string, minor: string): ParseRefusal | undefined {
  return major === '2' && minor === '0' ? undefined : { status: 505, reason: 'Version Not Supported' }
}

/** Streams and keep-alives put empty lines before a message (RFC 3261 section 7.5). */
function firstLine(text: string): number {
  let at = 0
  while (text[at] === '\r' || text[at] === '\n') at++
  return at
}

/**
 * A line that begins with white space goes on with the one before (RFC 3261 section 7.3.1). Line by line: a pattern over
 * all of it would take seconds for a datagram of blanks.
 */
function unfold(written: readonly string[]): string[] {
  const lines: string[][] = []
  for (const line of written) {
    const last = lines.at(-1)
    if (last && (line.startsWith(' ') || line.startsWith('\t'))) last.push(line.trim())
    else lines.push([line])
  }
  return lines.map(pieces => (pieces.length === 1 ? pieces[0]! : joined(pieces)))
}

function joined([first = '', ...rest]: readonly string[]): string {
  return [first.trimEnd(), ...rest.filter(piece => piece !== '')].join(' ')
}

/** As much of `rest` as Content-Length says, all without one; undefined if the header is wrong or promises more. */
function bodyOf(message: { readonly headers: readonly Header[] }, rest: string): string | undefined {
  const given = header(message, 'Content-Length')
  if (given === undefined) return rest
  if (!/^\d{1,9}$/.test(given) || headers(message, 'Content-Length').some(each => each !== given))
    return undefined
  return Number(given) > rest.length ? undefined : rest.slice(0, Number(given))
}
