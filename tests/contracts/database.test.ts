/** What every database promises, whichever engine is behind the port. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { silentLog, systemClock } from '../../src/foundation/index.ts'
import { type Database, migrate, openDatabase, refuseNewer, sql } from '../../src/storage/index.ts'
import { openEmpty } from '../support/empty-database.ts'
import { lacksPostgres, type PostgresServer, startPostgres } from '../support/postgres.ts'

const shared = { clock: systemClock, log: silentLog }
let server: PostgresServer | undefined

const engines = [
  { name: 'PGlite', skip: false, open: openEmpty },
  {
    name: 'PostgreSQL',
    skip: lacksPostgres,
    async open() {
      server = await startPostgres()
      return openDatabase({ url: server.url, ...shared })
    },
  },
]

const noteRow = z.object({ id: z.number(), body: z.string() })

describe.each(engines)('a database on $name', ({ skip, open }) => {
  let database: Database

  beforeAll(async () => {
    if (skip) return
    database = await open()
    await database.execute(sql`create table notes (id int8 primary key, body text not null)`)
  })

  afterAll(async () => {
    await database?.close()
    await server?.remove()
  })

  const notes = (from: number) =>
    database.query(sql`select id, body from notes where id >= ${from} order by id`, noteRow)

  it.skipIf(skip)('gives rows as their schema says, and counts what it touched', async () => {
    expect(await database.execute(sql`insert into notes values (${1}, ${'甲'}), (${2}, ${'乙'})`)).toBe(2)
    expect(await notes(1)).toEqual([
      { id: 1, body: '甲' },
      { id: 2, body: '乙' },
    ])
  })

  it.skipIf(skip)('speaks the same values on every engine', async () => {
    const [row] = await database.query(
      sql`select 7::int8 as big, date '2026-01-05' as day, timestamptz '2026-01-05 10:00+08' as moment,
        ${JSON.stringify({ a: [1] })}::jsonb as document, 1.50::numeric as amount, null as nothing`,
      z.object({
        big: z.number(),
        day: z.string(),
        moment: z.date(),
        document: z.object({ a: z.array(z.number()) }),
        amount: z.string(),
        nothing: z.null(),
      }),
    )
    expect(row).toEqual({
      big: 7,
      day: '2026-01-05',
      moment: new Date('2026-01-05T02:00:00Z'),
      document: { a: [1] },
      amount: '1.50',
      nothing: null,
    })
  })

  it.skipIf(skip)('refuses a row that does not fit, naming the column and no value', async () => {
    const refused = database.query(sql`select '13800001111' as caller`, z.object({ caller: z.number() }))
    await expect(refused).rejects.toMatchObject({ code: 'row-unexpected' })
    await expect(refused).rejects.not.toThrow('13800001111')
  })

  it.skipIf(skip)('refuses a wrong statement with its SQLSTATE, and goes on', async () => {
    await expect(database.execute(sql`insert into nowhere values (1)`)).rejects.toMatchObject({
      code: 'statement-refused',
      found: 'SQLSTATE 42P01',
    })
    await database.ping()
  })

  it.skipIf(skip)('keeps all of a transaction', async () => {
    await database.transaction(async queries => {
      await queries.execute(sql`insert into notes values (10, 'a')`)
      await queries.execute(sql`insert into notes values (11, 'b')`)
    })
    expect((await notes(10)).map(note => note.id)).toEqual([10, 11])
  })

  it.skipIf(skip)('keeps nothing of a transaction that fails, and hands on why', async () => {
    const failed = database.transaction(async queries => {
      await queries.execute(sql`insert into notes values (20, 'a')`)
      throw new RangeError('no')
    })
    await expect(failed).rejects.toThrow(RangeError)
    expect(await notes(20)).toEqual([])
  })

  it.skipIf(skip)('ends a transaction that misses its deadline, and keeps nothing of it', async () => {
    const never = new Promise<never>(() => undefined)
    const late = database.transaction(async queries => {
      await queries.execute(sql`insert into notes values (30, 'a')`)
      await never
    }, 50)
    await expect(late).rejects.toMatchObject({ code: 'database-late' })
    expect(await notes(30)).toEqual([])
  })

  it.skipIf(skip)('tells listeners after commit, and no longer once they left', async () => {
    const heard: string[] = []
    const inTime = new Promise<string>(resolve => database.listen('bell', resolve))
    const off = await database.listen('bell', payload => heard.push(payload))
    off()
    await database.transaction(async queries => queries.notify('bell', 'ding'))
    expect(await inTime).toBe('ding')
    expect(heard).toEqual([])
  })

  it.skipIf(skip)('is not hurt by a listener that throws', async () => {
    await database.listen('glass', () => {
      throw new Error('broken')
    })
    const inTime = new Promise<string>(resolve => database.listen('glass', resolve))
    await database.notify('glass', 'clink')
    expect(await inTime).toBe('clink')
  })

  describe('migrations', () => {
    const first = { name: 'test-1', sql: 'create table fruits (name text); insert into fruits values (1);' }
    const second = { name: 'test-2', sql: 'alter table fruits add column colour text' }

    it.skipIf(skip)('run once, in order, also when two nodes start at once', async () => {
      await Promise.all([migrate(database, [first]), migrate(database, [first, second])])
      await migrate(database, [first, second])
      const fruits = await database.query(
        sql`select name, colour from fruits`,
        z.object({ name: z.string(), colour: z.null() }),
      )
      expect(fruits).toEqual([{ name: '1', colour: null }])
    })

    it.skipIf(skip)('that were changed after they ran are refused by name', async () => {
      await expect(migrate(database, [{ ...first, sql: 'select 1' }])).rejects.toMatchObject({
        code: 'migration-changed',
        place: 'test-1',
      })
    })

    it.skipIf(skip)('that ran when their room had another name do not run again', async () => {
      const renamed = { ...first, name: 'room-1', formerly: 'test-1' }
      await migrate(database, [renamed])
      await expect(migrate(database, [{ ...renamed, sql: 'select 1' }])).rejects.toMatchObject({
        code: 'migration-changed',
        place: 'room-1',
      })
    })

    it.skipIf(skip)(
      'of a newer build are refused by an older one, in words that name the version',
      async () => {
        const known = [first, second]
        await refuseNewer(database, [...known, { name: 'test-9', sql: '' }])
        await refuseNewer(database, [{ ...first, name: 'room-1', formerly: 'test-1' }, second])
        await migrate(database, [...known, { name: 'test-4', sql: 'create table roots (id int)' }], '7.8.9')
        await expect(refuseNewer(database, known)).rejects.toMatchObject({
          code: 'database-newer',
          found: expect.stringMatching(/version 7\.8\.9.*test-4/),
          expected: expect.stringContaining('version 7.8.9'),
        })
        await database.execute(sql`delete from migrations where name = 'test-4'`)
        await refuseNewer(database, known)
      },
    )

    it.skipIf(skip)('that fail leave nothing behind', async () => {
      const broken = { name: 'test-3', sql: 'create table halves (id int); create tabel others (id int);' }
      await expect(migrate(database, [broken])).rejects.toMatchObject({ code: 'statement-refused' })
      await migrate(database, [{ name: 'test-3', sql: 'create table halves (id int)' }])
    })
  })
})
