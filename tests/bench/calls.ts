import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { hasSipp, runSipp } from '../support/sipp.ts'
import { callThat, hangUpAfter } from '../support/sipp-scenarios.ts'
import type { Row } from './row.ts'

const calls = 2_000
const atOnce = 40
const rounds = 3

type Load = { readonly perSecond: number; readonly cpuMsPerCall: number }

const method =
  `SIPp rings and hangs up after the ACK, ${atOnce} calls at once, ${calls} a round; the embedded server, the app, as built, and ` +
  `SIPp in a process each; ${rounds} rounds of each in turn, the middle one counts`

/** Call set-ups beside a bare drachtio-srf app on the same SIP server. */
export async function run(): Promise<readonly Row[]> {
  if (!hasSipp) return [{ what: 'Call set-ups', figure: 'not measured: no SIPp', target: '-', method }]
  const bare: Load[] = []
  const line: Load[] = []
  const kept: Load[] = []
  for (let round = 0; round < rounds; round++) {
    bare.push(await load('calls-bare.ts'))
    line.push(await load('calls-line.ts'))
    kept.push(await load('calls-line.ts', 'journal'))
  }
  const middle = (loads: readonly Load[], of: keyof Load) =>
    loads.map(one => one[of]).toSorted((a, b) => a - b)[Math.floor(loads.length / 2)] ?? Number.NaN
  const rows = (loads: readonly Load[], name: string): readonly Row[] => [
    {
      what: `Call set-ups, ${name}`,
      figure:
        `${middle(loads, 'perSecond').toFixed(0)} a second, ` +
        `${((100 * middle(loads, 'perSecond')) / middle(bare, 'perSecond')).toFixed(0)} % of a bare app’s ` +
        `${middle(bare, 'perSecond').toFixed(0)}`,
      target: '>= 80 %',
      method,
    },
    {
      what: `CPU a call, ${name}`,
      figure:
        `${middle(loads, 'cpuMsPerCall').toFixed(2)} ms, ` +
        `${(middle(loads, 'cpuMsPerCall') - middle(bare, 'cpuMsPerCall')).toFixed(2)} ms more than a bare app’s`,
      target: '<= 1.07 ms more',
      method: 'user and system time of the app’s process, all threads',
    },
  ]
  return [...rows(line, 'line and media'), ...rows(kept, 'with the journal in PGlite')]
}

async function load(app: string, ...args: readonly string[]): Promise<Load> {
  const server = start('calls-server.ts')
  const [ports] = (await once(server, 'message')) as [{ control: number; sip: number }]
  const underTest = start(app, String(ports.control), ...args)
  await once(underTest, 'message')
  try {
    const ring = (count: number) =>
      runSipp(callThat(hangUpAfter(0)), { host: '127.0.0.1', port: ports.sip }, [
        ...[
          '-m',
          String(count),
          '-r',
          '5000',
          '-l',
          String(atOnce),
          '-t',
          'u1',

          '-timeout',
          '120',
        ],
      ])
    await ring(4000)
    const before = await cpuMs(underTest)
    const startMs = performance.now()
    const code = await ring(calls)
    const seconds = (performance.now() - startMs) / 1000
    if (code !== 0) throw new Error(`SIPp ended with ${code}`)
    return { perSecond: calls / seconds, cpuMsPerCall: ((await cpuMs(underTest)) - before) / calls }
  } finally {
    for (const child of [underTest, server]) {
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
  }
}

function start(file: string, ...args: readonly string[]): ChildProcess {
  const pathOf = (name: string) => fileURLToPath(new URL(name, import.meta.url))
  return fork(pathOf(file), args, { execArgv: ['--import', 'tsx', '--import', pathOf('built.ts')] })
}

async function cpuMs(child: ChildProcess): Promise<number> {
  child.send('cpu')
  const [usage] = (await once(child, 'message')) as [NodeJS.CpuUsage]
  return (usage.user + usage.system) / 1000
}
