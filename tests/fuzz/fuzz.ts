/** Mutated messages by the seed: most of them to what reads them, the others to the built product over its sockets. */
import { openCaller } from '../support/raw-caller.ts'
import { type RunningHotline, runHotline } from '../support/running-hotline.ts'
import { callsUp, fuzzMedia, fuzzSip, memoryOf } from './calls.ts'
import { createRandom, mutate } from './mutate.ts'
import { parsers } from './parsers.ts'
import { type Found, fuzzHttp, fuzzWebSockets, httpSeeds } from './web.ts'

type Edge = 'SIP' | 'RTP' | 'RTCP' | 'T.140' | 'WebSocket' | 'HTTP'

/** Of a thousand messages, how many go where. */
const perThousand = {
  parsed: { SIP: 200, SDP: 160, RTP: 140, RTCP: 100, 'T.140': 100, WebSocket: 100 },
  sent: { SIP: 60, RTP: 30, RTCP: 15, 'T.140': 15, WebSocket: 30, HTTP: 50 } satisfies Record<Edge, number>,
} as const

/** No message may hold up the thread that calls share. */
const slowestMs = 50

export type FuzzResult = {
  readonly seed: number
  readonly messages: number
  readonly seconds: number
  /** What threw, or ended the product. */
  readonly crashes: readonly string[]
  /** Answers of 5xx, by what was asked. */
  readonly errors: Readonly<Record<string, number>>
  /** Lines that the product wrote at level error, each once; `late` apart. */
  readonly logged: readonly string[]
  /**
   * How often the database did not answer in time. On a machine that has more to do than it can, that is an alarm and no
   * fault; that it answers at the end is looked at.
   */
  readonly late: number
  /** Connections that nobody ended, and messages that took their reader too long. */
  readonly stuck: number
  readonly slow: readonly string[]
  readonly callsLeft: number
  readonly memoryMb: { readonly start: number; readonly end: number; readonly parsersGrewBy: number }
}

type Tell = (line: string) => void

export function fuzzParsers(seed: number, count: number, tell: Tell) {
  const crashes: string[] = []
  const slow: string[] = []
  let messages = 0
  for (const [index, [name, { seeds, take }]] of Object.entries(parsers).entries()) {
    const random = createRandom(seed + index)
    const share = perThousand.parsed[name as keyof typeof perThousand.parsed]
    const wanted = Math.ceil((count * share) / 1000)
    let worstMs = 0
    for (let at = 0; at < wanted; at++) {
      const bytes = mutate(random, seeds)
      const timed = () => {
        const beganMs = performance.now()
        take(bytes)
        return performance.now() - beganMs
      }
      try {
        let tookMs = timed()
        // Somebody else may have had the processor: what is slow is slow again.
        for (let turn = 0; turn < 3 && tookMs > slowestMs; turn++) tookMs = Math.min(tookMs, timed())
        worstMs = Math.max(worstMs, tookMs)
        if (tookMs > slowestMs) slow.push(`${name} ${at}: ${Math.round(tookMs)} ms, ${bytes.length} bytes`)
      } catch (error) {
        if (crashes.length < 20)
          crashes.push(`${name} ${at}: ${String(error)}: ${bytes.toString('base64').slice(0, 400)}`)
      }
    }
    messages += wanted
    tell(`${name}: ${wanted} read, the slowest in ${worstMs.toFixed(1)} ms`)
  }
  return { crashes, slow, messages }
}

export async function fuzz(seed: number, count: number, tell: Tell): Promise<FuzzResult> {
  const beganMs = performance.now()
  // What the readers keep of a stream is allotted by the first messages.
  fuzzParsers(seed, Math.min(count, 20_000), () => undefined)
  const before = heapMb()
  const parsed = fuzzParsers(seed, count, tell)
  const parsersGrewBy = heapMb() - before
  const sent = await fuzzProduct(seed, count, tell)
  return {
    ...sent,
    seed,
    messages: parsed.messages + sent.messages,
    seconds: Math.round((performance.now() - beganMs) / 1000),
    crashes: [...parsed.crashes, ...sent.crashes],
    slow: parsed.slow,
    memoryMb: { ...sent.memoryMb, parsersGrewBy },
  }
}

function heapMb(): number {
  globalThis.gc?.()
  return Math.round(process.memoryUsage().heapUsed / 2 ** 20)
}

async function fuzzProduct(seed: number, count: number, tell: Tell) {
  const token = 'a-token-that-only-the-tests-know'
  const hotline = await runHotline({ API_TOKEN: token, MAX_CALLS: '80', TRUSTED_PEERS: '127.0.9.0/24' })
  let exitedWith: string | undefined
  void hotline.exited.then(code => {
    exitedWith ??= `the product ended with ${code}`
  })
  const found: Found = { errors: new Map(), stuck: 0 }
  const crashes: string[] = []
  const of = (edge: Edge) => Math.ceil((count * perThousand.sent[edge]) / 1000)
  let messages = 0
  const callers = await Promise.all(
    [1, 2, 3, 4].map(one => openCaller(hotline, `1380013800${one}`, `127.0.9.${one}`)),
  )
  if (callers.some(({ status }) => status !== 200)) throw new Error('a good call was not taken')
  const learnt = callers.flatMap(caller => caller.seeds())
  const http = await httpSeeds(hotline, token)
  const start = await memoryOf(hotline.pid ?? 0)
  const step = async (
    edge: Edge,
    work: (random: ReturnType<typeof createRandom>, count: number) => Promise<void>,
  ) => {
    if (exitedWith !== undefined) return
    const beganMs = performance.now()
    await work(createRandom(seed + 100 + messages), of(edge)).catch((error: unknown) => {
      crashes.push(`${edge}: ${String(error)}`)
    })
    messages += of(edge)
    const memory = exitedWith === undefined ? await memoryOf(hotline.pid ?? 0) : 0
    tell(
      `${edge}: ${of(edge)} sent in ${Math.round((performance.now() - beganMs) / 1000)} s, the product holds ${memory} MB`,
    )
  }
  for (const edge of ['RTP', 'RTCP', 'T.140'] as const)
    await step(edge, (random, many) => fuzzMedia(callers, random, edge, many))
  await step('HTTP', (random, many) => fuzzHttp(hotline, random, many, http, found))
  await step('WebSocket', (random, many) => fuzzWebSockets(hotline, random, many, token, found))
  await step('SIP', (random, many) => fuzzSip(hotline, random, many, learnt))

  if (exitedWith === undefined) await stillServes(hotline, token).catch(error => crashes.push(String(error)))
  for (const caller of callers) caller.hangsUp()
  const callsLeft = exitedWith === undefined ? await noneLeft(hotline, tell) : 0
  const end = exitedWith === undefined ? await memoryOf(hotline.pid ?? 0) : 0
  if (exitedWith !== undefined) crashes.push(exitedWith)
  for (const caller of callers) caller.close()
  exitedWith ??= ''
  await hotline.close()
  const isLate = ({ reason }: Readonly<Record<string, unknown>>) => reason === 'database-late'
  const worst = hotline.logged().filter(line => Number(line.level) >= 50 && !isLate(line))
  return {
    late: hotline.logged().filter(isLate).length,
    messages,
    crashes,
    errors: Object.fromEntries(found.errors),
    logged: [...new Set(worst.map(({ msg, reason }) => `${msg}: ${reason}`))],
    stuck: found.stuck,
    callsLeft,
    memoryMb: { start, end },
  }
}

async function stillServes(hotline: RunningHotline, token: string): Promise<void> {
  const caller = await openCaller(hotline, '13900139000', '127.0.9.9')
  const beganMs = performance.now()
  while (caller.heard() < 20 && performance.now() - beganMs < 10_000) await sleep(50)
  const packets = caller.heard()
  caller.hangsUp()
  await sleep(200)
  caller.close()
  if (caller.status !== 200 || packets < 20)
    throw new Error(`the next caller got ${caller.status} and ${packets} packets of sound`)
  const { status } = await fetch(`${hotline.url}/api/calls`, {
    headers: { authorization: `Bearer ${token}` },
  })
  if (status !== 200) throw new Error(`the database does not answer: /api/calls gives ${status}`)
}

/** Calls that nobody acknowledged, or whose other end is no more, are ended by the product itself. */
async function noneLeft(hotline: RunningHotline, tell: Tell): Promise<number> {
  const beganMs = performance.now()
  for (;;) {
    const left = await callsUp(hotline)
    const waitedMs = performance.now() - beganMs
    if (left === 0 || waitedMs > 240_000) {
      tell(`${left} calls left after ${Math.round(waitedMs / 1000)} s`)
      return left
    }
    await sleep(1_000)
  }
}

const sleep = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))
