import { isIPv6 } from 'node:net'
import { type Clock, Fault, type Log, reasonOf, systemClock } from '../foundation/index.ts'
import { createEncodedSounds } from './encoded-sounds.ts'
import { sumOf } from './figures.ts'
import { createPoolPort, type PoolPort } from './pool-port.ts'
import type { MediaPool, Port } from './port.ts'
import { createPortNumbers } from './port-numbers.ts'
import { createPost, type Post } from './post.ts'
import { openTextPort, type TextPort } from './text-port.ts'
import type { Thread } from './thread.ts'
import type { PortNumber } from './worker/protocol.ts'

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

/** @throws Fault `port-range`; `media-unusable` when a worker does not start or the address cannot be bound. */
export async function startMedia(options: MediaOptions): Promise<MediaPool> {
  const { log, clock = systemClock, bindAddress, maxPorts } = options
  const numbers = createPortNumbers(options.portRange ?? defaultPortRange)
  const encoded = createEncodedSounds()
  const posts: Post[] = []
  const texts = new Set<TextPort>()
  let opened = 0
  let openNow = 0

  /**
   * A place in a worker, with whatever carries its sound: made by `begin`, opened again at a worker that takes over, and
   * given back by `free`.
   */
  const place = async <Carrier>(
    near: Port | undefined,
    begin: (thread: Thread, number: PortNumber) => Promise<Carrier>,
    again: (thread: Thread, number: PortNumber, carrier: Carrier) => Promise<boolean>,
    free: (carrier: Carrier) => void,
  ): Promise<{ readonly made: PoolPort; readonly carrier: Carrier; readonly post: Post }> => {
    const worker = near?.worker ?? leastBusy(posts)
    const post = posts[worker]
    if (!post || openNow >= maxPorts) throw full(`${openNow} ports open`)
    openNow++
    const { ports } = post
    const number = ++opened
    const beginThere = async () => {
      const { thread } = post
      // Whoever rings while a worker dies is served by the one that takes over.
      return begin(thread, number).catch(error => {
        if (thread.isAlive()) throw error
        return begin(post.thread, number)
      })
    }
    try {
      const carrier = await beginThere()
      const onClosed = () => {
        ports.delete(number)
        free(carrier)
        openNow--
      }
      // The bare part is what the room knows a port by; what is made of it for lines says so with its id.
      const find = (port: Port) => [...ports.values()].find(known => known.port.id === port.id)
      const openAt = (thread: Thread) => again(thread, number, carrier)
      const { thread } = post
      const made = createPoolPort({ number, worker, thread, open: openAt, encoded, find, onClosed, log })
      ports.set(number, made)
      return { made, carrier, post }
    } catch (error) {
      openNow--
      throw error
    }
  }

  const open: MediaPool['open'] = async near => {
    const { made, carrier } = await place(near, bind, bindAgain, numbers.giveBack)
    const local = { address: options.advertisedAddress ?? bindAddress, port: carrier }
    return { ...made.port, local, connect: made.connect }
  }

  const openStream: MediaPool['openStream'] = async (onSay, near) => {
    const begin = async (thread: Thread, port: PortNumber) => {
      if ((await thread.request('open', { port }).answer) === undefined)
        throw full('a media worker that died')
    }
    const again = (thread: Thread, port: PortNumber) =>
      begin(thread, port).then(
        () => true,
        () => false,
      )
    const { made, post } = await place(near, begin, again, () => post.sayings.delete(made.number))
    const { number: port } = made
    post.sayings.set(port, onSay)
    return {
      ...made.port,
      connect: (codec, missedAfterMs) =>
        made.connect({ address: '', port: 0, codec, send: true, missedAfterMs }),
      // Copied to memory of its own, which is then handed over: a view of a socket's buffer would take that along.
      hear(payload, timestamp) {
        const own = new Uint8Array(payload)
        post.thread.notify('hear', { port, payload: own, timestamp }, [own.buffer])
      },
      hearKey: key => post.thread.notify('hear-key', { port, key }),
    }
  }

  /** Tries pairs of UDP ports until one is free on this machine. */
  const bind = async (thread: Thread, port: PortNumber): Promise<number> => {
    for (let tries = 0; tries < numbers.pairs; tries++) {
      const rtpPort = numbers.take()
      if (rtpPort === undefined) break
      const { answer: opening } = thread.request('open', { port, socket: { address: bindAddress, rtpPort } })
      const answer = await opening.catch(error => {
        numbers.giveBack(rtpPort)
        throw error
      })
      if (answer === 'open') return rtpPort
      numbers.giveBack(rtpPort)
      if (answer === undefined) throw full('a media worker that died')
    }
    throw full('no UDP port that is free')
  }

  /** At the pair of UDP ports that it had, where the other end goes on sending to. */
  const bindAgain = async (thread: Thread, port: PortNumber, rtpPort: number): Promise<boolean> => {
    const socket = { address: bindAddress, rtpPort }
    return (await thread.request('open', { port, socket }).answer) === 'open'
  }

  const openText: MediaPool['openText'] = async () => {
    for (let tries = 0; tries < numbers.pairs; tries++) {
      const port = numbers.take()
      if (port === undefined) break
      const local = { address: options.advertisedAddress ?? bindAddress, port }
      const made = await openTextPort(bindAddress, local, clock).catch(error => {
        numbers.giveBack(port)
        throw error
      })
      if (!made) {
        numbers.giveBack(port)
        continue
      }
      const shut = async () => {
        texts.delete(made)
        await made.close()
        numbers.giveBack(port)
      }
      texts.add(made)
      return { ...made, close: shut }
    }
    throw full('no UDP port that is free')
  }

  const close = async () => {
    await Promise.all([...texts].map(text => text.close()))
    await Promise.all(posts.map(post => post.close()))
  }

  try {
    for (let worker = 0; worker < options.workers; worker++) {
      const post = createPost(options.mediaTimeoutMs, clock, log)
      posts.push(post)
      await post.ready
    }
    // A trial now, so that an address that is not ours is told at the start and not to the first caller.
    await (await open()).close()
  } catch (error) {
    await close()
    throw new Fault({
      code: 'media-unusable',
      place: 'media',
      found: `${bindAddress}: ${reasonOf(error)}`,
      expected: 'workers that start, an address of this machine and a UDP port that is free',
      cause: error,
    })
  }

  return {
    family: isIPv6(bindAddress) ? 6 : 4,
    open,
    openStream,
    openText,
    close,
    size: () => openNow,
    workers: () =>
      posts.map(({ thread, ports }) => ({
        isAlive: thread.isAlive,
        ports: ports.size,
        terminate: thread.terminate,
      })),
    figures: () => ({
      ...sumOf(posts.flatMap(post => post.counters)),
      portsOpen: openNow,
      workersDied: posts.reduce((sum, { died }) => sum + died, 0),
    }),
  }
}

function leastBusy(posts: readonly Post[]): number {
  const sizes = posts.map(({ ports }) => ports.size)
  return sizes.indexOf(Math.min(...sizes))
}

function full(found: string): Fault {
  return new Fault({ code: 'media-full', place: 'media', found, expected: 'a free media port' })
}
