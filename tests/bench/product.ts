/** The product as it ships, in a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { monotonicMs } from '../../src/foundation/index.ts'

export const apiToken = 'a-token-for-the-bench-only'

export type Hotline = {
  readonly child: ChildProcess
  readonly ms: number
  readonly sip: number
  readonly api: string
}

/** @param directory holds its flows and its data. */
export async function start(
  directory: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<Hotline> {
  const startedMs = monotonicMs()
  const env = {
    ...process.env,
    DATA_DIR: join(directory, 'data'),
    FLOWS_DIR: directory,
    SPEECH: 'scripted',
    LOG_LEVEL: 'error',
    HTTP_PORT: '0',
    SIP_PORT: '0',
    API_TOKEN: apiToken,
    // As `npm start` and the image have it.
    MALLOC_ARENA_MAX: '2',
    MALLOC_MMAP_THRESHOLD_: '65536',
    ...settings,
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

export async function stop(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM')
  if (child.exitCode === null) await once(child, 'exit')
}
