import { createEvents, Fault, type Log, newId, reasonOf } from '../foundation/index.ts'
import { hearEachOther, hearNobody, hearOnly } from './matrix.ts'
import type { Frame, PlayEnd, Port, PortNotices, Recording, Remote, TalkRecorded } from './port.ts'
import { type Quality, qualityOf } from './quality.ts'
import type { Sound } from './sound.ts'
import type { Thread, ThreadNotice } from './thread.ts'
import type { EncodedSound, PortNumber } from './worker/protocol.ts'

/** A port as this side of the thread sees it, with the ends of the wires that the pool holds. */
export type PoolPort = {
  readonly port: Port
  hears: readonly PoolPort[]
  heardBy: readonly PoolPort[]
  /** Sends to and listens to `remote` from now on. */
  connect(remote: Remote): void
  readonly number: PortNumber
  /** What its worker says of it. */
  hear(notice: Exclude<ThreadNotice, { what: 'ready' | 'frames' | 'said' }>): void
  hearFrame(frame: Frame): void
  /** Its worker is gone, and another takes its place: this goes on there as it was. */
  carryTo(thread: Thread): void
  /** Resolves when it is where it was, or over; undefined while nothing moves it. */
  carried(): Promise<void> | undefined
  /** Its worker is gone, and it with it. */
  die(): void
}

export type PoolPortParts = {
  readonly number: PortNumber
  readonly worker: number
  readonly thread: Thread
  /** Opens it at another worker, where it was; false when that cannot be. */
  readonly open: (thread: Thread) => Promise<boolean>
  readonly encoded: (sound: Sound, codec: Frame['codec']) => EncodedSound
  /** Another of the pool's ports as the pool knows it; undefined when that is closed. */
  readonly find: (port: Port) => PoolPort | undefined
  readonly onClosed: () => void
  readonly log: Log
}

const nothingRecorded: TalkRecorded = { durationMs: 0, spans: [] }
const nothing: Quality = qualityOf(0, { received: 0, lost: 0, jitterMs: 0 }, undefined)

export function createPoolPort(parts: PoolPortParts): PoolPort {
  const { number, worker, log } = parts
  let { thread } = parts
  const id = newId('port')
  const events = createEvents<PortNotices>((error, name) =>
    log.error({ port: id, name, reason: reasonOf(error) }, 'a listener of a media port failed'),
  )
  const taps = new Set<(frame: Frame) => void>()
  let remote: Remote | undefined
  let plays = 0
  let moving: Promise<void> | undefined
  let codec: Frame['codec'] = 'PCMA'
  let lastQuality = nothing
  let closing: Promise<Quality> | undefined

  /** Runs what the worker ends in its own time, telling it when the signal aborts before that. */
  const until = async <T>(
    { id: ask, answer }: { readonly id: number; readonly answer: Promise<T> },
    signal: AbortSignal | undefined,
  ): Promise<T> => {
    const asked = thread
    const stop = () => asked.notify('stop', { port: number, ask })
    if (signal?.aborted) stop()
    signal?.addEventListener('abort', stop, { once: true })
    try {
      return await answer
    } finally {
      signal?.removeEventListener('abort', stop)
    }
  }

  const sayOver = (sounds: readonly Sound[], isBeside: boolean) => {
    const encoded = sounds.map(sound => parts.encoded(sound, codec))
    thread.notify('interject', { port: number, sounds: encoded, isBeside })
  }
  const neighbour = (other: Port) => (other.worker === worker ? parts.find(other) : undefined)
  const apart = (other: Port) =>
    new Fault({
      code: 'bridge-failed',
      place: id,
      found: other.worker === worker ? 'a port that is closed' : 'two ports of different workers',
      expected: 'two open ports of one worker',
    })
  const tellRow = () =>
    thread.request('row', { port: number, hears: made.hears.map(one => one.number) }).answer

  const close = async () => {
    if (moving) await moving
    hearNobody(made)
    // One that another worker could not open is closed there.
    const closed = thread.request('close', { port: number }).answer.catch(() => undefined)
    lastQuality = (await closed) ?? lastQuality
    taps.clear()
    parts.onClosed()
    return lastQuality
  }

  const port: Port = {
    id,
    worker,
    on: events.on,

    async play(sounds, { loop = false, whole = false, signal } = {}): Promise<PlayEnd> {
      const mine = ++plays
      hearNobody(made)
      for (;;) {
        if (moving) await moving
        if (closing) return 'lost'
        if (signal?.aborted || mine !== plays) return 'stopped'
        const encoded = sounds.map(sound => parts.encoded(sound, codec))
        const ask = { port: number, sounds: encoded, loop, whole }
        const end = await until(thread.request('play', ask), signal)
        if (end !== undefined) return end
        // Its worker died: where there is another, it is heard from its beginning, once more.
        if (!moving) return 'lost'
      }
    },

    interject: sounds => sayOver(sounds, false),
    announce: sounds => sayOver(sounds, true),

    sendKey: key => thread.notify('key', { port: number, key }),

    async bridge(other) {
      const far = neighbour(other)
      if (moving) await moving
      if (far?.carried()) await far.carried()
      if (!far || !(await thread.request('bridge', { port: number, other: far.number }).answer))
        throw apart(other)
      plays++
      hearEachOther(made, far)
    },

    async listenTo(others) {
      const elsewhere = others.find(other => other.worker !== worker)
      if (elsewhere) throw apart(elsewhere)
      const whom = others.flatMap(other => parts.find(other) ?? [])
      if (closing) throw apart(port)
      if (whom.length > 0) plays++
      hearOnly(made, whom)
      if (moving) return moving
      // A worker that died meanwhile knows nothing, and another is told as it takes over.
      if ((await tellRow()) === false) throw apart(port)
    },

    isHearing: () => made.hears.length > 0,

    tap(listen) {
      if (taps.size === 0 && !moving) thread.notify('tap', { port: number, on: true })
      taps.add(listen)
      return () => {
        if (taps.delete(listen) && taps.size === 0) thread.notify('tap', { port: number, on: false })
      }
    },

    async record(path, signal): Promise<Recording> {
      if (moving) await moving
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

    recordTalk(path, title, isPausedAtFirst = false) {
      let isPaused = isPausedAtFirst
      let hasEnded = false
      let asked: { readonly of: Thread; readonly ask: number } | undefined
      const run = async (): Promise<TalkRecorded> => {
        if (moving) await moving
        if (closing || hasEnded) return nothingRecorded
        const of = thread
        const { id: ask, answer } = of.request('record-talk', { port: number, path, title, isPaused })
        asked = { of, ask }
        return (await answer) ?? { ...nothingRecorded, cutBy: 'worker-died' }
      }
      return {
        done: run().catch(error => ({ ...nothingRecorded, cutBy: reasonOf(error) })),
        pause(on) {
          isPaused = on
          asked?.of.notify('pause', { port: number, ask: asked.ask, on })
        },
        end() {
          hasEnded = true
          asked?.of.notify('stop', { port: number, ask: asked.ask })
        },
      }
    },

    async quality() {
      if (moving) await moving
      if (!closing) lastQuality = (await thread.request('quality', { port: number }).answer) ?? lastQuality
      return lastQuality
    },

    close() {
      closing ??= close()
      return closing
    },
  }

  const die = () => {
    if (closing) return
    closing = Promise.resolve(lastQuality)
    hearNobody(made)
    parts.onClosed()
    events.emit('lost', { reason: 'worker-died' })
  }

  /** Opens it there, with all that the last worker knew of it; who was bridged finds each other once both are there. */
  async function move(to: Thread): Promise<void> {
    const isOpen = await parts.open(to).catch(() => false)
    if (thread !== to) return
    moving = undefined
    if (!isOpen) return die()
    if (remote) to.notify('connect', { port: number, remote })
    if (taps.size > 0) to.notify('tap', { port: number, on: true })
    await Promise.all(made.hears.map(one => one.carried()))
    if (made.hears.length > 0 && thread === to) await tellRow()
  }

  const made: PoolPort = {
    port,
    number,
    connect(now) {
      remote = now
      codec = now.codec
      if (!moving) thread.notify('connect', { port: number, remote: now })
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
    carryTo(to) {
      if (closing) return
      thread = to
      moving = move(to).catch(die)
    },
    carried: () => moving,
    die,
    hears: [],
    heardBy: [],
  }
  return made
}
