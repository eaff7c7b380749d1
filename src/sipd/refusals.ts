import { readPeerAddress, splitAddresses } from './address.ts'
import type { Essentials } from './essentials.ts'
import { header, headers, type Message, type Request, type Response } from './message.ts'
import { bad, type ParseRefusal } from './parse.ts'
import { readUri, schemeOf } from './uri.ts'

/** Headers of which a message has one (RFC 3261 section 7.3.1). */
const single = ['From', 'To', 'Call-ID', 'CSeq', 'Max-Forwards', 'Content-Type']

const addressLists = ['Contact', 'Route', 'Record-Route']

/** The first thing that is wrong with a request that could be read (RFC 3261 section 8.2, RFC 4475). */
export function refusalOf(request: Request, ids: Essentials): ParseRefusal | undefined {
  return (
    commonFault(request, ids) ??
    (ids.method === request.method ? undefined : bad('CSeq')) ??
    uriFault(request.uri) ??
    nameFault(request, ids) ??
    (numberFault(request, 'Max-Forwards', 255) ? bad('Max-Forwards') : undefined) ??
    contactFault(request)
  )
}

/** Whether a response is so broken that it must not reach anybody. */
export function isUnusable(response: Response, ids: Essentials): boolean {
  return commonFault(response, ids) !== undefined
}

function commonFault(message: Message, ids: Essentials): ParseRefusal | undefined {
  const twice = single.find(name => headers(message, name).length > 1)
  if (twice) return bad(twice)
  if (ids.cseq > 2 ** 31 - 1) return bad('CSeq')
  const isList = (value: string) => value === '*' || splitAddresses(value) !== undefined
  const list = addressLists.find(name => {
    const values = headers(message, name)
    // An answer is worth more than its first Contact: another of them will do.
    const isOneEnough = message.kind === 'response' && name === 'Contact' && values.length > 0
    return isOneEnough ? !values.some(isList) : !values.every(isList)
  })
  return list === undefined ? undefined : bad(list)
}

/** A method that is not known, with a CSeq of another, is a bad request all the same. */
function uriFault(uri: string): ParseRefusal | undefined {
  const scheme = schemeOf(uri)
  if (scheme === 'tel') return undefined
  if (scheme !== 'sip' && scheme !== 'sips') {
    return scheme === '' ? bad('Request-URI') : { status: 416, reason: 'Unsupported URI Scheme' }
  }
  const read = readUri(uri)
  return read && read.headers === undefined ? undefined : bad('Request-URI')
}

/**
 * RFC 4475 leaves broken names to us. They are taken, since a call depends on them, but for two: whoever tries us with an
 * OPTIONS learns of it (section 3.1.2.15), and a quote that stays open in what we are called (section 3.1.2.6).
 */
function nameFault(request: Request, { toTag }: Essentials): ParseRefusal | undefined {
  if (toTag !== undefined) return undefined
  const fault = (name: string) => readPeerAddress(header(request, name) ?? '')?.name
  if (fault('To') === 'open') return bad('To')
  if (request.method !== 'OPTIONS') return undefined
  return ['From', 'To'].filter(fault).map(bad)[0]
}

function numberFault(request: Request, name: string, most: number): boolean {
  const value = header(request, name)
  return value !== undefined && !(/^\d{1,10}$/.test(value) && Number(value) <= most)
}

/** A star stands alone and takes everything away (RFC 3261 section 10.2.2). */
function contactFault(request: Request): ParseRefusal | undefined {
  const contacts = headers(request, 'Contact')
  if (!contacts.includes('*')) return undefined
  const expires = header(request, 'Expires')
  const fits =
    request.method === 'REGISTER' && contacts.length === 1 && (expires === undefined || Number(expires) === 0)
  return fits ? undefined : bad('Contact')
}
