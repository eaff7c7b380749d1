import { header, type Request, tokens } from './message.ts'
import type { Refusal } from './parse.ts'
import { tooBrief } from './session-timer.ts'

/** The extensions that may be required of us (RFC 3262, RFC 4028). */
const known = new Set(['100rel', 'timer'])
/** Requests whose body describes a session. */
const describing = new Set(['INVITE', 'UPDATE'])

/** What a request demands that nobody here can do, whichever app would get it (RFC 3261 section 8.2). */
export function unmetDemand(request: Request): Refusal | undefined {
  const unknown = tokens(request, 'Require').filter(option => !known.has(option))
  if (unknown.length > 0) {
    const headers = [{ name: 'Unsupported', value: unknown.join(', ') }]
    return { status: 420, reason: 'Bad Extension', headers }
  }
  return describing.has(request.method) ? (unreadable(request) ?? tooBrief(request)) : undefined
}

/** A session in other words than SDP, or in an encoding (RFC 3261 section 8.2.3). An app looks into multipart bodies. */
function unreadable({ headers, body }: Request): Refusal | undefined {
  if (body === '') return undefined
  const encoding = header({ headers }, 'Content-Encoding')
  const type = header({ headers }, 'Content-Type')?.toLowerCase() ?? (body.startsWith('v=0') ? sdp : '')
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    return unsupported('Accept-Encoding', 'identity')
  }
  return /^(application\/sdp|multipart\/[^;]*)\s*(;|$)/.test(type) ? undefined : unsupported('Accept', sdp)
}

const sdp = 'application/sdp'

function unsupported(name: string, value: string): Refusal {
  return { status: 415, reason: 'Unsupported Media Type', headers: [{ name, value }] }
}
