import { headOf } from './message.ts'

/** What a framer makes of the bytes so far. */
export type CutMessages = {
  readonly messages: readonly string[]
  /** Whether a message has begun that is not whole yet. */
  readonly waiting: boolean
  /** Whether the stream can not be understood any more. */
  readonly lost: boolean
}

/** Longer messages are not taken from a stream; nobody needs them, and memory is not for strangers to fill. */
export const longestMessage = 256 * 1024

const contentLength = /^(?:Content-Length|l)[ \t]*:[ \t]*(\d{1,9})[ \t]*$/i

/**
 * Cuts a stream into messages by Content-Length (RFC 3261 section 18.3). Empty lines between messages are skipped:
 * they keep a connection alive (RFC 5626 section 3.5.1).
 */
export function createFramer(): { take(chunk: string): CutMessages } {
  let waiting = ''
  /** The length of the message at the head of what waits, once its header has been read. */
  let wanted: number | undefined
  return {
    take(chunk) {
      waiting += chunk
      const messages: string[] = []
      for (;;) {
        if (wanted === undefined) {
          waiting = withoutEmptyLines(waiting)
          wanted = lengthOf(waiting)
        }
        if ((wanted ?? waiting.length) > longestMessage) return { messages, waiting: true, lost: true }
        if (wanted === undefined || waiting.length < wanted)
          return { messages, waiting: waiting !== '', lost: false }
        messages.push(waiting.slice(0, wanted))
        waiting = waiting.slice(wanted)
        wanted = undefined
      }
    },
  }
}

/** Undefined while the header is not complete. A message without Content-Length has no body. */
function lengthOf(text: string): number | undefined {
  const { lines, bodyAt } = headOf(text)
  if (bodyAt === undefined) return undefined
  const length = lines.flatMap(line => contentLength.exec(line)?.[1] ?? [])[0] ?? '0'
  return bodyAt + Number(length)
}

function withoutEmptyLines(text: string): string {
  let at = 0
  while (text[at] === '\r' || text[at] === '\n') at++
  return at === 0 ? text : text.slice(at)
}
