/**
 * The telephones of the media bench, in a process of their own so that their work is not counted: `count` sockets, each
 * sending a packet every 20 ms to its port and keeping the times at which packets came. Spoken to over IPC.
 */
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { monotonicMs } from '../../src/foundation/index.ts'
import { rtpHeaderBytes, writeRtpHeader } from '../../src/media/rtp.ts'
import { writeEventPayload } from '../../src/media/telephone-event.ts'

export type ToPeers =
  | { what: 'open'; count: number }
  | { what: 'talk'; to: readonly number[] }
  | { what: 'measure'; ms: number }
  | { what: 'press'; calls: number }
export type FromPeers =
  | { what: 'opened'; ports: number[] }
  | { what: 'distances'; ms: number[]; received: number }
  | { what: 'pressed'; ms: number[] }

type Peer = {
  readonly socket: Socket
  to: number
  sequence: number
  timestamp: number
  lastMs: number
  pressedMs: number
}

const event = 101
const peers: Peer[] = []
let distances: number[] | undefined
let answers: number[] = []
let received = 0
const packet = Buffer.alloc(rtpHeaderBytes + 160, 0xd5)
const keyPacket = Buffer.alloc(rtpHeaderBytes + 4)
const tell = (message: FromPeers) => process.send!(message)

async function open(count: number): Promise<void> {
  for (let at = 0; at < count; at++) {
    const socket = createSocket('udp4')
    socket.bind(0, '127.0.0.1')
    await once(socket, 'listening')
    const peer: Peer = { socket, to: 0, sequence: 0, timestamp: 0, lastMs: 0, pressedMs: 0 }
    socket.on('message', bytes => {
      const nowMs = performance.now()
      received++
      if (distances && peer.lastMs) distances.push(nowMs - peer.lastMs)
      peer.lastMs = nowMs
      // A marker begins a spurt: what follows the key.
      if (peer.pressedMs && bytes[1]! & 0x80) {
        answers.push(monotonicMs() - peer.pressedMs)
        peer.pressedMs = 0
      }
    })
    peers.push(peer)
  }
  tell({ what: 'opened', ports: peers.map(({ socket }) => socket.address().port) })
}

function send(peer: Peer): void {
  writeRtpHeader(packet, false, 8, peer.sequence, peer.timestamp, 1)
  peer.sequence = (peer.sequence + 1) & 0xffff
  peer.timestamp = (peer.timestamp + 160) >>> 0
  peer.socket.send(packet)
}

async function talk(to: readonly number[]): Promise<void> {
  for (const [at, peer] of peers.entries()) {
    peer.socket.connect(to[at]!, '127.0.0.1')
    await once(peer.socket, 'connect')
    peer.socket.on('error', () => undefined)
  }
  // Phones are not in step with each other: each has its own moment within the 20 ms.
  let due = 0
  const startMs = performance.now()
  const run = () => {
    const dueNow = ((performance.now() - startMs) / 20) * peers.length
    for (; due < dueNow; due++) send(peers[due % peers.length]!)
    setTimeout(run, 1)
  }
  run()
}

/** One whole key as RFC 4733 has it, its packets at once: the answer counts from the last of them. */
function press(peer: Peer): void {
  for (let part = 0; part < 8; part++) {
    writeRtpHeader(keyPacket, part === 0, event, peer.sequence, peer.timestamp, 1)
    writeEventPayload(keyPacket, rtpHeaderBytes, 1, part > 4, Math.min(part + 1, 5) * 160)
    peer.sequence = (peer.sequence + 1) & 0xffff
    peer.socket.send(keyPacket)
  }
  peer.timestamp = (peer.timestamp + 1600) >>> 0
  peer.pressedMs = monotonicMs()
}

process.on('message', (message: ToPeers) => {
  if (message.what === 'open') void open(message.count)
  else if (message.what === 'talk') void talk(message.to)
  else if (message.what === 'measure') {
    distances = []
    received = 0
    setTimeout(() => {
      tell({ what: 'distances', ms: distances!, received })
      distances = undefined
    }, message.ms)
  } else {
    answers = []
    // A few at a time, at uneven moments, as callers do.
    let at = 0
    const timer = setInterval(() => {
      if (at < message.calls) press(peers[at++ % peers.length]!)
      else if (answers.length >= message.calls || at++ > message.calls + 60) {
        clearInterval(timer)
        tell({ what: 'pressed', ms: answers })
      }
    }, 13)
  }
})
