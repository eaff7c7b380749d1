import { type ChildProcess, spawn } from 'node:child_process'
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { createMailbox, monotonicMs } from '../../src/foundation/index.ts'
import { rtpHeaderBytes, writeRtpHeader } from '../../src/media/rtp.ts'
import { writeEventPayload } from '../../src/media/telephone-event.ts'
import {
  headerOf,
  readSip,
  respond,
  type SipText,
  sdpOf,
  statusOf,
  writeSip,
} from '../support/sip-message.ts'
import { percentile, type Row } from './row.ts'

const calls = 200
const apiToken = 'a-token-for-the-bench-only'
const eventType = 101

/** Callers who stay in the greeting for as long as it takes, so that only a key brings them to the line. */
const flow = `
flow: hotline
audience: general
syllablesPerMinute: 200
patience: 30min
start: greeting
person: line
states:
  greeting:
    menu:
      prompt: { zh-CN: 您好，12345热线。, en: Hello. }
      keys: { 1: bye }
  line:
    queue:
      reason: bench
      prompt: { zh-CN: 请稍候。, en: Please hold. }
      reassure: { zh-CN: 请稍候。, en: Please hold. }
      every: 10min
      full: greeting
      failed: greeting
  bye:
    hangup: { because: chosen }
`

/** The whole product in a process of its own: start-up, and key 0 to the INVITE at the seat. */
export async function run(): Promise<Row[]> {
  const directory = await mkdtemp(join(tmpdir(), 'jieting-bench-'))
  await writeFile(join(directory, 'hotline.yaml'), flow)
  try {
    const first = await start(directory)
    await stop(first.child)
    const second = await start(directory)
    try {
      const delaysMs = await keysToSeats(second)
      return [
        {
          what: 'Start-up until ready',
          figure: `first ${(first.ms / 1000).toFixed(1)} s, second ${(second.ms / 1000).toFixed(1)} s`,
          target: 'second <= 5 s',
          method:
            'one flow, scripted voice, embedded database and SIP server; from spawn to the line that says ready',
        },
        {
          what: `Last packet of key 0 to the INVITE at the seat, ${calls} calls up`,
          figure: `p50 ${percentile(delaysMs, 0.5)} p99 ${percentile(delaysMs, 0.99)} ms of ${delaysMs.length}`,
          target: 'p99 <= 20 ms',
          method:
            'over the embedded SIP server and UDP; every call sends 50 packets/s; callers press one after the other',
        },
      ]
    } finally {
      await stop(second.child)
    }
  } finally {
    await rm(directory, { recursive: true })
  }
}

type Hotline = {
  readonly child: ChildProcess
  readonly ms: number
  readonly sip: number
  readonly api: string
}

async function start(directory: string): Promise<Hotline> {
  const startedMs = monotonicMs()
  const env = {
    ...process.env,
    ...{ DATA_DIR: join(directory, 'data'), FLOWS_DIR: directory, SPEECH: 'scripted', LOG_LEVEL: 'error' },
    ...{ HTTP_PORT: '0', SIP_PORT: '0', API_TOKEN: apiToken, MAX_CALLS: String(calls * 2) },
  }
  const main = join(import.meta.dirname, '..', '..', 'dist', 'cli', 'main.js')
  const child = spawn(process.execPath, [main, 'start'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  let ms = 0
  let sip = 0
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.includes('ready')) ms = monotonicMs() - startedMs
    sip = Number(/sip:12345@[\d.]+:(\d+)/.exec(line)?.[1] ?? sip)
    const api = /https?:\/\/[\d.:]+/.exec(line)?.[0]
    if (api) return { child, ms, sip, api }
  }
  throw new Error('the hotline did not start')
}

async function stop(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM')
  if (child.exitCode === null) await once(child, 'exit')
}

async function keysToSeats({ sip, api }: Hotline): Promise<readonly number[]> {
  const seats = await openSeats(api)
  const callers: Caller[] = []
  let talking = true
  try {
    for (let at = 0; at < calls; at++) callers.push(await ring(sip, at))
    void talk(callers, () => talking)
    await delay(2000)
    const delaysMs: number[] = []
    for (const caller of callers) {
      await delay(23)
      const pressedMs = caller.pressZero()
      const invitedMs = await seats.invites.take(AbortSignal.timeout(5000))
      delaysMs.push((invitedMs ?? Number.NaN) - pressedMs)
    }
    return delaysMs
  } finally {
    talking = false
    for (const caller of callers) caller.hangup()
    await delay(500)
    for (const caller of callers) caller.close()
    seats.close()
  }
}

/** As many seats as calls, behind one socket that rings and never answers. */
async function openSeats(api: string) {
  const socket = await openSocket()
  const invites = createMailbox<number>()
  const seen = new Set<string>()
  socket.on('message', (bytes, from) => {
    const nowMs = monotonicMs()
    const message = readSip(bytes.toString())
    const reply = (status: number) => socket.send(respond(message, status, 'seat'), from.port, from.address)
    if (message.start.startsWith('CANCEL')) return reply(200)
    const callId = headerOf(message, 'call-id')
    if (!message.start.startsWith('INVITE') || seen.has(callId)) return
    seen.add(callId)
    invites.put(nowMs)
    reply(180)
  })
  const post = (path: string, body: object) =>
    fetch(`${api}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiToken}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  for (let at = 0; at < calls; at++) {
    const contact = `sip:s${at}@127.0.0.1:${socket.address().port}`
    await post('/api/seats', { name: `s${at}`, display: `s${at}`, contact })
    await post(`/api/seats/s${at}/ready`, {})
  }
  return { invites, close: () => socket.close() }
}

type Caller = {
  /** Sends every packet of the key at once; when the last one went. */
  pressZero(): number
  sendAudio(): void
  hangup(): void
  close(): void
}

/** A telephone as small as can be: one INVITE, its ACK, sound and one key. */
async function ring(sip: number, at: number): Promise<Caller> {
  const signalling = await openSocket()
  const sound = await openSocket()
  const uri = `sip:12345@127.0.0.1:${sip}`
  const here = `127.0.0.1:${signalling.address().port}`
  const headers = (method: string, number: number, to: string) =>
    [
      ['Via', `SIP/2.0/UDP ${here};rport;branch=z9hG4bK${at}${method}`],
      ['From', `<sip:1380013${String(at).padStart(4, '0')}@127.0.0.1>;tag=${at}`],
      ...[['To', to] as const, ['Call-ID', `bench-${at}`] as const],
      ...[['CSeq', `${number} ${method}`] as const, ['Contact', `<sip:c@${here}>`] as const],
      ['Max-Forwards', '70'],
    ] as const
  const send = (text: string) => signalling.send(text, sip, '127.0.0.1')
  const answered = new Promise<SipText>(resolve =>
    signalling.on('message', bytes => {
      const message = readSip(bytes.toString())
      if (statusOf(message) === 200 && headerOf(message, 'cseq').endsWith('INVITE')) resolve(message)
    }),
  )
  const type = [['Content-Type', 'application/sdp']] as const
  send(
    writeSip(
      `INVITE ${uri} SIP/2.0`,
      [...headers('INVITE', 1, `<${uri}>`), ...type],
      sdpOf(sound.address().port),
    ),
  )
  const answer = await answered
  const to = headerOf(answer, 'to')
  const target = /<([^>]+)>/.exec(headerOf(answer, 'contact'))?.[1] ?? uri
  send(writeSip(`ACK ${target} SIP/2.0`, headers('ACK', 1, to)))
  const rtpPort = Number(/m=audio (\d+)/.exec(answer.body)?.[1])

  let sequence = 0
  let timestamp = 0
  const packet = Buffer.alloc(rtpHeaderBytes + 160, 0xd5)
  const keyPacket = Buffer.alloc(rtpHeaderBytes + 4)
  const sendPacket = (bytes: Buffer, payloadType: number, marker: boolean) => {
    writeRtpHeader(bytes, marker, payloadType, sequence++ & 0xffff, timestamp, at + 1)
    sound.send(bytes, rtpPort, '127.0.0.1')
  }
  return {
    sendAudio() {
      timestamp += 160
      sendPacket(packet, 8, false)
    },
    pressZero() {
      for (const [duration, isEnd] of [
        [160, false],
        [320, false],
        [480, true],
        [480, true],
        [480, true],
      ] as const) {
        writeEventPayload(keyPacket, rtpHeaderBytes, 0, isEnd, duration)
        sendPacket(keyPacket, eventType, duration === 160)
      }
      return monotonicMs()
    },
    hangup: () => send(writeSip(`BYE ${target} SIP/2.0`, headers('BYE', 2, to))),
    close() {
      signalling.close()
      sound.close()
    },
  }
}

/** Fifty packets a second for everyone, a tenth of them every 2 ms. */
async function talk(callers: readonly Caller[], goesOn: () => boolean): Promise<void> {
  const share = Math.ceil(callers.length / 10)
  for (let slot = 0, dueMs = monotonicMs(); goesOn(); slot = (slot + 1) % 10, dueMs += 2) {
    for (const caller of callers.slice(slot * share, (slot + 1) * share)) caller.sendAudio()
    const restMs = dueMs - monotonicMs()
    await delay(Math.max(0, restMs))
  }
}

async function openSocket(): Promise<Socket> {
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return socket
}
