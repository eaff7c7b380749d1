import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { cpuSeconds } from './cost.ts'
import type { FromPeers, ToPeers } from './media-peers.ts'
import { percentile, type Row } from './row.ts'

const measureMs = 5000
/** Long enough for V8 to have compiled what runs. */
const warmUpMs = 3000

type Load = { readonly percentPerCall: number; readonly distances: readonly number[] }

/** The media rows: ratios are within this run, each size measured beside the bare loop. */
export async function run(): Promise<Row[]> {
  const rows: Row[] = []
  for (const calls of [100, 200, 400]) {
    const bare = await load('media-bare.ts', calls)
    const ours = await load('media-pool.ts', calls)
    const ratio = ours.percentPerCall / bare.percentPerCall
    rows.push({
      what: `CPU per call at ${calls} calls`,
      figure: `${ours.percentPerCall.toFixed(3)} % of a core, ${ratio.toFixed(2)} x bare (${bare.percentPerCall.toFixed(3)} %)`,
      target: calls === 400 ? '<= 0.10 %, <= 1.4 x' : '<= 1.4 x',
      method: `a prompt out, 50 packets/s in, ${measureMs / 1000} s of CPU time of the process, peers in another`,
    })
    if (calls === 400)
      rows.push({
        what: 'Distance of a call’s packets at 400 calls',
        figure: `p50 ${percentile(ours.distances, 0.5)} p99 ${percentile(ours.distances, 0.99)} ms (bare p99 ${percentile(bare.distances, 0.99)})`,
        target: 'p99 <= 20.8 ms',
        method: 'at the receiver of a tenth of the calls, in a process of their own',
      })
  }
  rows.push(...(await keys(200)))
  return rows
}

/** @param first what the process under test is told before the ports of its telephones. */
export async function load(
  file: string,
  calls: number,
  ms = measureMs,
  first: readonly number[] = [],
): Promise<Load> {
  const stage = await setUp(file, calls, first)
  try {
    const before = cpuSeconds(stage.underTest)
    const startMs = performance.now()
    const measured = heard(stage.observed, 'distances')
    tell(stage.observed, { what: 'measure', ms })
    const distances = (await measured).ms
    const seconds = (performance.now() - startMs) / 1000
    const percentPerCall = ((cpuSeconds(stage.underTest) - before) / seconds / calls) * 100
    return { percentPerCall, distances }
  } finally {
    await stage.close()
  }
}

async function keys(calls: number): Promise<Row[]> {
  const stage = await setUp('media-pool.ts', calls)
  try {
    const pressed = heard(stage.observed, 'pressed')
    tell(stage.observed, { what: 'press', calls: calls * 2 })
    const { ms } = await pressed
    stage.underTest.send('memory')
    const [{ rss }] = (await once(stage.underTest, 'message')) as [{ rss: number }]
    return [
      {
        what: `Last packet of a key to the first of what follows, ${calls} calls`,
        figure: `p50 ${percentile(ms, 0.5)} p99 ${percentile(ms, 0.99)} ms of ${ms.length}`,
        target: 'p99 <= 25 ms',
        method:
          'all packets of a key sent at once; the handler on the main thread plays a sound; its marker is awaited',
      },
      {
        what: 'Memory per call',
        figure: `${(rss / calls / 1024).toFixed(0)} KiB`,
        target: '-',
        method: `growth of the resident set over ${calls} calls, garbage included`,
      },
    ]
  } finally {
    await stage.close()
  }
}

/** A tenth of the calls is observed by a process that does nothing else, whose own delays are therefore small. */
async function setUp(file: string, calls: number, first: readonly number[] = []) {
  const observed = start('media-peers.ts')
  const crowd = start('media-peers.ts')
  const seen = await opened(observed, calls / 10)
  const others = await opened(crowd, calls - seen.length)
  const underTest = start(file, [...first, ...seen, ...others])
  const [ports] = (await once(underTest, 'message')) as [number[]]
  tell(observed, { what: 'talk', to: ports.slice(0, seen.length) })
  tell(crowd, { what: 'talk', to: ports.slice(seen.length) })
  await delay(warmUpMs)
  return {
    observed,
    underTest,
    close: async () => {
      for (const child of [observed, crowd, underTest]) {
        child.kill('SIGKILL')
        await once(child, 'exit')
      }
    },
  }
}

async function opened(peers: ChildProcess, count: number): Promise<readonly number[]> {
  const answer = heard(peers, 'opened')
  tell(peers, { what: 'open', count })
  return (await answer).ports
}

function start(file: string, args: readonly number[] = []): ChildProcess {
  const path = fileURLToPath(new URL(file, import.meta.url))
  return fork(path, args.map(String), { execArgv: ['--import', 'tsx'] })
}

function tell(child: ChildProcess, message: ToPeers): void {
  child.send(message)
}

async function heard<What extends FromPeers['what']>(child: ChildProcess, what: What) {
  for (;;) {
    const [message] = (await once(child, 'message')) as [FromPeers]
    if (message.what === what) return message as Extract<FromPeers, { what: What }>
  }
}
