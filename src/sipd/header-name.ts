/** Names whose usual spelling is not each part's first letter in capitals. */
const odd = [
  'Call-ID',
  'CSeq',
  'RAck',
  'RSeq',
  'WWW-Authenticate',
  'MIME-Version',
  'Min-SE',
  'SIP-ETag',
  'SIP-If-Match',
]

/** RFC 3261 7.3.3 and the registry at IANA: one letter for a long name. */
const compact: Readonly<Record<string, string>> = {
  a: 'Accept-Contact',
  b: 'Referred-By',
  c: 'Content-Type',
  d: 'Request-Disposition',
  e: 'Content-Encoding',
  f: 'From',
  i: 'Call-ID',
  j: 'Reject-Contact',
  k: 'Supported',
  l: 'Content-Length',
  m: 'Contact',
  o: 'Event',
  r: 'Refer-To',
  s: 'Subject',
  t: 'To',
  u: 'Allow-Events',
  v: 'Via',
  x: 'Session-Expires',
}

const common = [
  'Via',
  'From',
  'To',
  'Contact',
  'Max-Forwards',
  'Content-Type',
  'Content-Length',
  'Allow',
  'Supported',
  'User-Agent',
  'Route',
  'Record-Route',
]

const known = new Map<string, string>([
  ...Object.entries(compact),
  ...[...odd, ...common].flatMap(name => [[name, name] as const, [name.toLowerCase(), name] as const]),
])

/** The usual spelling of a header's name, whatever its case, long or compact: `i` and `call-id` are `Call-ID`. */
export function headerName(text: string): string {
  const lower = () => text.toLowerCase()
  return known.get(text) ?? known.get(lower()) ?? lower().replace(/(^|-)[a-z]/g, start => start.toUpperCase())
}
