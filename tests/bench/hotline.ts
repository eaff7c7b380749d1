import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { createMailbox, monotonicMs } from '../../src/foundation/index.ts'
import { headerOf, readSip, respond } from '../support/sip-message.ts'
import { type Caller, openSocket, ring, talk } from './callers.ts'
import { apiToken, type Hotline, start, stop } from './product.ts'
import { percentile, type Row } from './row.ts'

const calls = 200
const settings = { MAX_CALLS: String(calls * 2) }

/** Callers who stay in the greeting for as long as it takes, so that only a key brings them to the line. */
export const flow = `
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
    const first = await start(directory, settings)
    await stop(first.child)
    const second = await start(directory, settings)
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
