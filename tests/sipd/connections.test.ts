/** Connections over TCP: strangers who open many and say nothing, and messages that come in pieces. */
import { connect, type Socket } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createManualClock, silentLog } from '../../src/foundation/index.ts'
import { startSipd } from '../../src/sipd/index.ts'
import { usualLimits } from '../../src/sipd/transports/connections.ts'
import { openTcp } from '../../src/sipd/transports/tcp.ts'
import { fact } from './app.ts'

const options = `OPTIONS sip:a@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1:9;branch=z9hG4bKx\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:a@b>\r\nCall-ID: 1\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0`

async function dial(port: number): Promise<Socket & { readonly gone: Promise<void> }> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => undefined).resume()
  const gone = new Promise<void>(resolve => socket.once('close', () => resolve()))
  await new Promise<void>(resolve => socket.once('connect', resolve))
  onTestFinished(() => void socket.destroy())
  return Object.assign(socket, { gone })
}

async function open(limits = usualLimits) {
  const clock = createManualClock()
  const arrived: string[] = []
  const tcp = await openTcp('127.0.0.1', 0, clock, text => arrived.push(text), limits)
  onTestFinished(tcp.close)
  return { tcp, clock, arrived }
}

describe('a connection', () => {
  it.each([
    ['says nothing', ''],
    ['only keeps itself alive', '\r\n\r\n'],
    ['begins a message', 'INVITE sip:a SIP/2.0\r\nVia: '],
    ['promises a body', `${options.replace('Length: 0', 'Length: 99')}\r\n\r\nx`],
  ])('that %s is let go after ten seconds', async (_, said) => {
    const { tcp, clock } = await open()
    const socket = await dial(tcp.port)
    socket.write(said)
    await expect.poll(() => tcp.connections()).toBe(1)
    await clock.advance(9_900)
    expect(tcp.connections()).toBe(1)
    await clock.advance(200)
    await socket.gone
    expect(clock.pending()).toBe(0)
  })

  it('that drips a message is let go all the same', async () => {
    const { tcp, clock, arrived } = await open()
    const socket = await dial(tcp.port)
    socket.write(`${options}\r\n\r\n`)
    await expect.poll(() => arrived.length).toBe(1)
    for (const byte of 'INVITE') {
      socket.write(byte)
      await clock.advance(1)
    }
    await expect.poll(() => clock.pending()).toBe(1)
    await clock.advance(10_000)
    await socket.gone
  })

  it('that has brought a message may be silent for hours', async () => {
    const { tcp, clock, arrived } = await open()
    const socket = await dial(tcp.port)
    socket.write(`${options}\r\n\r\n`)
    await expect.poll(() => arrived.length).toBe(1)
    await clock.advance(24 * 3_600_000)
    expect(tcp.connections()).toBe(1)
    socket.write(`${options}\r\n\r\n`)
    await expect.poll(() => arrived.length).toBe(2)
  })

  it('that nobody takes fails, and leaves no timer behind', async () => {
    const { tcp, clock } = await open()
    const other = await openTcp('127.0.0.1', 0, clock, () => undefined)
    await other.close()
    const failed = fact<void>()
    tcp.send(options, { protocol: 'tcp', address: '127.0.0.1', port: other.port }, failed.tell)
    await failed.come
    await expect.poll(() => tcp.connections()).toBe(0)
    expect(clock.pending()).toBe(0)
  })
})

it('the oldest of too many that say nothing goes, and who speaks stays', async () => {
  const { tcp, arrived } = await open({ ...usualLimits, mostUnproven: 5 })
  const speaker = await dial(tcp.port)
  speaker.write(`${options}\r\n\r\n`)
  await expect.poll(() => arrived.length).toBe(1)
  const silent = []
  for (let each = 0; each < 8; each++) silent.push(await dial(tcp.port))
  await Promise.all(silent.slice(0, 3).map(each => each.gone))
  await expect.poll(() => tcp.connections()).toBe(6)
  speaker.write(`${options}\r\n\r\n`)
  await expect.poll(() => arrived.length).toBe(2)
})

it('the one that was silent for longest goes when there are too many in all', async () => {
  const { tcp, arrived } = await open({ ...usualLimits, mostConnections: 3 })
  const sockets = []
  for (let each = 0; each < 3; each++) {
    const socket = await dial(tcp.port)
    socket.write(`${options}\r\n\r\n`)
    await expect.poll(() => arrived.length).toBe(each + 1)
    sockets.push(socket)
  }
  sockets[0]!.write(`${options}\r\n\r\n`)
  await expect.poll(() => arrived.length).toBe(4)
  await dial(tcp.port)
  await sockets[1]!.gone
  expect(tcp.connections()).toBe(3)
  expect(sockets[0]!.destroyed).toBe(false)
})

it('a far end that does not read is let go', async () => {
  const { tcp, arrived } = await open({ ...usualLimits, mostUnreadBytes: 100_000 })
  const socket = await dial(tcp.port)
  socket.write(`${options}\r\n\r\n`)
  await expect.poll(() => arrived.length).toBe(1)
  socket.pause()
  const to = { protocol: 'tcp', address: '127.0.0.1', port: socket.localPort! } as const
  const failed = fact<void>()
  for (let each = 0; each < 400 && tcp.isConnected(to); each++) {
    tcp.send('x'.repeat(50_000), to, failed.tell)
    await new Promise<void>(resolve => setImmediate(resolve))
  }
  await failed.come
  await expect.poll(() => tcp.connections()).toBe(0)
})

it('a message whose last line comes alone is no sign of life', async () => {
  const { tcp, arrived } = await open()
  const socket = await dial(tcp.port)
  const heard: Buffer[] = []
  socket.on('data', bytes => heard.push(bytes))
  const message = `${options}\r\n\r\n`
  socket.write(message + options)
  await expect.poll(() => arrived).toEqual([message])
  socket.write('\r\n\r\n')
  await expect.poll(() => arrived).toEqual([message, message])
  socket.write('\r\n\r\n')
  await expect.poll(() => Buffer.concat(heard).toString()).toBe('\r\n')
})

it('closes with half-open connections and leaves no timer behind', async () => {
  const clock = createManualClock()
  const sipd = await startSipd({
    clock,
    log: silentLog,
    secret: 'only for this test',
    controlPort: 0,
    sipAddress: '127.0.0.1',
    sipPort: 0,
  })
  const sockets = [await dial(sipd.sipPort), await dial(sipd.sipPort)]
  await expect.poll(() => sipd.open().connections).toBe(2)
  await sipd.close()
  await Promise.all(sockets.map(each => each.gone))
  expect(clock.pending()).toBe(0)
})
