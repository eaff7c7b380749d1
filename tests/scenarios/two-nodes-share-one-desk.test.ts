/** Two houses on one PostgreSQL: one has the desk, and it alone writes what seats do; the other takes it over. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createManualClock, silentLog, systemClock } from '../../src/foundation/index.ts'
import { queues, tables } from '../../src/hall/rooms.ts'
import { openJobs } from '../../src/jobs/index.ts'
import { type Database, migrate, openDatabase, sql } from '../../src/storage/index.ts'
import { openHotline } from '../support/hotline.ts'
import { lacksPostgres, type PostgresServer, startPostgres } from '../support/postgres.ts'

const patience = { timeout: 15_000 }
const spellRow = z.object({ state: z.string(), fromMs: z.coerce.number(), untilMs: z.coerce.number() })

describe.skipIf(lacksPostgres)('two nodes with one database', () => {
  let server: PostgresServer
  const databases: Database[] = []
  const connect = async () => {
    const opened = await openDatabase({ url: server.url, clock: systemClock, log: silentLog })
    databases.push(opened)
    return opened
  }
  beforeAll(async () => {
    server = await startPostgres()
    const database = await connect()
    await migrate(database, tables)
    await openJobs({ database, queues, clock: systemClock, log: silentLog }).prepare()
  })
  afterAll(async () => {
    for (const database of databases) await database.close()
    await server.remove()
  })

  it('write what a seat does once, and the seat goes on where the desk goes', {
    timeout: 90_000,
  }, async () => {
    const clock = createManualClock()
    const options = { clock, env: { DATABASE_URL: server.url } }
    const first = await openHotline(await connect(), options)
    first.seat('s1')
    const second = await openHotline(await connect(), options)
    const refusal = () => {
      try {
        second.desk.setReady('s1')
        return 'none'
      } catch (error) {
        return (error as { readonly code: string }).code
      }
    }
    const minutes = async (count: number) => {
      for (let at = 0; at < count * 6; at++) {
        await clock.advance(10_000)
        await first.desk.spells({ from: 0, until: clock.now() })
      }
    }
    await expect.poll(refusal, patience).toBe('desk-elsewhere')
    await minutes(2)
    first.desk.setAway('s1', 'meal')
    await minutes(3)
    expect(first.desk.seats()[0]).toMatchObject({ name: 's1', state: 'away', reason: 'meal' })
    const atMs = clock.now()
    await first.leave()

    // Nobody has it for a moment; then the other finds the seat as its agent left it.
    await expect
      .poll(async () => {
        await clock.advance(10_000)
        return second.desk.seats()[0]
      }, patience)
      .toMatchObject({ name: 's1', state: 'away', reason: 'meal' })
    // A state that is left in the moment it began is none.
    await clock.advance(10_000)
    await expect.poll(refusal, patience).toBe('none')
    await clock.advance(120_000)
    second.desk.signOut('s1')
    await second.desk.spells({ from: 0, until: clock.now() })
    await second.leave()

    const spells = await databases[0]!.query(
      sql`select state, from_ms as "fromMs", until_ms as "untilMs" from seat_states where seat = 's1' order by from_ms`,
      spellRow,
    )
    for (const [index, { untilMs }] of spells.entries())
      expect(untilMs).toBeLessThanOrEqual(spells[index + 1]?.fromMs ?? Number.POSITIVE_INFINITY)
    expect(spells.map(({ state }) => state)).toEqual(['ready', 'away', 'away', 'ready'])
    expect(spells.filter(({ fromMs }) => fromMs < atMs)).toHaveLength(2)
  })
})
