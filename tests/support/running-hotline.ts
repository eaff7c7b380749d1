/** The product as an operator runs it: the built program as a child, with a folder of its own and free ports. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { shell } from '../cli/shell.ts'
import { keepProofs, layProofs } from './proofs.ts'

const main = join(import.meta.dirname, '..', '..', 'dist', 'cli', 'main.js')

export const testToken = 'a-token-that-only-the-tests-know'
export type RunningHotline = Awaited<ReturnType<typeof runHotline>>
export type CallShown = {
  readonly call: { readonly id: string; readonly state: string }
  readonly timeline: readonly { readonly atMs: number; readonly fact: Readonly<Record<string, unknown>> }[]
}

/** The drachtio-server that DRACHTIO_URL names, as for lines alone, in place of the embedded one. */
const { DRACHTIO_URL, DRACHTIO_SECRET = '' } = process.env
const sipServer: Readonly<Record<string, string>> = DRACHTIO_URL ? { DRACHTIO_URL, DRACHTIO_SECRET } : {}

/** @param env settings other than the usual ones; DATA_DIR is kept on close when it is given. */
export async function runHotline(env: Readonly<Record<string, string>> = {}) {
  const made = env.DATA_DIR === undefined ? await mkdtemp(join(tmpdir(), 'jieting-')) : undefined
  const settings = {
    PATH: process.env.PATH ?? '',
    API_TOKEN: testToken,
    SPEECH: 'scripted',
    HTTP_PORT: '0',
    SIP_PORT: '0',
    LOG_LEVEL: 'warn',
    // What is found is what a test wrote.
    KNOWLEDGE_EXAMPLES: 'off',
    // Tests have no time for notes.
    SEAT_WRAP_UP_SECONDS: '5',
    DATA_DIR: made ?? '',
    ...sipServer,
    ...env,
  }
  await layProofs(settings.DATA_DIR)
  const startedMs = performance.now()
  const child = spawn('node', [main, 'start'], { env: settings, stdio: ['ignore', 'pipe', 'pipe'] })
  const exited = once(child, 'exit').then(([code]) => code as number | null)
  let printed = ''
  let logged = ''
  child.stderr.setEncoding('utf8').on('data', text => {
    logged += text
    if (settings.LOG_LEVEL !== 'trace') process.stderr.write(text)
  })
  child.stdout.setEncoding('utf8')
  for await (const text of child.stdout.iterator({ destroyOnReturn: false })) {
    printed += text
    if (printed.includes('switched off')) break
  }
  child.stdout.on('data', text => {
    printed += text
  })
  const [, port = ''] = /sip:12345@127\.0\.0\.1:(\d+)/.exec(printed) ?? []
  const [url = ''] = /https?:\/\/[\d.]+:\d+/.exec(printed) ?? []
  const own = { ...settings, JIETING_URL: url }

  const api = async <Answer>(path: string): Promise<Answer> => {
    const headers = { authorization: `Bearer ${settings.API_TOKEN}` }
    return (await fetch(`${url}/api${path}`, { headers })).json() as Promise<Answer>
  }
  /** The newest call from outside, or to it, as the API tells it. */
  const newestCall = async (direction: 'in' | 'out' = 'in'): Promise<CallShown | undefined> => {
    type Row = { readonly id: string; readonly direction: string; readonly caller: string }
    const { calls } = await api<{ calls: readonly Row[] }>('/calls')
    const found = calls.find(call => call.direction === direction)
    return found && api<CallShown>(`/calls/${found.id}`)
  }

  return {
    sip: { host: '127.0.0.1', port: Number(port) },
    url,
    printed: () => printed,
    /** All that it has said until now, as it said it. */
    said: () => printed + logged,
    /** The lines of its log until now. */
    logged: () =>
      logged.split('\n').flatMap((line): readonly Readonly<Record<string, unknown>>[] => {
        try {
          return [JSON.parse(line)]
        } catch {
          return []
        }
      }),
    readyAfterMs: performance.now() - startedMs,
    exited,
    pid: child.pid,
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    /** A command of `jieting`, in English. */
    jieting: (...args: readonly string[]) => shell([...args, '--lang', 'en'], own),
    api,
    newestCall,
    /** What happened so far to the newest call. */
    facts: async (direction?: 'in' | 'out') =>
      ((await newestCall(direction))?.timeline ?? []).map(({ fact }) => fact),
    async close() {
      child.kill('SIGTERM')
      await exited
      await keepProofs(settings.DATA_DIR)
      if (made) await rm(made, { recursive: true, force: true })
    },
  }
}
