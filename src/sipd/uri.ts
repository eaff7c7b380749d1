import { type Params, readParams } from './params.ts'

/** A SIP or SIPS URI (RFC 3261 section 19.1), taken apart as far as routing needs. */
export type SipUri = {
  readonly scheme: 'sip' | 'sips'
  readonly user?: string
  /** A name, an IPv4 address or an IPv6 address without brackets. */
  readonly host: string
  readonly port?: number
  readonly params: Params
  /** What follows the question mark. */
  readonly headers?: string
}

/** Text is bytes here, and `\s` holds A0, which is the last byte of 无. */
const shape =
  /^(sips?):(?:([^@ \t\r\n<>"]+)@)?(\[[0-9a-f:.]+\]|[a-z0-9](?:[\w.-]*))(?::(\d{1,5}))?((?:;[^? \t\r\n<>"]*)?)(?:\?([^ \t\r\n<>"]*))?$/i

/** Undefined if the text is no SIP or SIPS URI. */
export function readUri(text: string): SipUri | undefined {
  const found = shape.exec(text)
  if (!found) return undefined
  const [, scheme, user, host, port, rest, headers] = found
  const params = readUriParams(rest!)
  if (!params || Number(port ?? 5060) > 65_535) return undefined
  return {
    scheme: scheme!.toLowerCase() as 'sip' | 'sips',
    host: host!.replace(/^\[|\]$/g, ''),
    params,
    user,
    port: port === undefined ? undefined : Number(port),
    headers,
  }
}

/** The scheme in lower case; '' if there is none. */
export function schemeOf(text: string): string {
  return /^([a-z][a-z0-9+.-]*):/i.exec(text)?.[1]?.toLowerCase() ?? ''
}

/** URI parameters may hold more characters than header parameters: brackets, slashes, colons, ampersands. */
function readUriParams(text: string): Params | undefined {
  if (text === '') return readParams('')
  const params = new Map<string, string>()
  for (const part of text.slice(1).split(';')) {
    const equals = part.indexOf('=')
    const name = equals < 0 ? part : part.slice(0, equals)
    if (name === '') return undefined
    params.set(name.toLowerCase(), equals < 0 ? '' : part.slice(equals + 1))
  }
  return params
}
