import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callerMigrations, createCallers, ordinaryCaller } from '../../src/callers/index.ts'
import { createLog, createManualClock, silentLog, systemClock } from '../../src/foundation/index.ts'
import { type Database, migrate, openDatabase } from '../../src/storage/index.ts'

describe('callers', () => {
  let database: Database
  beforeAll(async () => {
    database = await openDatabase({ clock: systemClock, log: silentLog })
    await migrate(database, callerMigrations)
  })
  afterAll(() => database.close())

  const callersOn = (on: Database) => createCallers({ database: on, clock: systemClock, log: silentLog })

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
