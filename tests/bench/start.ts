import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { monotonicMs } from '../../src/foundation/index.ts'
import { lacksPostgres, startPostgres } from '../support/postgres.ts'
import { residentMegabytes, settled } from './cost.ts'
import { start, stop } from './product.ts'
import type { Row } from './row.ts'

const root = join(import.meta.dirname, '..', '..')
/** As it ships: its own flows, spoken by espeak. */
const asItShips = { FLOWS_DIR: join(root, 'ivr-flows'), SPEECH: 'espeak' }
/** Longer than a voice waits for its next errand before it ends. */
const restMs = 25_000

type Seen = { readonly firstMs: number; readonly laterMs: number; readonly restMegabytes: number }

/** How soon the product as it ships takes calls, and what it holds when nobody rings. */
export async function run(): Promise<readonly Row[]> {
  const embedded = await starts({})
  const rows = [...rowsOf('PGlite', embedded), await verifying()]
  if (lacksPostgres) return rows
  const server = await startPostgres()
  try {
    return [...rows, ...rowsOf('PostgreSQL', await starts({ DATABASE_URL: server.url }))]
  } finally {
    await server.remove()
  }
}

function rowsOf(database: string, { firstMs, laterMs, restMegabytes }: Seen): readonly Row[] {
  return [
    {
      what: `Start as it ships, ${database}`,
      figure: `first ${inSeconds(firstMs)} s, later ${inSeconds(laterMs)} s`,
      target: 'first <= 12 s, later <= 4 s',
      method: 'shipped flows, espeak; from spawn to the line that says ready; later: all prompts are there',
    },
    {
      what: `Memory at rest, ${database}`,
      figure: `${restMegabytes.toFixed(0)} MB`,
      target: '< 400 MB',
      method: `resident set of all threads after the first start, ${restMs / 1000} s after its last prompt`,
    },
  ]
}

async function starts(settings: Readonly<Record<string, string>>): Promise<Seen> {
  const directory = await mkdtemp(join(tmpdir(), 'jieting-bench-'))
  try {
    const first = await start(directory, { ...asItShips, ...settings })
    await settled(first.child)
    await delay(restMs)
    const restMegabytes = residentMegabytes(first.child)
    await stop(first.child)
    const later = await start(directory, { ...asItShips, ...settings })
    await stop(later.child)
    return { firstMs: first.ms, laterMs: later.ms, restMegabytes }
  } finally {
    await rm(directory, { recursive: true })
  }
}

async function verifying(): Promise<Row> {
  const directory = await mkdtemp(join(tmpdir(), 'jieting-bench-'))
  const env = { ...process.env, ...asItShips, DATA_DIR: directory }
  const main = join(root, 'dist', 'cli', 'main.js')
  const verify = async () => {
    const beganMs = monotonicMs()
    await promisify(execFile)(process.execPath, [main, 'flow', 'verify'], { env, cwd: root })
    return monotonicMs() - beganMs
  }
  try {
    const firstMs = await verify()
    return {
      what: 'jieting flow verify',
      figure: `first ${inSeconds(firstMs)} s, again ${inSeconds(await verify())} s`,
      target: 'first <= 20 s',
      method: 'shipped flows, every prompt spoken by espeak and heard; again: all prompts are there',
    }
  } finally {
    await rm(directory, { recursive: true })
  }
}

const inSeconds = (ms: number) => (ms / 1000).toFixed(1)
