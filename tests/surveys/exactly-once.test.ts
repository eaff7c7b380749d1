/** Processes killed at random while they ring: nobody is rung twice, no answer is lost, every survey comes to its end. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, it } from 'vitest'
import { lacksPostgres, startPostgres } from '../support/postgres.ts'

/** 1,000 of them: `SURVEYS=1000 npx vitest run tests/surveys/exactly-once`. */
const surveys = Number(process.env.SURVEYS ?? 60)
/** How long a process lives at least. Beyond its lease (1.2 s) lines of the dead are free again, and calls are up. */
const livesMs = Number(process.env.LIVES_MS ?? 200)
const timeout = 600_000 + surveys * 1_000
/** More of them take longer, and are killed more often. */
const kills = (least: number) => least + Math.floor(surveys / 40)
const program = join(import.meta.dirname, '..', 'support', 'survey-node.ts')

type Row = {
  readonly order: string
  readonly state: string
  readonly settled: string | null
  readonly solved: string | null
  readonly attempts: number
  readonly told: number
}
type Outcome = { readonly rows: readonly Row[]; readonly breaks: readonly unknown[] }

function start(args: readonly string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', program, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines: string[] = []
  createInterface({ input: child.stdout }).on('line', line => lines.push(line))
  return { child, lines, over: once(child, 'exit') }
}
const isGone = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null

/** Kills processes as they ring, `nodes` at a time, until one of them comes to the end. */
async function killAtRandom(place: readonly string[], nodes: number, kills: number) {
  const dir = await mkdtemp(join(tmpdir(), 'jieting-once-'))
  const network = join(dir, 'network')
  const args = [...place, '--network', network]
  let seed = surveys
  const chance = () => {
    seed = (seed * 48271) % 2147483647
    return seed / 2147483647
  }
  let running = [start([...args, '--surveys', String(surveys)])]
  await expect.poll(() => running[0]?.lines[0], { timeout: 120_000, interval: 50 }).toBe('ready')
  while (running.length < nodes) running.push(start(args))
  let killed = 0
  while (running.some(({ child }) => !isGone(child))) {
    const victim = running[Math.floor(chance() * running.length)]
    if (killed < kills && victim && !isGone(victim.child) && victim.lines[0] === 'ready') {
      await new Promise(resolve => setTimeout(resolve, livesMs + chance() * 2500))
      if (victim.child.kill('SIGKILL')) killed++
      await victim.over
      running = [...running.filter(one => one !== victim), start(args)]
    } else await new Promise(resolve => setTimeout(resolve, 50))
  }
  const last = running.flatMap(({ lines }) => lines.filter(line => line.startsWith('{')))
  const outcome = JSON.parse(last.at(-1) ?? '{}') as Outcome
  const heard = (await readFile(network, 'utf8')).split('\n')
  await rm(dir, { recursive: true })
  const count = (what: string, order: string) => heard.filter(line => line === `${what} ${order}`).length
  return { ...outcome, killed, count }
}

function expectOnce({ rows, breaks, killed, count }: Awaited<ReturnType<typeof killAtRandom>>) {
  expect(rows).toHaveLength(surveys)
  expect(breaks).toEqual([])
  const lost = rows.filter(({ state }) => state === 'linked').length
  console.log(
    `${surveys} surveys, ${killed} kills: ${surveys - lost} answered, ${lost} cut short and sent a link`,
  )
  for (const row of rows) {
    expect({ ...row, rang: count('rang', row.order) <= 1 }).toMatchObject({ rang: true, attempts: 1 })
    if (count('answered', row.order) > 0) expect(row).toMatchObject({ settled: 'answered', solved: 'partly' })
    // A link is what comes after the only attempt, where its process died before the first answer.
    expect(row.settled === 'answered' ? row.told : row.state).toBe(row.settled === 'answered' ? 1 : 'linked')
  }
}

it('rings once each on PGlite, whose one process is killed and started again', {
  timeout,
}, async () => {
  const dir = await mkdtemp(join(tmpdir(), 'jieting-once-db-'))
  const outcome = await killAtRandom(['--dir', dir], 1, kills(2))
  expectOnce(outcome)
  expect(outcome.killed).toBeGreaterThan(0)
  await rm(dir, { recursive: true })
})

it.skipIf(lacksPostgres)(
  'rings once each on PostgreSQL, by two processes that share the work and are killed',
  { timeout },
  async () => {
    const server = await startPostgres()
    const outcome = await killAtRandom(['--url', server.url], 2, kills(4))
    expectOnce(outcome)
    expect(outcome.killed).toBeGreaterThan(0)
    await server.remove()
  },
)
