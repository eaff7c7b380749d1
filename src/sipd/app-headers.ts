import { type Header, header } from './message.ts'

/** Headers that are this server's own business; an app that sends them is not heard. */
const ours = new Set([
  'Via',
  'Route',
  'Record-Route',
  'Content-Length',
  'RSeq',
  'CSeq',
  'Call-ID',
  'From',
  'To',
])

const addresses = new Set(['From', 'To', 'Contact', 'P-Asserted-Identity'])

/**
 * The headers of an app's message that go out with it. The library writes `localhost` where the app does not know the
 * address of its server.
 * @param here `host:port` of this server.
 */
export function appHeaders(given: readonly Header[], here: string): Header[] {
  return given.filter(({ name }) => !ours.has(name)).map(each => atHome(each, here))
}

/** One of the headers that `appHeaders` leaves out, with `localhost` replaced. */
export function appHeader(given: readonly Header[], name: string, here: string): string | undefined {
  const value = header({ headers: given }, name)
  return value === undefined ? undefined : atHome({ name, value }, here).value
}

/** The Content-Type that a body needs; undefined if an app sent something that is not SDP and did not say what. */
export function contentType(given: readonly Header[], body: string): readonly Header[] | undefined {
  if (body === '' || header({ headers: given }, 'Content-Type') !== undefined) return []
  return body.startsWith('v=0') ? [{ name: 'Content-Type', value: 'application/sdp' }] : undefined
}

function atHome(each: Header, here: string): Header {
  if (!addresses.has(each.name) || !each.value.includes('@localhost')) return each
  return { name: each.name, value: each.value.replace(/@localhost(:\d+)?/, `@${here}`) }
}
