/** Mutated HTTP and WebSocket messages at the built product's front desk, each over a connection of its own. */
import { connect } from 'node:net'
import { exampleOf, operationsOf } from '../support/operations.ts'
import type { RunningHotline } from '../support/running-hotline.ts'
import { mutate, type Random } from './mutate.ts'
import * as seeds from './seeds.ts'

const atOnce = 8
/** Each over a connection of its own, from many addresses: limits are by source. */
async function eachOver(count: number, work: (at: number, address: string) => Promise<void>): Promise<void> {
  let next = 0
  const worker = async () => {
    for (let at = next++; at < count; at = next++)
      await work(at, `127.0.${10 + (Math.floor(at / 200) % 200)}.${1 + (at % 200)}`)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

/** What came back over a TCP connection until it was closed. @returns undefined where nobody closed it in time */
function exchange(hotline: RunningHotline, address: string, pieces: readonly Buffer[], mostMs: number) {
  const { hostname, port } = new URL(hotline.url)
  return new Promise<string | undefined>(resolve => {
    const socket = connect({ host: hostname, port: Number(port), localAddress: address })
    let heard = ''
    const done = (said: string | undefined) => {
      clearTimeout(timer)
      socket.destroy()
      resolve(said)
    }
    const timer = setTimeout(() => done(undefined), mostMs)
    socket.on('data', bytes => {
      heard += bytes.toString('latin1')
    })
    socket.on('error', () => done(heard))
    socket.on('close', () => done(heard))
    socket.write(pieces[0]!)
    for (const piece of pieces.slice(1)) socket.write(piece)
    socket.end()
  })
}

export type Found = { readonly errors: Map<string, number>; stuck: number }

const written = (method: string, path: string, token: string, body: string, type = 'application/json') =>
  [
    `${method.toUpperCase()} ${path.replaceAll(/\{[^}]+\}/g, '1')} HTTP/1.1`,
    'Host: 127.0.0.1',
    `Authorization: Bearer ${token}`,
    'Accept-Language: zh-CN,en;q=0.5',
    'X-Forwarded-For: 10.0.0.1',
    'Connection: close',
    ...(body === '' ? [] : [`Content-Type: ${type}`, `Content-Length: ${Buffer.byteLength(body)}`]),
    '',
    body,
  ].join('\r\n')

/** Every operation that the product documents, with what it is given, and what else is asked of its port. */
export async function httpSeeds(hotline: RunningHotline, token: string): Promise<readonly Buffer[]> {
  const documented = (await operationsOf(hotline)).map(({ method, path, type, schema }) =>
    written(method, path, token, schema ? JSON.stringify(exampleOf(schema)) : '', type),
  )
  const pages = ['/', '/phone', '/seat', '/c/x', '/s/x', '/metrics', '/readyz', '/docs/json', '/twilio/voice']
  const form =
    '--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n\xff\xd8\r\n--x--\r\n'
  const webhook = 'CallSid=CA1&From=%2B8613800138000&To=12345'
  return [
    ...documented,
    ...pages.map(path => written('get', `${path}?q=1`, token, '')),
    written('post', '/twilio/voice', token, webhook, 'application/x-www-form-urlencoded'),
    written('post', '/api/orders/1/evidence', token, form, 'multipart/form-data; boundary=x'),
    'POST /api/orders HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n',
  ].map(text => Buffer.from(text))
}

export async function fuzzHttp(
  hotline: RunningHotline,
  random: Random,
  count: number,
  good: readonly Buffer[],
  found: Found,
) {
  await eachOver(count, async (_at, address) => {
    const sent = mutate(random, good)
    const said = await exchange(hotline, address, [sent], 40_000)
    if (said === undefined) found.stuck++
    // 503 says that a part is away, and is meant so.
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(said ?? '')?.[1] ?? 0)
    if (status >= 500 && status !== 503)
      note(found, `${status} ${sent.toString('latin1').split(' ').slice(0, 2).join(' ')}`)
  })
}

const note = ({ errors }: Found, what: string) => void errors.set(what, (errors.get(what) ?? 0) + 1)

/** RFC 6455, section 5.2: a text or binary frame of a client, masked with nothing. */
function frameOf(payload: Buffer, opcode: number): Buffer {
  const length = payload.length
  const head = length < 126 ? [0x80 | length] : [0x80 | 126, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([0x80 | opcode, ...head, 0, 0, 0, 0]), payload])
}

/** Sockets of pages and of Twilio: good frames with bad messages in them, and bad frames. */
export async function fuzzWebSockets(
  hotline: RunningHotline,
  random: Random,
  count: number,
  token: string,
  found: Found,
) {
  const paths = [
    '/phone/line',
    '/twilio/stream',
    '/c/x/live',
    '/seat/desk',
    '/seat/phone',
    '/floor/live',
    '/orders/live',
  ]
  const perSocket = 20
  await eachOver(Math.ceil(count / perSocket), async (_at, address) => {
    const upgrade = [
      `GET ${random.of(paths)} HTTP/1.1`,
      ...['Host: 127.0.0.1', 'Upgrade: websocket', 'Connection: Upgrade', `Authorization: Bearer ${token}`],
      ...['Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', '', ''],
    ].join('\r\n')
    const frames = Array.from({ length: perSocket }, () => {
      const payload = random.below(3) === 0 ? random.of(seeds.webSocket) : mutate(random, seeds.webSocket)
      const frame = frameOf(payload.subarray(0, 20_000), random.below(4) === 0 ? 2 : 1)
      return random.below(5) === 0 ? mutate(random, [frame]) : frame
    })
    const said = await exchange(hotline, address, [Buffer.from(upgrade), ...frames], 40_000)
    if (said === undefined) found.stuck++
    if (/^HTTP\/1\.1 5(?!03)/.test(said ?? '')) note(found, (said ?? '').slice(0, 12))
  })
}
