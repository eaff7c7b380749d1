import { createSocket } from 'node:dgram'
import { connect, createServer, type Socket } from 'node:net'
import { newId } from '../../src/foundation/index.ts'
import { within } from './app.ts'

/** A user agent written by hand: it says exactly what a test wants, and remembers everything it hears. */
export type Peer = {
  readonly port: number
  readonly protocol: 'udp' | 'tcp'
  /** A text as UTF-8, or bytes as they are. */
  send(text: string | Buffer): void
  /** Closes the connections that there are, and goes on listening. */
  disconnect(): Promise<void>
  /** The next unread message of that kind: `INVITE`, or `200 INVITE` for the response to one. Waits for it. */
  hear(kind: string, ms?: number): Promise<Heard>
  /** How often messages of that kind came, in one call or in all. */
  count(kind: string, callId?: string): number
  close(): Promise<void>
}

export type Heard = {
  readonly text: string
  readonly kind: string
  readonly startLine: string
  readonly body: string
  readonly atMs: number
  header(name: string): string
  headers(name: string): string[]
}

export const sdp = (port = 4000, direction = 'sendrecv') =>
  [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    'c=IN IP4 127.0.0.1',
    't=0 0',
    `m=audio ${port} RTP/AVP 8`,
    `a=${direction}`,
    '',
  ].join('\r\n')

export function read(text: string): Heard {
  const blank = text.indexOf('\r\n\r\n')
  const [startLine = '', ...lines] = text.slice(0, blank).split('\r\n')
  const headers = (name: string) =>
    lines
      .filter(line => line.toLowerCase().startsWith(`${name.toLowerCase()}:`))
      .map(line => line.slice(name.length + 1).trim())
  const header = (name: string) => headers(name)[0] ?? ''
  const [first = '', second = ''] = startLine.split(' ')
  const kind = first === 'SIP/2.0' ? `${second} ${header('CSeq').split(' ')[1]}` : first
  return { text, kind, startLine, header, headers, body: text.slice(blank + 4), atMs: performance.now() }
}

/**
 * @param server the port of the SIP server, on loopback.
 * @param host one of loopback's other addresses, for UDP.
 */
export async function openPeer(
  server: number,
  protocol: 'udp' | 'tcp' = 'udp',
  host = '127.0.0.1',
): Promise<Peer> {
  const heard: Heard[] = []
  const all: Heard[] = []
  const waiting = new Set<() => void>()
  const take = (text: string) => {
    const message = read(text)
    heard.push(message)
    all.push(message)
    for (const look of [...waiting]) look()
  }
  const line = await (protocol === 'udp' ? openUdp(server, take, host) : openTcp(server, take))
  return {
    ...line,
    protocol,
    hear(kind, ms = 5_000) {
      const found = new Promise<Heard>(resolve => {
        const look = () => {
          const at = heard.findIndex(each => each.kind === kind)
          if (at < 0) return waiting.add(look)
          waiting.delete(look)
          resolve(...(heard.splice(at, 1) as [Heard]))
        }
        look()
      })
      return within(ms, found, kind).catch(error => {
        throw new Error(
          `${error.message}; heard ${
            all
              .slice(-30)
              .map(each => each.kind)
              .join(', ') || 'nothing'
          }`,
        )
      })
    },
    count: (kind, callId) =>
      all.filter(each => each.kind === kind && (callId === undefined || each.header('Call-ID') === callId))
        .length,
  }
}

type Line = Pick<Peer, 'port' | 'send' | 'disconnect' | 'close'>

async function openUdp(server: number, take: (text: string) => void, host: string): Promise<Line> {
  const socket = createSocket('udp4')
  await new Promise<void>(resolve => socket.bind(0, host, resolve))
  socket.on('message', bytes => take(bytes.toString('utf8')))
  return {
    port: socket.address().port,
    send: text => socket.send(text, server, '127.0.0.1'),
    disconnect: async () => undefined,
    close: () => new Promise(resolve => socket.close(() => resolve())),
  }
}

/** Listens, too, so that requests can reach it; what it sends goes over the connection it has made. */
async function openTcp(server: number, take: (text: string) => void): Promise<Line> {
  const sockets = new Set<Socket>()
  const adopt = (socket: Socket) => {
    sockets.add(socket)
    let waiting = ''
    // One character a byte, as Content-Length counts.
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      waiting += chunk
      for (;;) {
        const blank = waiting.indexOf('\r\n\r\n')
        const length = Number(/^Content-Length:\s*(\d+)/im.exec(waiting)?.[1] ?? 0)
        if (blank < 0 || waiting.length < blank + 4 + length) return
        take(Buffer.from(waiting.slice(0, blank + 4 + length), 'latin1').toString('utf8'))
        waiting = waiting.slice(blank + 4 + length)
      }
    })
    socket.on('error', () => socket.destroy())
    return socket
  }
  const listener = createServer(adopt)
  await new Promise<void>(resolve => listener.listen(0, '127.0.0.1', resolve))
  const address = listener.address()
  let out: Socket | undefined
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    send(text) {
      out ??= adopt(connect(server, '127.0.0.1'))
      out.write(text)
    },
    async disconnect() {
      await Promise.all(
        [...sockets].map(socket => new Promise(resolve => socket.once('close', resolve).end())),
      )
      sockets.clear()
      out = undefined
    },
    close() {
      for (const socket of sockets) socket.destroy()
      return new Promise(resolve => listener.close(() => resolve()))
    },
  }
}

/** One side of a call, from the peer's point of view: it keeps Call-ID, tags and CSeq. */
export type Leg = {
  readonly callId: string
  seq: number
  /** Our From or To, with tag. */
  readonly local: string
  remote: string
  target: string
  readonly routes: string[]
}

export type Extra = { readonly headers?: readonly string[]; readonly body?: string; readonly type?: string }

/** A leg that this peer begins. */
export function newLeg(server: number, user = 'app'): Leg {
  return {
    callId: newId('call'),
    seq: 0,
    local: `<sip:peer@127.0.0.1>;tag=${newId('tag')}`,
    remote: `<sip:${user}@127.0.0.1:${server}>`,
    target: `sip:${user}@127.0.0.1:${server}`,
    routes: [],
  }
}

/** The leg of a request that this peer has heard. */
export function legOf(request: Heard): Leg {
  return {
    callId: request.header('Call-ID'),
    seq: 0,
    local: `${request.header('To')};tag=${newId('tag')}`,
    remote: request.header('From'),
    target: uriOf(request.header('Contact')) ?? '',
    routes: request.headers('Record-Route'),
  }
}

/** Takes over what a response tells of the far end. */
export function learn(leg: Leg, response: Heard): void {
  leg.remote = response.header('To')
  leg.target = uriOf(response.header('Contact')) ?? leg.target
}

export function request(peer: Peer, leg: Leg, method: string, extra: Extra = {}): string {
  const seq = method === 'ACK' || method === 'CANCEL' ? leg.seq : ++leg.seq
  return message(`${method} ${leg.target} SIP/2.0`, extra, [
    `Via: SIP/2.0/${peer.protocol.toUpperCase()} 127.0.0.1:${peer.port};rport;branch=z9hG4bK${newId('branch')}`,
    ...leg.routes.map(route => `Route: ${route}`),
    'Max-Forwards: 70',
    `From: ${leg.local}`,
    `To: ${leg.remote}`,
    `Call-ID: ${leg.callId}`,
    `CSeq: ${seq} ${method}`,
    `Contact: <sip:peer@127.0.0.1:${peer.port}${peer.protocol === 'tcp' ? ';transport=tcp' : ''}>`,
  ])
}

/** The CANCEL of an INVITE, or the ACK of a failure: with its branch. */
export function follow(invite: string, method: 'CANCEL' | 'ACK', to?: string): string {
  return invite
    .replace(/^INVITE/, method)
    .replace(/^CSeq: (\d+) INVITE/m, `CSeq: $1 ${method}`)
    .replace(/^To: .*$/m, line => (to === undefined ? line : `To: ${to}`))
    .replace(/^Content-Type.*\r\n/m, '')
    .replace(/^Content-Length: \d+\r\n\r\n[\s\S]*$/m, 'Content-Length: 0\r\n\r\n')
}

export function response(peer: Peer, leg: Leg, to: Heard, status: number, extra: Extra = {}): string {
  return message(`SIP/2.0 ${status} Because`, extra, [
    ...to.headers('Via').map(via => `Via: ${via}`),
    ...to.headers('Record-Route').map(route => `Record-Route: ${route}`),
    `From: ${to.header('From')}`,
    `To: ${status === 100 || to.header('To').includes('tag=') ? to.header('To') : leg.local}`,
    `Call-ID: ${to.header('Call-ID')}`,
    `CSeq: ${to.header('CSeq')}`,
    `Contact: <sip:peer@127.0.0.1:${peer.port}${peer.protocol === 'tcp' ? ';transport=tcp' : ''}>`,
  ])
}

function message(
  startLine: string,
  { headers = [], body = '', type }: Extra,
  own: readonly string[],
): string {
  const contentType = body === '' ? [] : [`Content-Type: ${type ?? 'application/sdp'}`]
  const length = `Content-Length: ${Buffer.byteLength(body)}`
  return [startLine, ...own, ...headers, ...contentType, length, '', body].join('\r\n')
}

/** Of a Contact, with or without brackets. */
function uriOf(contact: string): string | undefined {
  return /<([^>]+)>|^([^;,\s]+)/.exec(contact)?.slice(1).find(Boolean)
}
