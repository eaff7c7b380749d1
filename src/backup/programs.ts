import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { Fault, reasonOf } from '../foundation/index.ts'

/** Runs a program of this machine. @throws Fault `backup-program` with the first line of its error output */
export async function run(
  program: 'tar' | 'pg_dump' | 'pg_restore',
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] })
  const said = text(child.stderr)
  const [code] = await once(child, 'close').catch((cause: unknown) => {
    throw failed(program, `it cannot be started (${reasonOf(cause)})`)
  })
  if (code !== 0) throw failed(program, (await said).split('\n')[0] || `exit code ${code}`)
}

/** The connection as environment variables for PostgreSQL's programs: other users could read a command line. */
export function connectionOf(databaseUrl: string): Readonly<Record<string, string>> {
  const { hostname, port, username, password, pathname, searchParams } = new URL(databaseUrl)
  const given = {
    PGHOST: searchParams.get('host') ?? decodeURIComponent(hostname),
    PGPORT: port,
    PGUSER: decodeURIComponent(username),
    PGPASSWORD: decodeURIComponent(password),
    PGDATABASE: decodeURIComponent(pathname.slice(1)),
    PGSSLMODE: searchParams.get('sslmode') ?? '',
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''))
}

const failed = (program: string, why: string) =>
  new Fault({
    code: 'backup-program',
    place: program,
    found: why,
    expected: 'tar, and for PostgreSQL pg_dump and pg_restore of its own version or newer',
  })
