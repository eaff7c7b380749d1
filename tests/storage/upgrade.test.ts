/**
 * What each version that was shipped left in its database when it was killed starts under this one. `versions/` holds
 * it, made by `versions/make.ts`: the next version is a file more.
 */
import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { silentLog, systemClock } from '../../src/foundation/index.ts'
import { build, queues, tables } from '../../src/hall/rooms.ts'
import { openJobs } from '../../src/jobs/index.ts'
import { keepTables, openDatabase, sql } from '../../src/storage/index.ts'
import { shell } from '../cli/shell.ts'
import { withoutTables } from '../support/empty-database.ts'
import { lacksPostgres, type PostgresServer, postgresBin, startPostgres } from '../support/postgres.ts'
import { type RunningHotline, runHotline } from '../support/running-hotline.ts'

const folderOf = join(import.meta.dirname, 'versions')
/** Each with the script that makes its database. */
const versions = await Promise.all(
  (await readdir(folderOf))
    .filter(name => name.endsWith('.sql.gz'))
    .map(async name => ({
      version: name.slice(0, 7),
      script: gunzipSync(await readFile(join(folderOf, name))).toString('utf8'),
    })),
)
/** The first that kept anything, the last before rooms were renamed, and the last. */
const milestones = ['b04b526', '47075ab', 'baeec46']
const isMilestone = ({ version }: { readonly version: string }) => milestones.includes(version)
/** A start takes seconds: of the versions between, only the tables are brought to this build, unless all are asked for. */
const startsAll = process.env.UPGRADES === 'all'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jieting-'))
})
afterEach(() => rm(folder, { recursive: true }))

const open = (url?: string) => openDatabase({ dataDir: folder, url, clock: systemClock, log: silentLog })
const settings = (more: Readonly<Record<string, string>> = {}) => ({
  DATA_DIR: folder,
  SPEECH: 'scripted',
  LOG_LEVEL: 'warn',
  ...more,
})

/** In a data folder: all of it, or nothing. */
async function layInFolder(script: string): Promise<void> {
  const database = await open()
  await withoutTables(database)
  // Its functions stand before the tables that they name.
  const whole = `set local check_function_bodies = off; ${script}`
  await database.transaction(tx => tx.execute(sql.raw(whole)), 60_000)
  await database.close()
}

/** The dump says each row by a statement of its own. */
const rowsIn = (script: string, table: string) => script.split(`INSERT INTO public.${table} `).length - 1
const tableIn = (script: string) => (table: string) => script.includes(`CREATE TABLE public.${table} (`)

const readiness = z.object({
  ready: z.boolean(),
  parts: z.array(z.object({ part: z.string(), up: z.boolean() })),
})

/** What was done with that version, by whoever asks this one. */
async function findsAll(hotline: RunningHotline, script: string): Promise<void> {
  const had = tableIn(script)
  const get = <Answer>(path: string) => hotline.api<Answer>(path)
  // It says that it listens before the first look at its parts is over.
  await vi.waitFor(
    async () => {
      const { ready, parts } = readiness.parse(await (await fetch(`${hotline.url}/readyz`)).json())
      expect(ready).toBe(true)
      for (const part of ['database', 'jobs', 'journal'])
        expect(parts).toContainEqual(expect.objectContaining({ part, up: true }))
    },
    { timeout: 60_000, interval: 500 },
  )

  expect(hotline.printed()).toContain('s1  一号坐席')
  expect(await get('/seats')).toMatchObject({ seats: [{ name: 's1', number: 1 }] })

  // The citizen who rang that version, asked for a person and gave up.
  type Row = { readonly id: string; readonly caller: string }
  const { calls } = await get<{ calls: readonly Row[] }>('/calls')
  const { id } = calls.find(({ caller }) => caller.endsWith('13800138003')) ?? { id: 'none' }
  const { call, timeline } = await get<{ call: object; timeline: readonly { fact: object }[] }>(
    `/calls/${id}`,
  )
  expect(call).toMatchObject({ state: 'ended', endReason: 'hung-up' })
  const facts = timeline.map(({ fact }) => fact)
  expect(facts).toContainEqual(expect.objectContaining({ kind: 'key', key: '0' }))
  expect(facts).toContainEqual(expect.objectContaining({ kind: 'queued' }))
  expect(calls.map(each => each.id)).toContain('call_0000000000aaaaaaaaaa')

  if (had('transcripts'))
    expect(await get('/calls/call_0000000000aaaaaaaaaa/captions')).toMatchObject({
      over: true,
      lines: [{ text: '路灯坏了' }],
    })
  if (had('lives')) {
    expect(hotline.printed()).toMatch(/上次中断时的来电：排队 1/)
    expect(await get('/calls/call_0000000000bbbbbbbbbb')).toMatchObject({
      call: { state: 'ended', endReason: 'process-died' },
      timeline: expect.arrayContaining([expect.objectContaining({ fact: { kind: 'cut', at: 'queue' } })]),
    })
  }
  if (had('staff')) expect(await get('/staff')).toMatchObject({ members: [{ name: 'wang', display: '王' }] })
  if (script.includes('INSERT INTO public.orders ')) {
    expect(await get('/orders')).toMatchObject({ orders: [{ stage: 'waiting', matter: '井盖丢了' }] })
    expect(await get('/orders?stage=closed')).toMatchObject({
      orders: [{ stage: 'closed', matter: '路灯坏了' }],
    })
    expect(await get('/campaigns')).toMatchObject({ campaigns: [{ owed: 1 }] })
  }
  if (had('callbacks')) {
    const { callbacks } = await get<{ callbacks: readonly object[] }>('/callbacks')
    expect(callbacks).toContainEqual(
      expect.objectContaining({ number: '+8613800138003', reasons: ['gave-up'] }),
    )
  }
  if (had('incidents'))
    expect(await get('/incidents')).toMatchObject({ incidents: [{ area: { place: '望京' } }] })
  if (had('programs')) expect(await get('/programs')).toMatchObject({ programs: [{ name: 'city-app' }] })
}

/** What a version said: the flows of a city that changed nothing, in its FLOWS_DIR. */
async function layFlows(url: string): Promise<string> {
  const database = await open(url)
  const files = await database.query(
    sql`select name, text from flow_files where version = (select max(number) from flow_versions)`,
    z.object({ name: z.string(), text: z.string() }),
  )
  await database.close()
  const flows = join(folder, 'flows')
  await mkdir(flows)
  for (const { name, text } of files) await writeFile(join(flows, name), text)
  return flows
}
/** Before that state a flow told somebody without a number that they would be called back: such flows are refused. */
const areProved = (script: string) => script.includes('full-queue')

it('has something of every kind among what was left', () => {
  const newest = versions.find(({ version }) => version === 'baeec46')
  const tables = [
    'transcripts',
    'lives',
    'staff',
    'orders',
    'callbacks',
    'incidents',
    'programs',
    'flow_files',
  ]
  expect(tables.filter(table => !tableIn(newest?.script ?? '')(table))).toEqual([])
})

describe.skipIf(lacksPostgres)('on PostgreSQL', () => {
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgres()
  }, 60_000)
  afterAll(() => server.remove())

  function lay(version: string, script: string): string {
    const psql = (url: string, input: string) =>
      execFileSync(join(postgresBin ?? '', 'psql'), ['-q', '-v', 'ON_ERROR_STOP=1', url], { input })
    psql(server.url, `create database v${version}`)
    const url = server.url.replace(/postgres$/, `v${version}`)
    psql(url, `set check_function_bodies = off; ${script}`)
    return url
  }

  it.each(versions.filter(version => !startsAll && !isMilestone(version)))(
    'the tables that $version left become those of this build, and lose no row',
    async ({ version, script }) => {
      const database = await open(lay(version, script))
      await keepTables(database, {
        tables,
        build,
        prepare: openJobs({ database, queues, clock: systemClock, log: silentLog }).prepare,
        clock: systemClock,
        log: silentLog,
      })
      const had = tableIn(script)
      const count = async (table: string) =>
        (
          await database.query(
            sql.raw(`select count(*)::int as count from ${table}`),
            z.object({ count: z.number() }),
          )
        )[0]?.count
      for (const table of ['calls', 'call_facts', 'orders', 'staff', 'callers', 'flow_files'].filter(had))
        expect([table, await count(table)]).toEqual([table, rowsIn(script, table)])
      expect(await count('migrations')).toBeGreaterThanOrEqual(tables.length)
      await database.close()
    },
    60_000,
  )

  it.each(versions.filter(version => startsAll || isMilestone(version)))(
    'what $version left is there under this build',
    async ({ version, script }) => {
      const url = lay(version, script)
      const own = areProved(script) ? { FLOWS_DIR: await layFlows(url) } : undefined
      const hotline = await runHotline(settings({ DATABASE_URL: url, ...own }))
      try {
        await findsAll(hotline, script)
        // Its flows answer again; or those of this build, beside them.
        const { versions: kept } = await hotline.api<{ versions: readonly object[] }>('/flow-versions')
        const numbers = tableIn(script)('flow_files') && own === undefined ? [2, 1] : [1]
        expect(kept).toMatchObject(numbers.map(number => ({ number })))
      } finally {
        await hotline.close()
      }
      const database = await open(url)
      const one = async (statement: Parameters<typeof database.query>[0]) =>
        (await database.query(statement, z.object({ one: z.unknown() })))[0]?.one
      expect(
        await one(sql`select elder::text || ' ' || coalesce(language, 'none') as one
          from callers where number = '+8613800138000'`),
      ).toBe(/INTO public.callers VALUES .*'yue'/.test(script) ? 'true yue' : 'true none')
      // The build that left it can be gone back to: its migrations stand under the names that it knows.
      const named = (name: string) => script.includes(`INSERT INTO public.migrations VALUES ('${name}`)
      expect(await one(sql`select count(*)::int as one from migrations where name like 'callbacks-%'`)).toBe(
        named('callbacks-2') ? 2 : named('callbacks-1') ? 1 : 0,
      )
      await database.close()
    },
    120_000,
  )

  it('refuses flows that an earlier build took and this one cannot, by their places, with the command that helps', async () => {
    const { script } = versions.find(({ version }) => version === '47075ab') ?? { script: '' }
    const url = lay('_with_flows', script)
    const of = settings({
      DATABASE_URL: url,
      FLOWS_DIR: await layFlows(url),
      HTTP_PORT: '0',
      SIP_PORT: '0',
    })
    const { code, err } = await shell(['start', '--lang', 'en'], of)
    expect(code).toBe(2)
    expect(err).toMatch(/elder\.yaml:\d+:3: .*promises a callback that nobody owes/)
    expect(err).toMatch(/version 1, which an earlier build took.*npx jieting flow verify/)
  }, 120_000)
})

/** The engine is the same in a folder, but for what it keeps: the first and the last will do. */
const inFolders = versions.filter(({ version }) => version === milestones[0] || version === milestones.at(-1))

describe.each(inFolders)('in a data folder, what $version left', ({ version, script }) => {
  it('is there under this build', async () => {
    await layInFolder(script)
    const hotline = await runHotline(settings())
    try {
      await findsAll(hotline, script)
    } finally {
      await hotline.close()
    }
  }, 180_000)

  it.skipIf(version !== milestones.at(-1))(
    'is refused once a newer build has changed it, in words that name the version',
    async () => {
      await layInFolder(script)
      const database = await open()
      await database.execute(
        sql.raw(`alter table migrations add column if not exists build text;
        insert into migrations (name, hash, build) values ('orders-99-future', 'x', '9.9.9')`),
      )
      await database.close()
      const { code, err } = await shell(
        ['start', '--lang', 'en'],
        settings({ HTTP_PORT: '0', SIP_PORT: '0' }),
      )
      expect(code).toBe(2)
      expect(err).toMatch(/version 9\.9\.9.*orders-99-future/s)
    },
    180_000,
  )
})
