import { connect, createServer, type Server, type Socket } from 'node:net'
import { createFramer } from '../stream.ts'
import type { Arrive, Hop, Transport } from '../transport.ts'

/**
 * Listens for TCP. A connection belongs to its far end's address and port, and serves both directions (RFC 3261
 * section 18). Rejects with the system's error if the port is taken.
 */
export async function openTcp(address: string, port: number, arrive: Arrive): Promise<Transport> {
  const open = new Map<string, Socket>()
  const server = createServer(socket => {
    const { remoteAddress, remotePort } = socket
    // Reset before we came to it: the system does not know any more who it was.
    if (remoteAddress === undefined || remotePort === undefined) socket.on('error', ignore).destroy()
    else adopt(socket, hopOf(remoteAddress, remotePort))
  })

  const adopt = (socket: Socket, from: Hop) => {
    const name = nameOf(from)
    const framer = createFramer()
    open.set(name, socket)
    socket.setNoDelay(true).setEncoding('latin1')
    socket.on('data', (chunk: string) => {
      // RFC 5626 section 4.4.1: the far end asks whether we are still there.
      if (chunk === '\r\n\r\n') return socket.write('\r\n')
      const { messages, lost } = framer.take(chunk)
      for (const message of messages) arrive(message, from)
      if (lost) socket.destroy()
    })
    // 'close' follows, and whoever was sending hears of it from there.
    socket.on('error', () => socket.destroy())
    socket.on('end', () => socket.end())
    socket.on('close', () => {
      if (open.get(name) === socket) open.delete(name)
    })
    return socket
  }

  await listening(server, address, port)
  return {
    port: portOf(server),
    send(text, to, failed) {
      const socket = open.get(nameOf(to)) ?? adopt(connect(to.port, to.address), to)
      socket.write(text, 'latin1', error => {
        if (error) failed()
      })
    },
    connections: () => open.size,
    close() {
      for (const socket of open.values()) socket.destroy()
      return new Promise(resolve => server.close(() => resolve()))
    },
  }
}

/** The socket is closed already. */
const ignore = () => undefined

function hopOf(address: string, port: number): Hop {
  return { protocol: 'tcp', address: address.replace(/^::ffff:/, ''), port }
}

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
