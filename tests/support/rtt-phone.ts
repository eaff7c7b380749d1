/**
 * The text half of a telephone with real-time text, written from RFC 4103 and T.140 alone: what it shows, what it types,
 * and a network that loses what it is told to.
 */
import { createSocket } from 'node:dgram'
import { once } from 'node:events'

const t140 = 98
const red = 100
const bufferMs = 300

export type RttPhone = {
  /** To be offered in SDP. */
  readonly streams: readonly string[]
  /** Where the answer says that text goes. */
  answered(sdp: string): void
  /** What stands on its screen, line by line. */
  screen(): readonly string[]
  /** Types, every letter in a packet of its own. @param lose which packets are lost on the way, by their number */
  type(text: string, lose?: (packet: number) => boolean): void
  /** Says what was typed twice more, as the RFC asks, in empty packets. */
  rest(): void
  /** When text came, `performance.now()`. */
  readonly arrivals: readonly { readonly text: string; readonly atMs: number }[]
  close(): void
}

export async function createRttPhone(): Promise<RttPhone> {
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const { port } = socket.address()
  const arrivals: { text: string; atMs: number }[] = []
  const shown: string[] = []
  let to: number | undefined
  let sequence = 100
  let sent = 0
  let timestamp = 0
  let before: { readonly bytes: Buffer; readonly timestamp: number }[] = []
  let next: number | undefined

  socket.on('message', packet => {
    if ((packet[1]! & 0x7f) !== red) return
    const number = packet.readUInt16BE(2)
    const blocks: { text: string }[] = []
    const lengths: number[] = []
    let at = 12
    for (; packet[at]! & 0x80; at += 4) lengths.push(packet.readUInt16BE(at + 2) & 0x3ff)
    at++
    for (const length of lengths) {
      blocks.push({ text: packet.toString('utf8', at, at + length) })
      at += length
    }
    blocks.push({ text: packet.toString('utf8', at) })
    const ahead = next === undefined ? blocks.length : number - next + 1
    if (ahead <= 0) return
    next = number + 1
    for (const { text } of blocks.slice(-ahead)) {
      if (text !== '') arrivals.push({ text, atMs: performance.now() })
      for (const character of text) character === '\b' ? shown.pop() : shown.push(character)
    }
  })

  const say = (text: string, isLost: boolean) => {
    const bytes = Buffer.from(text)
    timestamp += bufferMs
    const heads = before.map(block => {
      const head = Buffer.alloc(4)
      head.writeUInt32BE(
        (((0x80 | t140) << 24) | ((timestamp - block.timestamp) << 10) | block.bytes.length) >>> 0,
      )
      return head
    })
    const header = Buffer.alloc(12)
    header[0] = 0x80
    header[1] = (before.length === 0 ? 0x80 : 0) | red
    header.writeUInt16BE(sequence++ & 0xffff, 2)
    header.writeUInt32BE(timestamp, 4)
    header.writeUInt32BE(0x7e57, 8)
    const packet = Buffer.concat([
      ...[header, ...heads, Buffer.of(t140)],
      ...[...before.map(block => block.bytes), bytes],
    ])
    before = [...before, { bytes, timestamp }].slice(-2)
    if (!isLost && to !== undefined) socket.send(packet, to, '127.0.0.1')
  }

  return {
    streams: [
      `m=text ${port} RTP/AVP ${red} ${t140}`,
      `a=rtpmap:${t140} t140/1000`,
      `a=rtpmap:${red} red/1000`,
      `a=fmtp:${red} ${t140}/${t140}/${t140}`,
    ],
    answered(sdp) {
      to = Number(/m=text (\d+)/.exec(sdp)?.[1]) || undefined
    },
    screen: () =>
      shown
        .join('')
        .split('\u2028')
        .filter(line => line !== ''),
    type(text, lose = () => false) {
      for (const character of text) say(character, lose(sent++))
    },
    rest() {
      say('', false)
      say('', false)
    },
    arrivals,
    close: () => socket.close(),
  }
}
