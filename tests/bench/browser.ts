import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { WebSocket } from 'ws'
import { decodeAlaw } from '../../src/web/sound/g711.ts'
import { createPlayout } from '../../src/web/sound/playout.ts'
import { seededChance } from '../support/network.ts'
import { cpuSeconds } from './cost.ts'
import { load } from './media.ts'
import { percentile, type Row } from './row.ts'

const frameMs = 20
const everyMs = 800
const clicks = 40
/** One that takes longer is lost to a conversation. */
const lostAfterMs = 1_500
const calls = 100
const idlePages = 1_000
const measureMs = 10_000

/** What the network adds to a frame, in ms. TCP keeps the order: what is late holds up what comes after it. */
type Network = (chance: () => number) => number
const calm: Network = () => 0
/** Linux sends a lost segment again after 200 ms at the soonest (TCP_RTO_MIN), when nothing tells it earlier. */
const lossy: Network = chance => (chance() < 0.02 ? 200 : 0)
const jittery: Network = chance => chance() * 200

export async function run(): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const [name, network, target] of [
    ['no loss', calm, 'p95 <= 150 ms'],
    ['2 % loss, each 200 ms late', lossy, '-'],
    ['up to 200 ms of jitter', jittery, '-'],
  ] as const) {
    const heard = await mouthToEar(network)
    rows.push({
      what: `Mouth to ear, page to seat’s page, ${name}`,
      figure: `p50 ${percentile(heard, 0.5)} p95 ${percentile(heard, 0.95)} ms of ${heard.length}, ${clicks - heard.length} never`,
      target,
      method:
        'clicks in A-law frames over loopback WebSockets through the bridge, the page’s own playout; the 20 ms until a frame is full are in it, sound cards are not; weather on the caller’s side',
    })
  }
  const pages = await promptLoad()
  const sip = (await load('media-pool.ts', calls)).percentPerCall
  rows.push({
    what: `CPU per call from a page at ${calls} calls`,
    figure: `${pages.toFixed(3)} % of a core, ${(pages / sip).toFixed(2)} x the media of a SIP call (${sip.toFixed(3)} %)`,
    target: '-',
    method: 'a prompt out, 50 frames/s in; front desk, line and media in one process, pages in another',
  })
  rows.push(await idle())
  return rows
}

/** From the first sample of a click at the microphone to its first at the loudspeaker, in ms, of those that were heard. */
async function mouthToEar(network: Network): Promise<readonly number[]> {
  const house = await start('pairs')
  const [mouth, ear] = [await ringFrom(house.url), await ringFrom(house.url)]
  const chance = seededChance(7)
  const playout = createPlayout()
  const saidMs: number[] = []
  const heardMs: number[] = []
  ear.onFrame = payload => playout.push(decodeAlaw(payload))
  let pulled = performance.now()
  let quietUntil = 0
  const listening = setInterval(() => {
    for (const now = performance.now(); pulled + 2 <= now; pulled += 2) {
      const out = new Float32Array(16)
      playout.pull(out)
      if (pulled < quietUntil || !out.some(sample => Math.abs(sample) > 0.2)) continue
      heardMs.push(pulled)
      quietUntil = pulled + everyMs / 2
    }
  }, 2)
  const startMs = performance.now()
  let arriveMs = startMs
  for (let frame = 0; frame * frameMs < clicks * everyMs + lostAfterMs; frame++) {
    const dueMs = startMs + frame * frameMs
    await delay(Math.max(0, dueMs - performance.now()))
    const isClick = frame > 50 && (frame * frameMs) % everyMs === 0 && saidMs.length < clicks
    // The frame is full now; its first sample was said before that.
    if (isClick) saidMs.push(performance.now() - frameMs)
    arriveMs = Math.max(arriveMs, performance.now() + network(chance))
    const bytes = frameOf(frame, isClick ? 0x2a : 0xd5)
    if (arriveMs <= performance.now()) mouth.socket.send(bytes)
    else setTimeout(() => mouth.socket.send(bytes), arriveMs - performance.now())
    ear.socket.send(frameOf(frame, 0xd5))
  }
  clearInterval(listening)
  await stop(house.child)
  return saidMs.flatMap(said => {
    const heard = heardMs.find(at => at > said && at < said + everyMs)
    return heard === undefined ? [] : [heard - said]
  })
}

async function promptLoad(): Promise<number> {
  const house = await start('prompt')
  const pages: Awaited<ReturnType<typeof ringFrom>>[] = []
  for (let page = 0; page < calls; page++) pages.push(await ringFrom(house.url))
  let frame = 0
  const talking = setInterval(() => {
    frame++
    for (const { socket } of pages) socket.send(frameOf(frame, 0xd5))
  }, frameMs)
  await delay(3_000)
  const percent = (await cpuOver(house.child)) / calls
  clearInterval(talking)
  await stop(house.child)
  return percent
}

/** What seats’ pages cost that are open while nothing happens. */
async function idle(): Promise<Row> {
  const house = await start('pairs')
  await delay(3_000)
  const before = await cpuOver(house.child)
  const pages = Array.from(
    { length: idlePages },
    () => new WebSocket(`${house.url}/idle`, { origin: house.http }),
  )
  await Promise.all(pages.map(page => once(page, 'open')))
  await delay(10_000)
  const after = await cpuOver(house.child)
  for (const page of pages) page.terminate()
  await stop(house.child)
  return {
    what: `CPU of ${idlePages} idle pages of seats`,
    figure: `${after.toFixed(2)} % of a core, ${before.toFixed(2)} % without them`,
    target: 'nothing measurable',
    method: `open sockets with a beat each 5 s, ${measureMs / 1000} s of CPU time of the house`,
  }
}

async function cpuOver(child: ChildProcess): Promise<number> {
  const before = cpuSeconds(child)
  const startMs = performance.now()
  await delay(measureMs)
  return (100 * (cpuSeconds(child) - before) * 1000) / (performance.now() - startMs)
}

async function ringFrom(url: string) {
  const socket = new WebSocket(`${url}/phone/line`)
  const page = { socket, onFrame: (_payload: Uint8Array): void => undefined }
  const answered = new Promise<void>(resolve => {
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      if (isBinary) return page.onFrame(new Uint8Array(data.subarray(4)))
      const message = JSON.parse(data.toString()) as { kind: string; mark?: string }
      if (message.kind === 'answered') resolve()
      else if (message.kind === 'mark') socket.send(JSON.stringify({ kind: 'heard', mark: message.mark }))
    })
  })
  await once(socket, 'open')
  socket.send(JSON.stringify({ kind: 'ring', to: '12345' }))
  await answered
  return page
}

function frameOf(frame: number, fill: number): Buffer {
  const bytes = Buffer.alloc(164, fill)
  bytes.writeUInt32BE((frame * 160) >>> 0)
  return bytes
}

async function start(what: 'prompt' | 'pairs') {
  const child = fork(fileURLToPath(new URL('browser-house.ts', import.meta.url)), [what], {
    execArgv: ['--import', 'tsx'],
  })
  const [http] = (await once(child, 'message')) as [string]
  return { child, http, url: http.replace('http', 'ws') }
}

async function stop(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL')
  await once(child, 'exit')
}
