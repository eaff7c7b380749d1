import { createEvents, Fault, type Log, newId, reasonOf } from '../foundation/index.ts'
import type { Frame, PlayEnd, Port, PortNotices, Recording, Remote } from './port.ts'
import { type Quality, qualityOf } from './quality.ts'
import type { Sound } from './sound.ts'
import type { Thread, ThreadNotice } from './thread.ts'
import type { EncodedSound, PortNumber } from './worker/protocol.ts'

/** A port as this side of the thread sees it, with the ends of the wires that the pool holds. */
export type PoolPort = {
  readonly port: Port
  /** Sends to and listens to `remote` from now on. */
  connect(remote: Remote): void
  readonly number: PortNumber
  /** What its worker says of it. */
  hear(notice: Exclude<ThreadNotice, { what: 'ready' | 'frames' | 'said' }>): void
  hearFrame(frame: Frame): void
  /** Its worker is gone. */
  die(): void
}

export type PoolPortParts = {
  readonly number: PortNumber
  readonly worker: number
  readonly thread: Thread
  readonly encoded: (sound: Sound, codec: Frame['codec']) => EncodedSound
  /** The pool's name for another of its ports; undefined when that is closed. */
  readonly numberOf: (port: Port) => PortNumber | undefined
  readonly onClosed: () => void
  readonly log: Log
}

const nothing: Quality = qualityOf(0, { received: 0, lost: 0, jitterMs: 0 }, undefined)

export function createPoolPort(parts: PoolPortParts): PoolPort {
  const { number, worker, thread, log } = parts
  const id = newId('port')
  const events = createEvents<PortNotices>((error, name) =>
    log.error({ port: id, name, reason: reasonOf(error) }, 'a listener of a media port failed'),
  )
  const taps = new Set<(frame: Frame) => void>()
  let codec: Frame['codec'] = 'PCMA'
  let lastQuality = nothing
  let closing: Promise<Quality> | undefined

  /** Runs what the worker ends in its own time, telling it when the signal aborts before that. */
  const until = async <T>(
    { id: ask, answer }: { readonly id: number; readonly answer: Promise<T> },
    signal: AbortSignal | undefined,
  ): Promise<T> => {
    const stop = () => thread.notify('stop', { port: number, ask })
    if (signal?.aborted) stop()
    signal?.addEventListener('abort', stop, { once: true })
    try {
      return await answer
    } finally {
      signal?.removeEventListener('abort', stop)
    }
  }

  const close = async () => {
    lastQuality = (await thread.request('close', { port: number }).answer) ?? lastQuality
    taps.clear()
    parts.onClosed()
    return lastQuality
  }

  const port: Port = {
    id,
    worker,
    on: events.on,

    async play(sounds, { loop = false, signal } = {}): Promise<PlayEnd> {
      if (closing) return 'lost'
      if (signal?.aborted) return 'stopped'
      const encoded = sounds.map(sound => parts.encoded(sound, codec))
      return (await until(thread.request('play', { port: number, sounds: encoded, loop }), signal)) ?? 'lost'
    },

    interject(sounds) {
      const encoded = sounds.map(sound => parts.encoded(sound, codec))
      thread.notify('interject', { port: number, sounds: encoded })
    },

    sendKey: key => thread.notify('key', { port: number, key }),

    async bridge(other) {
      const far = other.worker === worker ? parts.numberOf(other) : undefined
      const isBridged =
        far !== undefined && (await thread.request('bridge', { port: number, other: far }).answer)
      if (isBridged) return
      throw new Fault({
        code: 'bridge-failed',
        place: id,
        found: other.worker === worker ? 'a port that is closed' : 'two ports of different workers',
        expected: 'two open ports of one worker',
      })
    },

    tap(listen) {
      if (taps.size === 0) thread.notify('tap', { port: number, on: true })
      taps.add(listen)
      return () => {
        if (taps.delete(listen) && taps.size === 0) thread.notify('tap', { port: number, on: false })
      }
    },

    async record(path, signal): Promise<Recording> {
      try {
        const recording = await until(thread.request('record', { port: number, path }), signal)
        return recording ?? { path, durationMs: 0 }
      } catch (error) {
        throw new Fault({
          code: 'recording-failed',
          place: id,
          found: reasonOf(error),
          expected: 'a file that can be written',
          cause: error,
        })
      }
    },

    async quality() {
      if (!closing) lastQuality = (await thread.request('quality', { port: number }).answer) ?? lastQuality
      return lastQuality
    },

    close() {
      closing ??= close()
      return closing
    },
  }

  return {
    port,
    number,
    connect(remote) {
      codec = remote.codec
      thread.notify('connect', { port: number, remote })
    },
    hear(notice) {
      if (notice.what === 'lost') events.emit('lost', { reason: notice.reason })
      else if (notice.what === 'back') events.emit('back', {})
      else events.emit(notice.what, { key: notice.key, source: notice.source, atMs: notice.atMs })
    },
    hearFrame(frame) {
      for (const listen of [...taps]) {
        try {
          listen(frame)
        } catch (error) {
          log.error({ port: id, reason: reasonOf(error) }, 'a tap of a media port failed')
        }
      }
    },
    die() {
      if (closing) return
      closing = Promise.resolve(lastQuality)
      parts.onClosed()
      events.emit('lost', { reason: 'worker-died' })
    },
  }
}
