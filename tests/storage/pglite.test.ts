import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { createLog, silentLog, systemClock } from '../../src/foundation/index.ts'
import { maintainTables } from '../../src/storage/databases/maintain.ts'
import { databaseFault } from '../../src/storage/faults.ts'
import { openDatabase, openDatabaseOrNone, sql } from '../../src/storage/index.ts'
import { remembering } from '../../src/storage/remember.ts'

describe('PGlite in a directory', () => {
  let dataDir: string
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'jieting-data-'))
  })
  afterEach(() => rm(dataDir, { recursive: true, force: true }))

  const open = () => openDatabase({ dataDir, clock: systemClock, log: silentLog })

  it('keeps its rows from one start to the next', async () => {
    const first = await open()
    await first.execute(sql.raw('create table notes (body text); insert into notes values ($$甲$$)'))
    await first.close()
    const second = await open()
    expect(await second.query(sql`select body from notes`, z.object({ body: z.string() }))).toEqual([
      { body: '甲' },
    ])
    await second.close()
  })

  it('refuses a second holder in plain words, until the first has left', async () => {
    const first = await open()
    await expect(open()).rejects.toMatchObject({
      code: 'data-dir-locked',
      place: dataDir,
      message: expect.stringContaining('stop the other'),
    })
    await first.ping()
    await first.close()
    await (await open()).close()
  })

  it('says so when there cannot be such a directory', async () => {
    await expect(
      openDatabase({ dataDir: '/dev/null/data', clock: systemClock, log: silentLog }),
    ).rejects.toMatchObject({ code: 'data-dir-unusable', found: 'ENOTDIR' })
  })

  it('opens although a holder that died left its lock behind', async () => {
    await writeFile(join(dataDir, 'lock'), '')
    await (await open()).close()
  })
})

describe('PGlite in a folder that it cannot use', () => {
  let dataDir: string
  let folder: string
  const lines: string[] = []
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'jieting-data-'))
    folder = join(dataDir, 'database')
    lines.length = 0
  })
  afterEach(() => rm(dataDir, { recursive: true, force: true }))

  const open = () =>
    openDatabase({ dataDir, clock: systemClock, log: createLog('warn', line => lines.push(line)) })
  const faultOf = (asked: Promise<unknown>): Promise<unknown> =>
    asked.then(() => undefined).catch(error => error)

  it.each<readonly [why: string, lay: () => Promise<unknown>, found: string]>([
    [
      'files of something else',
      () => mkdir(folder).then(() => writeFile(join(folder, 'holiday.jpg'), 'x')),
      'none of a database of ours',
    ],
    [
      'a database that is damaged',
      () =>
        mkdir(join(folder, 'base'), { recursive: true }).then(() =>
          writeFile(join(folder, 'PG_VERSION'), '17\n'),
        ),
      'is damaged',
    ],
    ['a file in its place', () => writeFile(folder, ''), 'cannot be read'],
  ])('opens all the same with %s, and says where, why and what mends it', async (_why, lay, found) => {
    await lay()
    const database = await open()
    const fault = await faultOf(database.ping())
    expect(fault).toMatchObject({ code: 'database-away' })
    expect(String(fault)).toContain(folder)
    expect(String(fault)).toContain(found)
    expect(lines.join('')).toContain(found)
    const off = await database.listen('bell', () => undefined)
    off()
    await expect(database.transaction(async () => undefined)).rejects.toMatchObject({ code: 'database-away' })
    await database.close()
    if (found !== 'cannot be read') expect(await readdir(folder)).not.toContain('global')
  })

  it('is made anew where its making was cut short, by a full disk or a death', async () => {
    await mkdir(join(folder, 'base'), { recursive: true })
    await writeFile(join(folder, 'PG_VERSION'), '17\n')
    await writeFile(`${folder}.unfinished`, '')
    const database = await open()
    await database.ping()
    expect(await readdir(dataDir)).not.toContain('database.unfinished')
    await database.close()
    // Whole, it is kept.
    const again = await open()
    await again.ping()
    await again.close()
    expect(lines).toEqual([])
  })

  it('serves as soon as the folder can be used', async () => {
    await mkdir(folder)
    await writeFile(join(folder, 'holiday.jpg'), 'x')
    const database = await open()
    await expect(database.ping()).rejects.toMatchObject({ code: 'database-away' })
    await rm(folder, { recursive: true })
    await expect.poll(() => faultOf(database.ping()), { timeout: 60_000 }).toBeUndefined()
    await database.close()
  })

  it('is none at all for a hotline whose data folder cannot be made, and none of a second hotline', async () => {
    const none = await openDatabaseOrNone({ dataDir: '/dev/null/data', clock: systemClock, log: silentLog })
    expect(String(await faultOf(none.ping()))).toContain('/dev/null/data')
    await none.close()
    const first = await open()
    await expect(openDatabaseOrNone({ dataDir, clock: systemClock, log: silentLog })).rejects.toMatchObject({
      code: 'data-dir-locked',
    })
    await first.close()
  })
})

describe('PGlite whose thread dies', () => {
  it('is started again: rows are there, listeners hear, and a transaction that was under way left nothing', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'jieting-data-'))
    const database = await openDatabase({ dataDir, clock: systemClock, log: silentLog })
    await database.execute(sql.raw('create table notes (body text); insert into notes values ($$甲$$)'))
    const posted = vi.spyOn(Worker.prototype, 'postMessage')
    const heard: string[] = []
    await database.listen('bell', payload => heard.push(payload))
    const cut = database.transaction(async tx => {
      await tx.execute(sql`insert into notes values ('乙')`)
      const threads = posted.mock.contexts.filter(thread => thread instanceof Worker)
      await Promise.all(threads.map(thread => thread.terminate()))
      await tx.execute(sql`insert into notes values ('丙')`)
    })
    await expect(cut).rejects.toMatchObject({ code: 'database-away' })
    posted.mockRestore()
    const bodies = () =>
      database.query(sql`select body from notes`, z.object({ body: z.string() })).catch(() => undefined)
    await expect.poll(bodies, { timeout: 60_000 }).toEqual([{ body: '甲' }])
    await database.notify('bell', 'ding')
    await expect.poll(() => heard).toEqual(['ding'])
    await database.close()
    await rm(dataDir, { recursive: true })
  }, 90_000)
})

it('PGlite on a disk syncs what it commits, and its tables are maintained', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'jieting-data-'))
  const database = await openDatabase({ dataDir, clock: systemClock, log: silentLog })
  const shown = (name: string) =>
    database.query(
      sql.raw(`select setting from pg_settings where name = '${name}'`),
      z.object({ setting: z.string() }),
    )
  expect(await shown('fsync')).toEqual([{ setting: 'on' }])
  expect(await shown('wal_sync_method')).toEqual([{ setting: 'fsync' }])
  await database.execute(
    sql.raw(
      'create table notes (n int); insert into notes select generate_series(1, 2000); delete from notes where n > 100',
    ),
  )
  await expect.poll(() => maintainTables(database), { timeout: 10_000 }).toBe(1)
  const [table] = await database.query(
    sql`select n_dead_tup as dead, last_analyze as analyzed from pg_stat_user_tables where relname = 'notes'`,
    z.object({ dead: z.number(), analyzed: z.date() }),
  )
  expect(table?.dead).toBe(0)
  expect(await maintainTables(database)).toBe(0)
  await database.close()
  await rm(dataDir, { recursive: true })
})

describe('a database that takes nothing, and still answers', () => {
  it.each([
    ['a full disk', '53100', 'its disk is full'],
    ['a failover to a standby', '25006', 'it only reads'],
  ])('is away for whoever asks after %s, until something was written again', async (_what, code, found) => {
    const engine = await openDatabase({ clock: systemClock, log: silentLog })
    let refuses = false
    const database = remembering({
      ...engine,
      execute: statement => (refuses ? Promise.reject(databaseFault({ code })) : engine.execute(statement)),
    })
    await database.execute(sql`create table notes (body text)`)
    refuses = true
    await expect(database.execute(sql`insert into notes values ('甲')`)).rejects.toMatchObject({
      code: 'database-away',
      found: expect.stringContaining(found),
    })
    await expect(database.ping()).rejects.toMatchObject({ found: expect.stringContaining(found) })
    refuses = false
    await database.query(sql`select body from notes`, z.unknown())
    await expect(database.ping()).rejects.toMatchObject({ code: 'database-away' })
    await database.transaction(tx => tx.execute(sql`insert into notes values ('甲')`))
    await database.ping()
    await database.close()
  })
})
