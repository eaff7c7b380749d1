/** SIP as text, read and written as plainly as a test needs it: independent of the server under test. */
export type SipText = {
  readonly start: string
  /** In order, names in lower case. */
  readonly headers: readonly (readonly [string, string])[]
  readonly body: string
}

export function readSip(text: string): SipText {
  const end = text.indexOf('\r\n\r\n')
  const [start = '', ...lines] = text.slice(0, end).split('\r\n')
  const headers = lines.map(line => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()] as const
  })
  return { start, headers, body: text.slice(end + 4) }
}

export const headerOf = (message: SipText, name: string) =>
  message.headers.find(([found]) => found === name)?.[1] ?? ''

export const headersOf = (message: SipText, name: string) =>
  message.headers.flatMap(([found, value]) => (found === name ? [value] : []))

export const statusOf = ({ start }: SipText) => Number(/^SIP\/2\.0 (\d{3})/.exec(start)?.[1] ?? 0)

export function writeSip(start: string, headers: readonly (readonly [string, string])[], body = ''): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}`)
  // The phone sends what is all bytes as bytes.
  const length = Buffer.byteLength(body, [...body].every(one => one <= '\xff') ? 'latin1' : 'utf8')
  return [start, ...lines, `Content-Length: ${length}`, '', body].join('\r\n')
}

/** A response with what it must repeat of its request (RFC 3261, section 8.2.6). */
export function respond(
  request: SipText,
  status: number,
  toTag: string,
  headers: readonly (readonly [string, string])[] = [],
  body = '',
): string {
  const repeated = request.headers
    .filter(([name]) => ['via', 'from', 'to', 'call-id', 'cseq', 'record-route'].includes(name))
    .map(([name, value]) =>
      name === 'to' && !value.includes('tag=')
        ? ([name, `${value};tag=${toTag}`] as const)
        : ([name, value] as const),
    )
  return writeSip(`SIP/2.0 ${status} X`, [...repeated, ...headers], body)
}

export const sdpOf = (
  port: number,
  extra: { direction?: string; codecs?: string; address?: string } = {},
) => {
  const { direction = 'sendrecv', codecs = '8 0 101', address = '127.0.0.1' } = extra
  return [
    'v=0',
    `o=- ${port} ${++versions} IN IP4 127.0.0.1`,
    's=-',
    `c=IN IP4 ${address}`,
    't=0 0',
    `m=audio ${port} RTP/AVP ${codecs}`,
    'a=rtpmap:101 telephone-event/8000',
    'a=fmtp:101 0-15',
    `a=${direction}`,
    '',
  ].join('\r\n')
}
let versions = 0
