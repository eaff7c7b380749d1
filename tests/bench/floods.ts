import { createSocket } from 'node:dgram'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { monotonicMs } from '../../src/foundation/index.ts'
import { drachtioProgram, startDrachtio } from '../support/drachtio.ts'
import { sdpOf, writeSip } from '../support/sip-message.ts'
import { ring } from './callers.ts'
import { flow } from './hotline.ts'
import { type Hotline, start, stop } from './product.ts'
import { percentile, type Row } from './row.ts'

const seconds = 20
const othersASecond = 10
const flooder = '127.0.2.2'

/**
 * What others hear of a flood from one address: of INVITEs, of wrong passwords, and of nothing; behind a
 * drachtio-server as well, where `DRACHTIO` names the program.
 */
export async function run(): Promise<readonly Row[]> {
  const embedded = await floodsOn('the embedded server')
  if (drachtioProgram === undefined) return embedded
  const drachtio = await startDrachtio(drachtioProgram)
  try {
    return [...embedded, ...(await floodsOn('a drachtio-server', drachtio))]
  } finally {
    await drachtio.close()
  }
}

async function floodsOn(
  server: string,
  drachtio?: Awaited<ReturnType<typeof startDrachtio>>,
): Promise<readonly Row[]> {
  const directory = await mkdtemp(join(tmpdir(), 'jieting-bench-'))
  await writeFile(join(directory, 'hotline.yaml'), flow)
  const started = await start(directory, { TRUSTED_PEERS: '127.0.0.1', ...drachtio?.env })
  const hotline = { ...started, sip: drachtio?.sip.port ?? started.sip }
  try {
    const rows: Row[] = []
    for (const [what, flood] of floods) rows.push(await beside(hotline, server, what, flood))
    return rows
  } finally {
    await stop(hotline.child)
    await rm(directory, { recursive: true })
  }
}

type Flood = (
  hotline: Hotline,
) => Promise<{ one(at: number): void; aSecond: number; said(): string; close(): void }>

const floods: readonly (readonly [string, Flood])[] = [
  ['nothing', async () => ({ one: () => undefined, aSecond: 1, said: () => '', close: () => undefined })],
  ['500 INVITEs a second', invites],
  ['50 wrong passwords a second', passwords],
]

async function beside(hotline: Hotline, server: string, what: string, open: Flood): Promise<Row> {
  const flood = await open(hotline)
  let goesOn = true
  const flooding = paced(flood.aSecond, () => goesOn, flood.one)
  await delay(1000)
  const answeredMs: number[] = []
  const notAnswered: string[] = []
  const others: Promise<void>[] = []
  await paced(
    othersASecond,
    () => others.length < seconds * othersASecond,
    () => {
      others.push(
        setUp(hotline.sip).then(
          ms => void answeredMs.push(ms),
          (error: Error) => void notAnswered.push(error.message),
        ),
      )
    },
  )
  await Promise.all(others)
  goesOn = false
  await flooding
  flood.close()
  return {
    what: `INVITE to 200 beside ${what} from one address, for ${seconds} s`,
    figure: `p50 ${percentile(answeredMs, 0.5)} p95 ${percentile(answeredMs, 0.95)} ms of ${answeredMs.length}${notAnswered.length === 0 ? '' : `; ${notAnswered.length} others had ${[...new Set(notAnswered)].join(', ')}`}${flood.said()}`,
    target: 'p95 < 100 ms',
    method: `the product with PGlite on ${server}; ${othersASecond} other callers a second, each of another number`,
  }
}

/** So many a second, evenly, whatever each takes. */
async function paced(aSecond: number, goesOn: () => boolean, one: (at: number) => void): Promise<void> {
  const beganMs = monotonicMs()
  for (let at = 0; goesOn(); at++) {
    await delay(Math.max(0, beganMs + (at * 1000) / aSecond - monotonicMs()))
    one(at)
  }
}

let callers = 0
async function setUp(sip: number): Promise<number> {
  const caller = await ring(sip, callers++)
  caller.hangup()
  await delay(200)
  caller.close()
  return caller.answeredAfterMs
}

async function invites({ sip }: Hotline) {
  const socket = createSocket('udp4')
  await new Promise<void>(resolve => socket.bind(0, flooder, resolve))
  const here = `${flooder}:${socket.address().port}`
  const statuses = new Map<string, number>()
  socket.on('message', bytes => {
    const status = bytes.toString('latin1', 8, 11)
    statuses.set(status, (statuses.get(status) ?? 0) + 1)
  })
  return {
    aSecond: 500,
    one(at: number) {
      const headers = [
        ['Via', `SIP/2.0/UDP ${here};rport;branch=z9hG4bKflood${at}`],
        ['From', `<sip:${at}@${flooder}>;tag=${at}`],
        ['To', '<sip:12345@127.0.0.1>'],
        ['Call-ID', `flood-${at}`],
        ['CSeq', '1 INVITE'],
        ['Contact', `<sip:x@${here}>`],
        ['Max-Forwards', '70'],
        ['Content-Type', 'application/sdp'],
      ] as const
      socket.send(writeSip('INVITE sip:12345@127.0.0.1 SIP/2.0', headers, sdpOf(40_000)), sip, '127.0.0.1')
    },
    said: () => `; told ${[...statuses].map(([status, times]) => `${status}: ${times}`).join(', ')}`,
    close: () => void socket.close(),
  }
}

async function passwords({ api }: Hotline) {
  const agent = new Agent({ keepAlive: true, maxSockets: 100 })
  const statuses = new Map<number, number>()
  const url = new URL('/session', api)
  return {
    aSecond: 50,
    one(at: number) {
      const headers = { 'content-type': 'application/json', origin: url.origin }
      const asked = request(url, { method: 'POST', agent, localAddress: flooder, headers }, answer => {
        answer.resume()
        statuses.set(answer.statusCode ?? 0, (statuses.get(answer.statusCode ?? 0) ?? 0) + 1)
      })
      asked.on('error', () => statuses.set(0, (statuses.get(0) ?? 0) + 1))
      asked.end(JSON.stringify({ name: `member${at % 20}`, password: `wrong password ${at}` }))
    },
    said: () => `; told ${[...statuses].map(([status, times]) => `${status}: ${times}`).join(', ')}`,
    close: () => agent.destroy(),
  }
}
