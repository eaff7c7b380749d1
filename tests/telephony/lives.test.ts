import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createManualClock, newId, silentLog, systemClock } from '../../src/foundation/index.ts'
import { type Database, migrate, openDatabase, sql } from '../../src/storage/index.ts'
import {
  type CallId,
  callMigrations,
  createJournal,
  createLife,
  findCall,
  listCalls,
} from '../../src/telephony/index.ts'

let database: Database
beforeAll(async () => {
  database = await openDatabase({ clock: systemClock, log: silentLog })
  await migrate(database, callMigrations)
})
afterAll(() => database.close())
afterEach(() => database.execute(sql`delete from calls`))

/** A process at its own pace of a common time, that takes calls and may die. */
function processOf(clock = createManualClock(), alone = false) {
  const life = createLife({ database, clock, log: silentLog, alone })
  const journal = createJournal({ database, clock, log: silentLog, life: life.id })
  return {
    life,
    async takesACall(): Promise<CallId> {
      const call = newId('call')
      journal.write(call, { kind: 'invited', line: 'sip', direction: 'in', caller: '', called: '12345' })
      journal.write(call, { kind: 'answered', codec: 'PCMA' })
      await journal.flush()
      return call
    },
    ends: async (call: CallId) => {
      journal.write(call, { kind: 'ended', by: 'them', reason: 'hung-up' })
      await journal.flush()
    },
  }
}
const stateOf = async (id: CallId) =>
  (await listCalls(database, { limit: 10 })).find(call => call.id === id)?.state

describe('calls that a process left open when it died', () => {
  it('are ended by the next start, at the last sign of life, where nobody else can have them', async () => {
    const clock = createManualClock()
    const dead = processOf(clock, true)
    await dead.life.begin()
    const left = await dead.takesACall()
    const over = await dead.takesACall()
    await dead.ends(over)
    await clock.advance(5_000)

    const next = processOf(clock, true)
    const young = await next.takesACall()
    await next.life.begin()
    expect([await stateOf(left), await stateOf(over), await stateOf(young)]).toEqual([
      'ended',
      'ended',
      'answered',
    ])
    const found = await findCall(database, left)
    expect(found?.call).toMatchObject({ endedBy: 'failure', endReason: 'process-died' })
    expect(found?.facts.at(-1)?.fact).toEqual({ kind: 'ended', by: 'failure', reason: 'process-died' })
    expect(found?.call.endedAt?.getTime()).toBeLessThan(clock.now() - 4_000)
    expect((await findCall(database, over))?.call.endReason).toBe('hung-up')
    await next.life.close()
  })

  it('are ended by another that shares the database, and only once their own has been silent for half a minute', async () => {
    const [clock, deadClock] = [createManualClock(), createManualClock()]
    const living = processOf(clock)
    const dead = processOf(deadClock)
    await living.life.begin()
    await dead.life.begin()
    const [theirs, ours] = [await dead.takesACall(), await living.takesACall()]
    const turns = async (count: number) => {
      for (let turn = 0; turn < count; turn++) {
        await clock.advance(10_000)
        // A turn asks the database.
        await database.ping()
      }
    }
    await turns(2)
    expect(await stateOf(theirs)).toBe('answered')
    await turns(3)
    await expect.poll(() => stateOf(theirs)).toBe('ended')
    expect(await stateOf(ours)).toBe('answered')
    await living.life.close()
    await dead.life.close()
  })
})
