import websocket from '@fastify/websocket'
import type { FastifyContextConfig, FastifyRequest } from 'fastify'
import {
  type Asked,
  type Clock,
  Fault,
  type RequestMount,
  type Socket,
  type SocketMount,
} from '../foundation/index.ts'
import type { Member, Staff } from '../staff/index.ts'
import type { Kernel } from './route.ts'
import type { App } from './server.ts'
import { checkRole, isProgram, memberIn, refuseOtherOrigins } from './sessions.ts'
import type { Trailing } from './trail/hooks.ts'

export type Mounts = { readonly sockets: readonly SocketMount[]; readonly requests: readonly RequestMount[] }

/** A hung page, for example on a closed laptop, does not answer our close frame; it must not hold up the stop. */
const farewellMs = 1_000
/** How often an open socket of a member at work marks the session as in use. */
const inUseMs = 60_000

/** Serves the handlers that rooms offer, each within the size, rate and origins that it asked for. */
export async function addMounts(
  app: App,
  { sockets, requests }: Mounts,
  { sessions, publicUrl }: Kernel,
  staff: Pick<Staff, 'notices'>,
  trail: Trailing,
  clock: Clock,
): Promise<void> {
  /** Sockets by the session that opened them; they are closed when it ends. */
  const open = new Map<string, Set<Socket>>()
  staff.notices.on('over', ({ session }) => {
    for (const socket of open.get(session) ?? []) socket.close(1008, 'signed-out')
  })
  const hold = (session: string, socket: websocket.WebSocket, mine: Socket) => {
    const all = open.get(session) ?? new Set()
    open.set(session, all.add(mine))
    socket.on('close', () => {
      all.delete(mine)
      if (all.size === 0 && open.get(session) === all) open.delete(session)
    })
  }
  const keepInUse = (session: string, socket: websocket.WebSocket) => {
    let stop = clock.after(inUseMs, function again() {
      sessions.use(session)
      stop = clock.after(inUseMs, again)
    })
    socket.on('close', () => stop())
  }
  await app.register(websocket, {
    options: { maxPayload: Math.max(1024, ...sockets.map(({ maxMessageBytes }) => maxMessageBytes)) },
    preClose(this: App, done: () => void) {
      const { clients } = this.websocketServer
      for (const client of clients) client.close(1001, 'shutting-down')
      const stopWaiting = clock.after(farewellMs, () => {
        for (const client of clients) client.terminate()
      })
      this.websocketServer.close(stopWaiting)
      done()
    },
  })
  for (const mount of sockets) {
    app.get(
      mount.path,
      {
        websocket: true,
        config: pace(mount.perMinute),
        schema: { hide: true },
        onRequest: async request => {
          if (mount.origins === 'same') refuseOtherOrigins(request, publicUrl, mount.roles !== undefined)
          const session = await sessions.of(request).catch((error: unknown) => {
            if (mount.roles) throw error
            // A caller's page is open to everybody, so it does not wait for a database that is away.
            return undefined
          })
          if (!session && mount.roles) throw signedOut()
          if (!session) return
          if (mount.roles) checkRole(session.member, mount.roles)
          request.person = session
        },
      },
      (socket, request) => {
        const mine = socketOf(socket, mount.maxMessageBytes)
        const { person } = request
        if (person !== null && !isProgram(person)) {
          hold(person.session, socket, mine)
          if (mount.atWork?.includes(person.member.role)) keepInUse(person.session, socket)
          // Pages that show live data, such as the queue: records who looked at it, and from when.
          if (mount.roles) trail.write(openedBy(person.member, mount.path, request.ip))
          // The session may have ended while this socket was being opened.
          void sessions.of(request).then(
            still => still ?? mine.close(1008, 'signed-out'),
            () => undefined,
          )
        }
        mount.open(mine, askedOf(request))
      },
    )
  }
  // In a scope of its own, where every body stays text, since signatures are computed over it.
  await app.register(async (scope: App) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
    for (const mount of requests) {
      scope.route({
        method: mount.method,
        url: mount.path,
        bodyLimit: mount.maxBodyBytes,
        config: pace(mount.perMinute),
        schema: { hide: true },
        handler: async (request, reply) => {
          const body = typeof request.body === 'string' ? request.body : ''
          const answer = await mount.answer({ ...askedOf(request), body })
          return reply.code(answer.status).type(answer.type).send(answer.body)
        },
      })
    }
  })
}

const openedBy = ({ name: person, role }: Member, path: string, address: string) =>
  ({
    act: 'opened',
    outcome: 'done',
    person,
    role,
    address,
    way: `GET ${path}`,
    about: '',
    whose: '',
  }) as const

const pace = (perMinute: number | undefined): FastifyContextConfig =>
  perMinute === undefined ? {} : { rateLimit: { max: perMinute, timeWindow: 60_000 } }

const signedOut = () =>
  new Fault({
    code: 'sign-in-refused',
    place: 'session',
    found: 'nobody who has signed in',
    expected: 'somebody who has, by POST /session',
  })

const askedOf = ({ url, params, query, headers, ip, person }: FastifyRequest): Asked => ({
  url,
  params: textsOf(params),
  query: textsOf(query),
  headers: textsOf(headers),
  address: ip,
  member: memberIn(person),
})

const textsOf = (values: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(values ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )

type WebSocket = websocket.WebSocket

/** Messages that arrive before the room listens are buffered until it does. */
function socketOf(socket: WebSocket, maxMessageBytes: number): Socket {
  const early: (string | Uint8Array)[] = []
  let listener = (message: string | Uint8Array) => {
    early.push(message)
  }
  let onClosed: (() => void) | undefined
  let closed = false
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    // Messages are ignored once we have closed, even if the peer has not answered our close.
    if (socket.readyState !== socket.OPEN) return
    if (data.length > maxMessageBytes) socket.close(1009, 'message too big')
    else listener(isBinary ? data : data.toString('utf8'))
  })
  socket.on('close', () => {
    closed = true
    onClosed?.()
  })
  // A close event always follows an error.
  socket.on('error', () => undefined)
  return {
    send: message => {
      if (socket.readyState === socket.OPEN) socket.send(message)
    },
    backlog: () => socket.bufferedAmount,
    ping: () =>
      new Promise(resolve => {
        socket.once('pong', () => resolve())
        if (socket.readyState === socket.OPEN) socket.ping()
      }),
    onMessage(listen) {
      listener = listen
      for (const message of early.splice(0)) listen(message)
    },
    onClose(listen) {
      onClosed = listen
      if (closed) listen()
    },
    close: (code = 1000, reason = '') => socket.close(code, reason),
  }
}
