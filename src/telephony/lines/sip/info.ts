import { type Key, keyOfEvent } from '../../../media/index.ts'
import type { KeyPress } from '../../call.ts'
import { mostHeldMs } from '../../keys.ts'

/** What an INFO tells of a key. */
export type InfoKey = Pick<KeyPress, 'key' | 'heldMs' | 'phase'>

/** The bodies that name keys, for the refusal of any other (RFC 3261, section 21.4.13). */
export const infoBodies = 'application/dtmf-relay, application/dtmf, audio/telephone-event'

/** As the forms in use write it: the key by a name, alone, or by its number in RFC 4733. */
const named = /^[ \t]*(?:signal|digit|event|key|d)[ \t]*[=:][ \t]*"?([^\s"]+)"?[ \t]*$/im
const alone = /^\s*([0-9A-D*#]|1[0-5])\s*$/i
const duration = /^[ \t]*duration[ \t]*[=:][ \t]*"?(\d{1,6})"?[ \t]*$/im

/**
 * The key that an INFO reports: `application/dtmf-relay` (`Signal=5`, `Duration=160`, one a line), `application/dtmf`
 * (the key alone), Nortel's `d=5`, or `audio/telephone-event`, as text or in the four bytes of RFC 4733. None of them is
 * a standard, and phones write one under the other's name: each is taken under any of these names.
 */
export function keyOfInfo(contentType: string, body: string): InfoKey | undefined {
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? ''
  if (!/^(application\/(dtmf(-relay)?|vnd\.nortelnetworks\.digits)|audio\/telephone-event)$/.test(type))
    return undefined
  const signal = named.exec(body)?.[1] ?? alone.exec(body)?.[1]
  if (signal !== undefined) {
    const key = keyNamed(signal)
    const heldMs = Number(duration.exec(body)?.[1] ?? 0)
    return key && { key, heldMs: heldMs > 0 && heldMs <= mostHeldMs ? heldMs : undefined }
  }
  return type === 'audio/telephone-event' ? keyOfBytes(body) : undefined
}

function keyNamed(signal: string): Key | undefined {
  if (/^1[0-5]$/.test(signal)) return keyOfEvent(Number(signal))
  return keys.find(key => key === signal.toUpperCase())
}

/**
 * Bytes that came through a decoder of UTF-8: the first, which names the key, and whether the second has its highest bit,
 * the end, are left of them. A gateway says a key so once, or as it is pressed and again as it is let go.
 */
function keyOfBytes(body: string): InfoKey | undefined {
  const key = body.length >= 2 ? keyOfEvent(body.charCodeAt(0)) : undefined
  return key && { key, phase: body.charCodeAt(1) >= 0x80 ? 'up' : 'down' }
}

const keys: readonly Key[] = [...'0123456789*#ABCD'] as Key[]
