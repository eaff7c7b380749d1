/**
 * A data folder of each version that was shipped starts under this one. `versions/` holds what a version left in its
 * database when it was killed, made by `versions/make.ts`: the next version is a file more.
 */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { silentLog, systemClock } from '../../src/foundation/index.ts'
import { openDatabase, sql } from '../../src/storage/index.ts'
import { shell } from '../cli/shell.ts'
import { withoutTables } from '../support/empty-database.ts'
import { runHotline } from '../support/running-hotline.ts'

const versions = join(import.meta.dirname, 'versions')
const fixtures = (await readdir(versions)).filter(name => name.endsWith('.sql.gz'))

type Order = { readonly number: string; readonly stage: string; readonly matter: string }

describe.each(fixtures)('what %s left', fixture => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jieting-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  const open = () => openDatabase({ dataDir: folder, clock: systemClock, log: silentLog })
  async function lay(): Promise<void> {
    const database = await open()
    await withoutTables(database)
    // pg_dump's schemas and rows: all of it, or nothing.
    const script = gunzipSync(await readFile(join(versions, fixture))).toString('utf8')
    // Its functions stand before the tables that they name.
    const whole = `set local check_function_bodies = off; ${script}`
    await database.transaction(tx => tx.execute(sql.raw(whole)), 60_000)
    await database.close()
  }
  const env = () => ({ DATA_DIR: folder, SPEECH: 'scripted', LOG_LEVEL: 'warn' })

  it('is there under this build: seats, orders, calls, transcripts, marks, what is owed', async () => {
    await lay()
    const hotline = await runHotline(env())
    try {
      expect(hotline.printed()).toContain('s1  一号坐席')
      expect(hotline.printed()).toMatch(/上次中断时的来电：排队 1/)
      const { ready, parts } = z
        .object({ ready: z.boolean(), parts: z.array(z.object({ part: z.string(), up: z.boolean() })) })
        .parse(await (await fetch(`${hotline.url}/readyz`)).json())
      expect(ready).toBe(true)
      for (const part of ['database', 'jobs', 'journal'])
        expect(parts).toContainEqual(expect.objectContaining({ part, up: true }))

      expect(await hotline.api('/seats')).toMatchObject({ seats: [{ name: 's1', number: 1 }] })

      const { orders: running } = await hotline.api<{ orders: readonly Order[] }>('/orders')
      expect(running).toMatchObject([{ stage: 'waiting', matter: '井盖丢了' }])
      const { orders: closed } = await hotline.api<{ orders: readonly Order[] }>('/orders?stage=closed')
      expect(closed).toMatchObject([{ stage: 'closed', matter: '路灯坏了' }])
      const talked = await hotline.api('/calls/call_0000000000aaaaaaaaaa/captions')
      expect(talked).toMatchObject({ over: true, lines: [{ text: '路灯坏了' }] })
      const cut = await hotline.api('/calls/call_0000000000bbbbbbbbbb')
      expect(cut).toMatchObject({
        call: { state: 'ended', endReason: 'process-died' },
        timeline: expect.arrayContaining([expect.objectContaining({ fact: { kind: 'cut', at: 'queue' } })]),
      })
      const { campaigns } = await hotline.api<{ campaigns: readonly unknown[] }>('/campaigns')
      expect(campaigns).toMatchObject([{ owed: 1 }])
    } finally {
      await hotline.close()
    }

    const database = await open()
    const one = async (statement: Parameters<typeof database.query>[0]) =>
      (await database.query(statement, z.object({ one: z.unknown() })))[0]?.one
    expect(await one(sql`select language as one from callers where number = '+8613800138000'`)).toBe('yue')
    expect(await one(sql`select count(*)::int as one from pgboss.job where name = 'survey-round'`)).toBe(1)
    // The build that left it can be gone back to: its migrations stand under the names that it knows.
    expect(await one(sql`select count(*)::int as one from migrations where name like 'callbacks-%'`)).toBe(
      fixture.startsWith('47075ab') ? 2 : 0,
    )
    await database.close()
  }, 180_000)

  it('is refused once a newer build has changed it, in words that name the version', async () => {
    await lay()
    const database = await open()
    await database.execute(
      sql.raw(`alter table migrations add column if not exists build text;
        insert into migrations (name, hash, build) values ('orders-99-future', 'x', '9.9.9')`),
    )
    await database.close()
    const { code, err } = await shell(['start', '--lang', 'en'], { ...env(), HTTP_PORT: '0', SIP_PORT: '0' })
    expect(code).toBe(2)
    expect(err).toMatch(/version 9\.9\.9.*orders-99-future/s)
  }, 180_000)
})
