import { setMaxListeners } from 'node:events'
import type { CallEnd } from './call.ts'

/** The one moment at which a call is over, for everyone who waits for it. */
export type CallLife = {
  readonly ended: Promise<CallEnd>
  readonly signal: AbortSignal
  /** How it ended is what the first one says; the others come too late. */
  end(end: CallEnd): void
}

/** Made once: an abort without a reason makes a DOMException with its stack for each call. */
const callOver = new Error('the call is over')

/** @param atEnd runs once, before anyone hears of the end. */
export function beginLife(atEnd: (end: CallEnd) => void): CallLife {
  const over = new AbortController()
  // A flow, a recording, captions and a desk all wait for the end of one call: no leak, whatever the number.
  setMaxListeners(0, over.signal)
  let tell: (end: CallEnd) => void
  const ended = new Promise<CallEnd>(resolve => {
    tell = resolve
  })
  return {
    ended,
    signal: over.signal,
    end(end) {
      if (over.signal.aborted) return
      atEnd(end)
      tell(end)
      over.abort(callOver)
    },
  }
}
