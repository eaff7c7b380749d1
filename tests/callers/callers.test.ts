import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Callers, callerMigrations, createCallers, ordinaryCaller } from '../../src/callers/index.ts'
import { createLog, createManualClock, silentLog, systemClock } from '../../src/foundation/index.ts'
import { type Database, migrate, openDatabase, sql } from '../../src/storage/index.ts'

describe('callers', () => {
  let database: Database
  beforeAll(async () => {
    database = await openDatabase({ clock: systemClock, log: silentLog })
    await migrate(database, callerMigrations)
  })
  afterAll(() => database.close())

  const open: Callers[] = []
  afterEach(async () => {
    for (const callers of open.splice(0)) await callers.close()
  })
  function callersOn(on: Database, mostHeld?: number) {
    const callers = createCallers({ database: on, clock: systemClock, log: silentLog, mostHeld })
    open.push(callers)
    return callers
  }
  /** A database that can be made to answer nothing any more: whoever is found then is held in memory. */
  function stallable(): { readonly stalled: Database; stall(isStalled?: boolean): void } {
    let isStalled = false
    const stalled: Database = {
      ...database,
      query: (...given) => (isStalled ? new Promise(() => undefined) : database.query(...given)),
    }
    return {
      stalled,
      stall: (now = true) => {
        isStalled = now
      },
    }
  }

  it('are ordinary when nobody has said anything of them, or the number is withheld', async () => {
    const callers = callersOn(database)
    expect(await callers.find('13800001111')).toEqual(ordinaryCaller)
    expect(await callers.find('')).toEqual(ordinaryCaller)
  })

  it('keep each mark until it is said otherwise', async () => {
    const callers = callersOn(database)
    await callers.mark('13800002222', { elder: true })
    await callers.mark('13800002222', { language: 'yue' })
    expect(await callers.find('13800002222')).toEqual({ elder: true, language: 'yue' })
    await callers.mark('13800002222', { elder: false })
    expect(await callers.find('13800002222')).toEqual({ elder: false, language: 'yue' })
  })

  it('are held in memory: a marked elder is known though the database answers nothing any more', async () => {
    const { stalled, stall } = stallable()
    await callersOn(database).mark('13800004444', { elder: true })
    const callers = callersOn(stalled)
    await callers.mark('13800005555', { language: 'yue' })
    stall()
    expect(await callers.find('13800004444')).toEqual({ elder: true })
    expect(await callers.find('13800005555')).toEqual({ elder: false, language: 'yue' })
  })

  it('are known at once to a node that another node did not tell itself, and forgotten with their row', async () => {
    const told = callersOn(database)
    await told.mark('13800006666', { elder: true })
    const other = callersOn(database)
    await other.mark('13800006666', { elder: false })
    await vi.waitFor(async () => expect(await told.find('13800006666')).toEqual(ordinaryCaller))
    await other.mark('13800006666', { elder: true })
    await vi.waitFor(async () => expect(await told.find('13800006666')).toEqual({ elder: true }))
    await database.execute(sql`delete from callers where number = '13800006666'`)
    await vi.waitFor(async () => expect(await told.find('13800006666')).toEqual(ordinaryCaller))
  })

  it('are looked up where more are marked than memory holds', async () => {
    const callers = callersOn(database, 2)
    for (const number of ['13700000001', '13700000002', '13700000003', '13700000004'])
      await callers.mark(number, { elder: true })
    for (const number of ['13700000001', '13700000002', '13700000003', '13700000004'])
      expect(await callers.find(number)).toEqual({ elder: true })
    expect(await callers.find('13700000005')).toEqual(ordinaryCaller)
  })

  it('are read again when the database did not answer at the start', async () => {
    const clock = createManualClock()
    const number = '13800007777'
    await callersOn(database).mark(number, { elder: true })
    const { stalled, stall } = stallable()
    let isAway = true
    const away: Database = {
      ...stalled,
      query: (...given) => (isAway ? Promise.reject(new Error('away')) : stalled.query(...given)),
    }
    const callers = createCallers({ database: away, clock, log: silentLog })
    open.push(callers)
    expect(await callers.find(number)).toEqual(ordinaryCaller)
    isAway = false
    await clock.advance(1_000)
    await database.ping()
    await callers.mark('13800008888', { elder: true })
    stall()
    expect(await callers.find(number)).toEqual({ elder: true })
  })

  it('are ordinary after 200 ms when the database hangs, and no log holds the number', async () => {
    const clock = createManualClock()
    const lines: string[] = []
    const hanging: Database = { ...database, query: () => new Promise(() => undefined) }
    const callers = createCallers({
      database: hanging,
      clock,
      log: createLog('debug', line => lines.push(line)),
    })
    const found = callers.find('13800003333')
    await clock.advance(200)
    expect(await found).toEqual(ordinaryCaller)
    expect(lines).toHaveLength(1)
    expect(lines.join()).not.toContain('13800003333')
  })
})
