import { type Clock, Fault, type Log, reasonOf, systemClock } from '../foundation/index.ts'
import { createEncodedSounds } from './encoded-sounds.ts'
import { type Counters, type MediaFigures, sumOf } from './figures.ts'
import { createPoolPort, type PoolPort } from './pool-port.ts'
import type { MediaPool, MediaPort } from './port.ts'
import { createPortNumbers } from './port-numbers.ts'
import { type Notice, startThread, type Thread } from './thread.ts'
import type { FrameBatch } from './worker/protocol.ts'

export type MediaOptions = {
  /** Worker threads; one serves some 800 calls. */
  readonly workers: number
  /** Numeric address that the sockets are bound to. */
  readonly bindAddress: string
  /** What SDP is to say instead, when the other end sees us under another address. */
  readonly advertisedAddress?: string
  /** UDP ports to use, both ends included. */
  readonly portRange?: readonly [number, number]
  /** A connected port that hears nothing for so long is lost. */
  readonly mediaTimeoutMs: number
  readonly maxPorts: number
  readonly log: Log
  readonly clock?: Clock
}

/** Below the range from which Linux gives out ports of its own accord (32768 upwards). */
const defaultPortRange = [20000, 29999] as const
/** A worker that dies before it was ready is started again only after this. */
const restartAfterMs = 1000

type Place = { thread: Thread; readonly ports: Map<number, PoolPort> }

/** @throws Fault `media-unusable` when a worker does not start or the address cannot be bound. */
export async function startMedia(options: MediaOptions): Promise<MediaPool> {
  const { log, clock = systemClock, bindAddress, maxPorts } = options
  const numbers = createPortNumbers(options.portRange ?? defaultPortRange)
  const encoded = createEncodedSounds()
  const counters: Counters[] = []
  const places: Place[] = []
  let opened = 0
  let openNow = 0
  let died = 0
  let isClosing = false

  const start = (ports: Place['ports'], onReady: () => void, onDeath: (reason: unknown) => void): Thread => {
    const hear = (notice: Notice) => {
      if (notice.what === 'ready') onReady()
      else if (notice.what === 'frames') {
        handOut(notice.batch, ports)
        thread.notify('taken', {})
      } else ports.get(notice.port)?.hear(notice)
    }
    const thread = startThread(options.mediaTimeoutMs, hear, onDeath)
    counters.push(thread.counters)
    return thread
  }

  /** Starts the worker of a place, and another one whenever it dies. */
  const keepAlive = (ports: Place['ports'], place: () => Place): { thread: Thread; ready: Promise<void> } => {
    const { promise: ready, resolve, reject } = deferred()
    let isReady = false
    const onReady = () => {
      isReady = true
      resolve()
    }
    const onDeath = (reason: unknown) => {
      reject(reason)
      if (isClosing) return
      died++
      log.error({ ports: ports.size, reason: reasonOf(reason) }, 'a media worker died')
      const again = () => {
        if (!isClosing) place().thread = keepAlive(ports, place).thread
      }
      if (isReady) again()
      else clock.after(restartAfterMs, again)
      for (const port of [...ports.values()]) port.die()
    }
    return { thread: start(ports, onReady, onDeath), ready }
  }

  const open = async (near?: MediaPort): Promise<MediaPort> => {
    const index = near?.worker ?? indexOfLeast(places)
    const place = places[index]
    if (!place || openNow >= maxPorts) throw full(`${openNow} ports open`)
    openNow++
    const { thread, ports } = place
    const number = ++opened
    try {
      const rtpPort = await bind(thread, number)
      const local = { address: options.advertisedAddress ?? bindAddress, port: rtpPort }
      const onClosed = () => {
        ports.delete(number)
        numbers.giveBack(rtpPort)
        openNow--
      }
      const numberOf = (port: MediaPort) =>
        [...ports.values()].find(poolPort => poolPort.port === port)?.number
      const made = createPoolPort({ number, worker: index, thread, local, encoded, numberOf, onClosed, log })
      ports.set(number, made)
      return made.port
    } catch (error) {
      openNow--
      throw error
    }
  }

  /** Tries pairs of ports until one is free on this machine. */
  const bind = async (thread: Thread, port: number): Promise<number> => {
    for (let tries = 0; tries < numbers.pairs; tries++) {
      const rtpPort = numbers.take()
      if (rtpPort === undefined) break
      const answer = await thread.request('open', { port, address: bindAddress, rtpPort }).answer
      if (answer === 'open') return rtpPort
      numbers.giveBack(rtpPort)
      if (answer === undefined) throw full('a media worker that died')
    }
    throw full('no UDP port that is free')
  }

  for (let index = 0; index < options.workers; index++) {
    const ports: Place['ports'] = new Map()
    const { thread, ready } = keepAlive(ports, () => places[index]!)
    places.push({ thread, ports })
    await ready
  }

  const pool: MediaPool = {
    open,
    size: () => openNow,
    workers: () =>
      places.map(({ thread, ports }) => ({
        threadId: thread.threadId,
        ports: ports.size,
        terminate: thread.terminate,
      })),
    figures: (): MediaFigures => ({ ...sumOf(counters), portsOpen: openNow, workersDied: died }),
    async close() {
      isClosing = true
      for (const { ports } of places) await Promise.all([...ports.values()].map(({ port }) => port.close()))
      await Promise.all(places.map(({ thread }) => thread.terminate()))
    },
  }
  return pool
}

function handOut({ heads, payloads }: FrameBatch, ports: Place['ports']): void {
  const bytes = payloads.length / heads.length
  for (const [at, { port, ...head }] of heads.entries())
    ports.get(port)?.hearFrame({ ...head, payload: payloads.subarray(at * bytes, (at + 1) * bytes) })
}

function indexOfLeast(places: readonly Place[]): number {
  const sizes = places.map(({ ports }) => ports.size)
  return sizes.indexOf(Math.min(...sizes))
}

function full(found: string): Fault {
  return new Fault({ code: 'media-full', place: 'media', found, expected: 'a free media port' })
}

function deferred(): { promise: Promise<void>; resolve(): void; reject(reason: unknown): void } {
  let resolve!: () => void
  let reject!: (reason: unknown) => void
  const promise = new Promise<void>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}
