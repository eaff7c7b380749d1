import type { Server, Socket } from 'node:net'
import type { Cancel, Clock } from '../../foundation/index.ts'
import { createFramer } from '../stream.ts'
import { type Arrive, type Hop, type Protocol, type Transport, unmapped } from '../transport.ts'

/** What connections are made of: bare, or over TLS. */
export type Kind = {
  readonly protocol: Exclude<Protocol, 'udp'>
  /**
   * @param begun told of a connection that has still to prove that messages can come over it; gives what to call once it has
   * @param made told of one over which they can
   */
  listen(begun: (socket: Socket) => () => void, made: (socket: Socket) => void): Server
  connect(to: Hop): Socket
  /** Emitted by a socket that `connect` gave once it can be written to. */
  readonly madeEvent: 'connect' | 'secureConnect'
}

export type ConnectionLimits = {
  /** For a connection to be made, to bring its first message, and for a message that was begun to be whole. */
  readonly patienceMs: number
  /** Connections that have not brought a message yet; the oldest goes when there are more. */
  readonly mostUnproven: number
  /** All connections; the one that was silent for longest goes when there are more. */
  readonly mostConnections: number
  /** What a far end leaves unread before it is let go. */
  readonly mostUnreadBytes: number
}

export const usualLimits: ConnectionLimits = {
  patienceMs: 10_000,
  mostUnproven: 200,
  mostConnections: 4_000,
  mostUnreadBytes: 1024 * 1024,
}

/**
 * Listens for connections. One belongs to its far end's address and port, and serves both directions (RFC 3261
 * section 18). Rejects with the system's error if the port is taken.
 */
export async function openConnections(
  kind: Kind,
  address: string,
  port: number,
  clock: Clock,
  arrive: Arrive,
  limits: ConnectionLimits = usualLimits,
): Promise<Transport> {
  /** By far end; who was heard last comes last. */
  const open = new Map<string, Socket>()
  /** With those that only say what they still have to say. */
  const all = new Set<Socket>()
  /** Those that may still be nobody, the oldest first. */
  const unproven = new Set<Socket>()
  const doubt = (socket: Socket) => {
    unproven.add(socket)
    const settled = () => unproven.delete(socket)
    socket.once('close', settled)
    trim(unproven, unproven.size - limits.mostUnproven)
    return settled
  }
  const server = kind.listen(doubt, socket => {
    const { remoteAddress, remotePort } = socket
    // Reset before we came to it: the system does not know any more who it was.
    if (remoteAddress === undefined || remotePort === undefined) socket.on('error', ignore).destroy()
    else {
      unproven.add(socket)
      adopt(socket, { protocol: kind.protocol, address: unmapped(remoteAddress), port: remotePort })
      trim(unproven, unproven.size - limits.mostUnproven)
    }
  })

  const adopt = (socket: Socket, from: Hop) => {
    const name = nameOf(from)
    const framer = createFramer()
    let begun = false
    const patience = createPatience(clock, limits.patienceMs, () => socket.destroy())
    const leave = () => {
      unproven.delete(socket)
      if (open.get(name) === socket) open.delete(name)
    }
    patience.begin()
    all.add(socket)
    open.set(name, socket)
    trim(open.values(), open.size - limits.mostConnections)
    socket.setNoDelay(true).setKeepAlive(true, 60_000).setEncoding('latin1')
    socket.on(kind.madeEvent, patience.end)
    socket.on('data', (chunk: string) => {
      // RFC 5626 section 4.4.1: the far end asks whether we are still there.
      if (chunk === '\r\n\r\n' && !begun) return socket.write('\r\n')
      const { messages, waiting, lost } = framer.take(chunk)
      begun = waiting
      if (messages.length > 0) {
        unproven.delete(socket)
        if (open.delete(name)) open.set(name, socket)
        patience.end()
      }
      for (const message of messages) arrive(message, from)
      if (lost) socket.destroy()
      else if (waiting) patience.begin()
    })
    // 'close' follows, and whoever was sending hears of it from there.
    socket.on('error', () => socket.destroy())
    // What is for them from now on needs another connection.
    socket.on('end', () => {
      leave()
      socket.end()
    })
    socket.on('close', () => {
      leave()
      patience.end()
      all.delete(socket)
    })
    return socket
  }

  /** What is to go over connections that are not made yet: nothing leaves before the far end has shown who it is. */
  const making = new Map<Socket, { readonly text: string; readonly failed: () => void }[]>()
  const write = (socket: Socket, text: string, failed: () => void) =>
    socket.write(text, 'latin1', error => {
      if (error) failed()
    })
  const begin = (to: Hop) => {
    const socket = adopt(kind.connect(to), to)
    making.set(socket, [])
    const over = () => {
      const waiting = making.get(socket) ?? []
      making.delete(socket)
      return waiting
    }
    socket.once(kind.madeEvent, () => {
      for (const { text, failed } of over()) write(socket, text, failed)
    })
    socket.once('close', () => {
      for (const { failed } of over()) failed()
    })
    return socket
  }

  await listening(server, address, port)
  return {
    port: portOf(server),
    send(text, to, failed) {
      const socket = open.get(nameOf(to)) ?? begin(to)
      const waiting = making.get(socket)
      if (waiting) waiting.push({ text, failed })
      else write(socket, text, failed)
      if (socket.writableLength > limits.mostUnreadBytes) socket.destroy()
    },
    reaches: () => true,
    isConnected: hop => open.has(nameOf(hop)),
    connections: () => all.size,
    close() {
      for (const socket of all) socket.destroy()
      return new Promise(resolve => server.close(() => resolve()))
    },
  }
}

/** Lets the first ones go. */
function trim(sockets: Iterable<Socket>, surplus: number): void {
  let left = surplus
  for (const socket of sockets) {
    if (left-- <= 0) return
    socket.destroy()
  }
}

/** A deadline that runs from its first beginning until it is ended. */
function createPatience(clock: Clock, ms: number, over: () => void) {
  let cancel: Cancel | undefined
  return {
    begin() {
      cancel ??= clock.after(ms, over)
    },
    end() {
      cancel?.()
      cancel = undefined
    },
  }
}

/** The socket is closed already. */
const ignore = () => undefined

function nameOf(hop: Hop): string {
  return `${hop.address} ${hop.port}`
}

function listening(server: Server, address: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, address, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function portOf(server: Server): number {
  const bound = server.address()
  return typeof bound === 'object' && bound ? bound.port : 0
}
