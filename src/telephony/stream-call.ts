import { type Clock, withDeadline } from '../foundation/index.ts'
import type { MediaPool, PlayEnd, Port, StreamPort } from '../media/index.ts'
import type { Call, DialOptions } from './call.ts'
import { createMediaCall, type MediaCall, type MediaCallOptions, portOf } from './media-call.ts'

/** The other end of a stream. It holds what it was sent until that is heard, so it is asked what was, and told to forget. */
export type FarEnd = {
  /** 20 ms of sound. */
  say(payload: Uint8Array): void
  /** Asks to be told, by `heard`, once all that was said until now has been heard. */
  mark(name: string): void
  /** What was said and not heard yet is not to be heard at all. */
  clear(): void
}

export type StreamCall = MediaCall & {
  readonly port: StreamPort
  /** All before this mark has been heard. */
  heard(mark: string): void
}

export type StreamCallOptions = Omit<MediaCallOptions, 'port'> & {
  readonly media: MediaPool
  readonly near?: DialOptions['near'] | undefined
  readonly far: FarEnd
}

/** A far end that says nothing of a mark for so long has lost it; the prompt was heard, or nobody is there. */
const markWithinMs = 3_000

/** A call whose sound a line carries itself, in messages. @throws Fault `media-full` */
export async function openStreamCall({
  media,
  near,
  far,
  ...options
}: StreamCallOptions): Promise<StreamCall> {
  const port = await media.openStream(far.say, near && portOf(near))
  const marks = createMarks(far, options.clock)

  /** A prompt is over when it was heard, and one that is stopped is stopped in the ear. */
  const play: Port['play'] = async (sounds, how) => {
    const end = await port.play(sounds, how)
    if (end === 'stopped') far.clear()
    return end === 'finished' ? marks.heardToTheEnd(how?.signal) : end
  }
  const made = createMediaCall({ ...options, port: { ...port, play } })
  return { ...made, port, heard: marks.heard }
}

/** Calls of a line, for as long as they last. */
export function createCalls<C extends { readonly call: Call }>() {
  const calls = new Set<C>()
  return {
    all: calls as ReadonlySet<C>,
    admit(made: C) {
      calls.add(made)
      void made.call.ended.then(() => calls.delete(made))
    },
    async hangUpAll() {
      await Promise.all([...calls].map(({ call }) => call.hangup('shutting-down')))
    },
  }
}

function createMarks(far: FarEnd, clock: Clock) {
  const waiting = new Map<string, () => void>()
  let last = 0
  return {
    heard: (mark: string) => waiting.get(mark)?.(),
    async heardToTheEnd(signal: AbortSignal | undefined): Promise<PlayEnd> {
      const mark = String(++last)
      const stop = new AbortController()
      const heard = new Promise<PlayEnd>(resolve => {
        waiting.set(mark, () => resolve('finished'))
        const onStop = () => {
          far.clear()
          resolve('stopped')
        }
        if (signal?.aborted) onStop()
        else signal?.addEventListener('abort', onStop, { signal: stop.signal })
      })
      far.mark(mark)
      try {
        return await withDeadline(clock, markWithinMs, heard, () => new Error('no word of a mark'))
      } catch {
        return 'finished'
      } finally {
        waiting.delete(mark)
        stop.abort()
      }
    },
  }
}
