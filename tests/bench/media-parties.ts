import { silentLog } from '../../src/foundation/index.ts'
import { pcma } from '../../src/media/codecs/pcma.ts'
import { type MediaPort, startMedia } from '../../src/media/index.ts'
import { createRtpPeer, type RtpPeer } from '../support/rtp-peer.ts'
import { load } from './media.ts'
import { percentile, type Row } from './row.ts'

const conversations = 100
const joins = 100
const measureMs = 5000
const silence = pcma.fromLinear[0]!
/** What each says: two of them together are another byte, since they are not as loud as can be. */
const voice = pcma.fromLinear[2000]!

/** What the third party costs, and how soon all hear each other. */
export async function run(): Promise<readonly Row[]> {
  const of = async (parties: number) =>
    (await load('media-parties-pool.ts', conversations * parties, measureMs, [parties])).percentPerCall *
    parties
  const [two, three] = [await of(2), await of(3)]
  const ms = await joinMs()
  return [
    {
      what: `CPU per conversation of three, ${conversations} at once`,
      figure: `${three.toFixed(3)} % of a core, ${(three / two).toFixed(2)} x one of two (${two.toFixed(3)} %)`,
      target: '<= 1.6 x',
      method:
        'all hear all others; 50 packets/s in and out a party; CPU time of the process, peers in another',
    },
    {
      what: 'From joining three parties until all hear the others',
      figure: `p50 ${percentile(ms, 0.5)} p95 ${percentile(ms, 0.95)} ms of ${ms.length}`,
      target: 'p95 <= 60 ms',
      method: 'one of them was held; the last of three to receive a packet in which somebody is heard',
    },
  ]
}

async function joinMs(): Promise<readonly number[]> {
  const pool = await startMedia({
    workers: 1,
    bindAddress: '127.0.0.1',
    portRange: [24000, 24999],
    mediaTimeoutMs: 60_000,
    maxPorts: 3,
    log: silentLog,
  })
  const parties: [RtpPeer, MediaPort][] = []
  for (let at = 0; at < 3; at++) {
    const peer = await createRtpPeer()
    const port = await pool.open()
    port.connect({ address: peer.address, port: peer.port, codec: 'PCMA', send: true })
    parties.push([peer, port])
  }
  const frame = new Uint8Array(160).fill(voice)
  // Phones are not in step with each other.
  const timers = parties.map(([peer, port], at) => {
    let due = performance.now() + at * 7
    const talk = () => {
      for (; due <= performance.now(); due += 20) peer.say(port.local, frame)
    }
    return setInterval(talk, 2)
  })
  const ports = parties.map(([, port]) => port)
  const arrange = (heard: readonly MediaPort[]) =>
    Promise.all(
      ports.map(port => port.listenTo(heard.includes(port) ? heard.filter(other => other !== port) : [])),
    )
  const found: number[] = []
  try {
    for (let at = 0; at < joins; at++) {
      // The agent and the third talk; then all three.
      await arrange(ports.slice(1))
      await new Promise(resolve => setTimeout(resolve, 200 + (at % 20)))
      for (const [peer] of parties) peer.heard.length = 0
      const startMs = performance.now()
      await arrange(ports)
      found.push(Math.max(...(await Promise.all(parties.map(([peer], who) => heardAt(peer, who))))) - startMs)
    }
    return found
  } finally {
    for (const timer of timers) clearInterval(timer)
    await pool.close()
    for (const [peer] of parties) peer.close()
  }
}

/** One voice alone is known by its byte; two of them by the louder sum. */
async function heardAt(peer: RtpPeer, who: number): Promise<number> {
  const isOfAll = ({ payload }: { readonly payload: Uint8Array }) =>
    who === 0 ? payload[80] !== silence : payload[80] !== silence && payload[80] !== voice
  const [first] = await peer.hears(isOfAll)
  return first!.atMs
}
