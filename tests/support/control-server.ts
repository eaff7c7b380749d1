/**
 * The server's end of drachtio's control protocol, without any SIP behind it: it says what a test wants it to say,
 * falls silent, or dies, where a good server cannot be made to.
 */
import { randomUUID } from 'node:crypto'
import { createServer, type Socket } from 'node:net'
import { createMailbox, type Mailbox } from '../../src/foundation/index.ts'

/** A message of the app: its id, the first line by fields, the SIP after it. */
export type Ordered = { readonly id: string; readonly fields: readonly string[]; readonly sip: string }

export type ControlServer = {
  readonly port: number
  /** Orders of the app that this server does not answer by itself. */
  readonly orders: Mailbox<Ordered>
  /** What was asked to be routed, on all connections. */
  readonly routed: readonly string[]
  /** Connections made so far. */
  connections(): number
  /** In one write, each in its frame. */
  say(...messages: readonly string[]): void
  /** As it stands, without a frame. */
  sayRaw(text: string): void
  /** Answers nothing any more on the connections that are open. */
  fallSilent(): void
  /** Takes only this secret from now on. */
  expect(secret: string): void
  die(): Promise<void>
}

export async function startControlServer(port = 0): Promise<ControlServer> {
  const orders = createMailbox<Ordered>()
  const routed: string[] = []
  const sockets = new Set<Socket>()
  const silent = new Set<Socket>()
  let secret: string | undefined
  let connections = 0

  const frame = (text: string) => `${Buffer.byteLength(text)}#${text}`
  const hear = (socket: Socket, text: string) => {
    if (silent.has(socket)) return
    const [head = '', ...rest] = text.split('\r\n')
    const [id = '', verb, ...fields] = head.split('|')
    const answer = (...words: readonly string[]) =>
      socket.write(frame([randomUUID(), 'response', id, ...words].join('|')))
    if (verb === 'authenticate') {
      if (secret === undefined || fields[0] === secret)
        return answer('OK', 'udp/127.0.0.1:5060', 'v0.9.10', 'udp/127.0.0.1:5060')
      answer('NO', 'incorrect secret')
      return socket.end()
    }
    if (verb === 'ping') return answer('OK', 'pong')
    if (verb === 'route') {
      routed.push(fields[0] ?? '')
      return answer('OK')
    }
    orders.put({ id, fields, sip: rest.join('\r\n') })
  }

  const server = createServer(socket => {
    connections++
    sockets.add(socket)
    let text = Buffer.alloc(0)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => sockets.delete(socket))
    socket.on('data', chunk => {
      text = Buffer.concat([text, chunk])
      for (;;) {
        const hash = text.indexOf('#')
        const end = hash + 1 + Number(text.toString('utf8', 0, Math.max(0, hash)))
        if (hash < 0 || text.length < end) return
        hear(socket, text.toString('utf8', hash + 1, end))
        text = text.subarray(end)
      }
    })
  })
  await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve))
  const bound = server.address()

  const sayRaw = (text: string) => {
    for (const socket of sockets) socket.write(text)
  }
  return {
    port: typeof bound === 'object' && bound ? bound.port : 0,
    orders,
    routed,
    connections: () => connections,
    say: (...messages) => sayRaw(messages.map(frame).join('')),
    sayRaw,
    fallSilent() {
      for (const socket of sockets) silent.add(socket)
    },
    expect(wanted) {
      secret = wanted
    },
    async die() {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
}

export const dialogIdOf = (callId: string) => `${callId};from-tag=a`

/** A request that came from the network, as the server hands it over. */
export function fromNetwork(
  method: string,
  callId: string,
  { toTag = '', body = '', from = '13800138000', source = 'network', headers = [] as readonly string[] } = {},
): string {
  const inDialog = toTag !== ''
  const transaction = source === 'network' ? randomUUID() : 'unsolicited'
  const head = [
    ...[randomUUID(), 'sip', source, '100', 'udp', '127.0.0.1', '5062', '00:00:00.000000'],
    ...[transaction, inDialog ? dialogIdOf(callId) : '', ''],
  ].join('|')
  const sip = [
    `${method} sip:12345@127.0.0.1 SIP/2.0`,
    'Via: SIP/2.0/UDP 127.0.0.1:5062;branch=z9hG4bKa',
    `From: <sip:${from}@127.0.0.1>;tag=a`,
    `To: <sip:12345@127.0.0.1>${inDialog ? `;tag=${toTag}` : ''}`,
    `Call-ID: ${callId}`,
    `CSeq: 1 ${method}`,
    'Contact: <sip:phone@127.0.0.1:5062>',
    ...headers,
    ...(body ? ['Content-Type: application/sdp'] : []),
    `Content-Length: ${body.length}`,
    '',
    body,
  ]
  return [head, ...sip].join('\r\n')
}

/** That a response was sent: the order as it went out, with the To tag and the Contact that the server adds. */
export function sent({ id, fields, sip }: Ordered, callId: string, toTag: string): string {
  const head = [
    ...[
      randomUUID(),
      'response',
      id,
      'OK',
      'application',
      '100',
      'udp',
      '127.0.0.1',
      '5062',
      '00:00:00.000000',
    ],
    ...[fields[1] ?? '', dialogIdOf(callId), '', 'Msg sent:', ''],
  ].join('|')
  const complete = sip
    .replace(/^(to: [^\r]*)/im, `$1;tag=${toTag}`)
    .replace(/\r\n\r\n/, '\r\nContact: <sip:127.0.0.1:5060>\r\n\r\n')
  return `${head}\r\n${complete}`
}

/** That a request of the app went out, and what the network answered to it. */
export function answered(order: Ordered, status: string, transaction = randomUUID()): readonly string[] {
  const head = (...words: readonly string[]) => [randomUUID(), ...words].join('|')
  const source = ['100', 'udp', '127.0.0.1', '5062', '00:00:00.000000', transaction]
  const dialogId = order.fields[1] ?? ''
  const method = order.sip.split(' ')[0]
  const lines = [
    'Via: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bKb',
    ...['From: <sip:12345@127.0.0.1>;tag=b', 'To: <sip:13800138000@127.0.0.1>;tag=a'],
    ...['Call-ID: asked', `CSeq: 2 ${method}`, 'Content-Length: 0', '', ''],
  ].join('\r\n')
  return [
    `${head('response', order.id, 'OK', 'application', ...source, dialogId, '', 'Msg sent:', '')}\r\n${order.sip.split('\r\n')[0]}\r\n${lines}`,
    `${head('sip', 'network', ...source, dialogId, '')}\r\nSIP/2.0 ${status}\r\n${lines}`,
  ]
}

/** That an order was not obeyed, and why. */
export const refused = ({ id }: Ordered, why: string): string => `${randomUUID()}|response|${id}|NOK|${why}`
