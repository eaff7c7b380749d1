/** A PostgreSQL server of the test's own, from Debian's `postgresql` package, on a free loopback port. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { chown, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'

const packages = '/usr/lib/postgresql'

/** Where `initdb` and `postgres` are; undefined when not installed, which is a failure with CI=true. */
export const postgresBin: string | undefined = (existsSync(packages) ? readdirSync(packages) : [])
  .map(version => join(packages, version, 'bin'))
  .filter(bin => existsSync(join(bin, 'initdb')))
  .at(-1)

/** Whether to skip what needs PostgreSQL, by name; never where CI promises that nothing is skipped. */
export const lacksPostgres = postgresBin === undefined && process.env.CI !== 'true'

export type PostgresServer = {
  readonly url: string
  /** As a crash would: connections break, nothing is said. @param signal SIGQUIT when absent; nobody can heed SIGKILL */
  kill(signal?: 'SIGQUIT' | 'SIGKILL'): Promise<void>
  start(): Promise<void>
  /** Kills it and removes its files. */
  remove(): Promise<void>
}

export async function startPostgres(): Promise<PostgresServer> {
  if (postgresBin === undefined) throw new Error(`no PostgreSQL under ${packages}: apt install postgresql`)
  const bin = postgresBin
  const user = userToRunAs()
  const dir = await mkdtemp(join(tmpdir(), 'jieting-postgres-'))
  if (user.uid !== undefined && user.gid !== undefined) await chown(dir, user.uid, user.gid)
  const data = join(dir, 'data')
  execFileSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'jieting', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    { ...user, cwd: dir },
  )
  const port = await freePort()
  let server: ChildProcess | undefined

  /** Its children outlive one that was killed for a moment, and keep the next from starting. */
  async function start() {
    while (!(await isStarted())) await sleep(200)
  }

  /** @returns whether it takes connections; it has given up otherwise */
  async function isStarted(): Promise<boolean> {
    const settings = ['fsync=off', 'listen_addresses=127.0.0.1', `unix_socket_directories=${dir}`]
    server = spawn(
      join(bin, 'postgres'),
      ['-D', data, '-p', String(port), ...settings.flatMap(setting => ['-c', setting])],
      { ...user, cwd: dir, stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, LC_ALL: 'C' } },
    )
    let isReady = false
    for await (const line of createInterface({ input: server.stderr! })) {
      isReady = line.includes('ready to accept connections')
      if (isReady) break
    }
    // Nobody reads on: what it says must not fill the pipe, on which it would wait.
    server.stderr?.resume()
    return isReady
  }

  async function kill(signal: 'SIGQUIT' | 'SIGKILL' = 'SIGQUIT') {
    if (!server || server.exitCode !== null || server.signalCode !== null) return
    server.kill(signal)
    await once(server, 'exit')
  }

  await start()
  return {
    url: `postgres://jieting@127.0.0.1:${port}/postgres`,
    kill,
    start,
    async remove() {
      await kill()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

/** PostgreSQL refuses to run as root; Debian's package brings a user of its own. */
function userToRunAs(): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {}
  const idOf = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: idOf('-u'), gid: idOf('-g') }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}
