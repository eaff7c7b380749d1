import { spawn, spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const hasSipp = spawnSync('sipp', ['-v']).error === undefined

/** Runs a scenario to its end; resolves with SIPp's exit code: 0 when every call went as written. */
export async function runSipp(
  scenario: string,
  to: { readonly host: string; readonly port: number },
  options: readonly string[] = [],
): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), 'sipp-'))
  await writeFile(join(directory, 'call.xml'), scenario)
  const command = [
    `${to.host}:${to.port}`,
    '-sf',
    'call.xml',
    '-s',
    '12345',
    '-i',
    '127.0.0.1',
    '-nostdin',
    ...options,
  ]
  const sipp = spawn('sipp', command, {
    cwd: directory,
    stdio: 'ignore',
    env: { ...process.env, TERM: 'xterm' },
  })
  const code = await new Promise<number>(resolve => sipp.on('exit', exit => resolve(exit ?? -1)))
  await rm(directory, { recursive: true })
  return code
}
