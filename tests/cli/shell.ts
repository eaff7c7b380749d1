import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { layProofs } from '../support/proofs.ts'

type Env = Readonly<Record<string, string>>

export const main = join(import.meta.dirname, '..', '..', 'dist', 'cli', 'main.js')
const environment = (env: Env) => ({ PATH: process.env.PATH ?? '', ...env })

/** The built program, as a shell would run it, to its end. */
export function shell(args: readonly string[], env: Env = {}, input = '') {
  return new Promise<{ code: number; out: string; err: string }>(resolve => {
    const child = execFile('node', [main, ...args], { env: environment(env) }, (_error, out, err) =>
      resolve({ code: child.exitCode ?? -1, out, err }),
    )
    child.stdin?.end(input)
  })
}

/** A hotline that has said that it is ready; whoever starts it ends it. */
export async function startHotline(env: Env) {
  await layProofs(env.DATA_DIR ?? '')
  const child: ChildProcess = spawn('node', [main, 'start'], {
    env: environment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const { stdout, stderr } = child
  if (!stdout || !stderr) throw new Error('no standard output')
  stderr.resume()
  const exited = once(child, 'exit').then(([code]) => code as number | null)
  let url: string | undefined
  for await (const line of createInterface(stdout)) {
    url = /http:\/\/[\d.]+:\d+/.exec(line)?.[0]
    if (url) break
  }
  return {
    url,
    exited,
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    /** The terminal that it was started from goes away. */
    loseTerminal() {
      stdout.destroy()
      stderr.destroy()
    },
  }
}
