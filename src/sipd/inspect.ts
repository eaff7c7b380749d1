import { type Essentials, essentialsOf } from './essentials.ts'
import { header, type Request, type Response } from './message.ts'
import { type ParseRefusal, parseMessage } from './parse.ts'
import { isUnusable, refusalOf } from './refusals.ts'

/** What is to be done with something that came in. Silence is for what cannot be answered or must not be. */
export type Inspected =
  | { readonly outcome: 'request'; readonly message: Request; readonly ids: Essentials }
  | { readonly outcome: 'response'; readonly message: Response; readonly ids: Essentials }
  | {
      readonly outcome: 'refuse'
      readonly message: Request
      readonly ids: Essentials | undefined
      readonly refusal: ParseRefusal
    }
  | { readonly outcome: 'silence' }

const silence: Inspected = { outcome: 'silence' }
const incomplete: ParseRefusal = { status: 400, reason: 'Missing Or Bad Header' }

/** Reads a message and judges it, before anybody looks at what it wants. @param text one character a byte. */
export function inspect(text: string): Inspected {
  const parsed = parseMessage(text)
  if (!parsed) return silence
  const { message, fault } = parsed
  const ids = essentialsOf(message)
  if (message.kind === 'response') {
    return ids && !fault && !isUnusable(message, ids) ? { outcome: 'response', message, ids } : silence
  }
  const refusal = fault ?? (ids ? refusalOf(message, ids) : incomplete)
  if (ids && !refusal) return { outcome: 'request', message, ids }
  const unanswerable = message.method === 'ACK' || header(message, 'Via') === undefined
  return unanswerable ? silence : { outcome: 'refuse', message, ids, refusal: refusal ?? incomplete }
}
