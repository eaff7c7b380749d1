import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer, type Server, type Socket } from 'node:net'
import { Fault, type Log, reasonOf } from '../../foundation/index.ts'
import { createDeframer, frame } from './frame.ts'
import { type AppCommand, readAppCommand, type Sip, version } from './protocol.ts'

/** An app: one control connection that has shown the secret. */
export type ControlSession = {
  /** The methods that this app takes, in capitals. */
  readonly routes: ReadonlySet<string>
  /** Whether it is still there. */
  alive(): boolean
  /** Says something on our own account. */
  tell(text: string): void
  /** Answers an order. */
  answer(orderId: string, text: string): void
}

export type Control = {
  readonly port: number
  /** An app that takes the method; they take turns. */
  choose(method: string): ControlSession | undefined
  sessions(): number
  close(): Promise<void>
}

export type Controlling = {
  readonly address: string
  readonly port: number
  readonly secret: string
  /** `udp/address:port,tcp/address:port`, as apps are told. */
  readonly hostports: string
  readonly log: Log
  /** Does what an app orders about SIP; the rest is settled here. */
  order(session: ControlSession, order: Sip): void
  gone(session: ControlSession): void
}

/** An app that has stopped reading is let go rather than remembered without end. */
const mostUnreadBytes = 64 * 1024 * 1024

/** Listens for apps. @throws Fault if the port is taken. */
export async function openControl(controlling: Controlling): Promise<Control> {
  const sessions = new Set<ControlSession>()
  /** Every connection, and what lets it go. */
  const connections = new Map<Socket, () => void>()
  let turn = 0

  const server = createServer(socket => {
    connections.set(socket, serve(socket, controlling, sessions))
    socket.on('close', () => connections.delete(socket))
  })
  await listening(server, controlling)
  const bound = server.address()

  return {
    port: typeof bound === 'object' && bound ? bound.port : controlling.port,
    choose(method) {
      const able = [...sessions].filter(each => each.routes.has(method))
      return able[turn++ % able.length]
    },
    sessions: () => sessions.size,
    close() {
      for (const leave of connections.values()) leave()
      return new Promise(resolve => server.close(() => resolve()))
    },
  }
}

/** Does what comes over one connection. Returns what ends it. */
function serve(socket: Socket, controlling: Controlling, sessions: Set<ControlSession>): () => void {
  const { secret, hostports, log } = controlling
  const deframer = createDeframer()
  const routes = new Set<string>()
  let spoken = 0

  const session: ControlSession = {
    routes,
    alive: () => sessions.has(session),
    tell(text) {
      socket.write(frame(`${spoken++}|${text}`), 'latin1')
      if (socket.writableLength > mostUnreadBytes) socket.destroy()
    },
    answer: (orderId, text) => session.tell(`response|${orderId}|${text}`),
  }
  const obey = (order: AppCommand) => {
    if (order.verb === 'authenticate') {
      if (!sameSecret(order.secret, secret)) {
        log.warn({}, 'an app showed a wrong secret')
        session.answer(order.id, 'NO|incorrect secret')
        return socket.end()
      }
      sessions.add(session)
      log.info({ apps: sessions.size }, 'an app has connected')
      return session.answer(order.id, `OK|${hostports}|${version}|${hostports}`)
    }
    if (!sessions.has(session)) return socket.destroy()
    if (order.verb === 'sip') return controlling.order(session, order)
    if (order.verb === 'unknown') {
      session.answer(order.id, 'NO|Unknown message type')
      return socket.end()
    }
    if (order.verb === 'proxy') return session.answer(order.id, 'NOK|this server does not proxy')
    if (order.verb === 'route') routes.add(order.method)
    else if (order.verb === 'remove_route') routes.delete(order.method)
    session.answer(order.id, order.verb === 'ping' ? 'OK|pong' : 'OK')
  }

  socket.setNoDelay(true).setKeepAlive(true).setEncoding('latin1')
  socket.on('data', (chunk: string) => {
    const { frames, lost } = deframer.take(chunk)
    for (const each of frames) if (!socket.destroyed) obey(readAppCommand(each))
    if (lost) socket.destroy()
  })
  // 'close' follows.
  socket.on('error', () => socket.destroy())
  const leave = () => {
    socket.destroy()
    if (!sessions.delete(session)) return
    log.info({ apps: sessions.size }, 'an app has gone')
    controlling.gone(session)
  }
  socket.on('close', leave)
  return leave
}

/** In a time that does not depend on how much of it is right. */
function sameSecret(given: string, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text, 'latin1').digest()
  return timingSafeEqual(digest(given), digest(Buffer.from(secret).toString('latin1')))
}

function listening(server: Server, { address, port }: Controlling): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', cause => {
      const taken = reasonOf(cause) === 'EADDRINUSE'
      reject(
        new Fault({
          code: taken ? 'control-port-taken' : 'control-address-unusable',
          place: 'SIP control port',
          found: `TCP ${address}:${port}, which ${taken ? 'another program has' : `cannot be opened (${reasonOf(cause)})`}`,
          expected: 'a free port, or 0 for any',
          cause,
        }),
      )
    })
    server.listen(port, address, () => {
      server.removeAllListeners('error')
      resolve()
    })
  })
}
