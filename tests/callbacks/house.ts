/** The room of callbacks with a journal that writes to it, a clock moved by hand, and calls told by their facts. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type CallbackActor,
  type CallbackRules,
  callbackMigrations,
  callbackQueues,
  openCallbacks,
  ordinaryCallbackRules,
} from '../../src/callbacks/index.ts'
import { callerMigrations } from '../../src/callers/index.ts'
import { type City, exampleCity, instantOf } from '../../src/city/index.ts'
import { createManualClock, newId, silentLog, systemClock } from '../../src/foundation/index.ts'
import { openJobs } from '../../src/jobs/index.ts'
import { databaseFault } from '../../src/storage/faults.ts'
import { type Database, migrate, sql } from '../../src/storage/index.ts'
import {
  type CallFact,
  type CallId,
  callMigrations,
  createJournal,
  createNode,
} from '../../src/telephony/index.ts'
import type { Text } from '../../src/texts/index.ts'

export const agent = (person: string): CallbackActor => ({ person, isSupervisor: false })
export const supervisor: CallbackActor = { person: '班长', isSupervisor: true }

export async function makeTables(database: Database) {
  await migrate(database, [...callMigrations, ...callerMigrations, ...callbackMigrations])
  await openJobs({ database, queues: callbackQueues, clock: systemClock, log: silentLog }).prepare()
}

export async function openRoom(
  database: Database,
  rules: Partial<CallbackRules> = {},
  city: Partial<City> = {},
  reaches?: (number: string) => boolean,
) {
  const clock = createManualClock(instantOf('2026-01-05 10:00', exampleCity.timeZone))
  const dataDir = await mkdtemp(join(tmpdir(), 'jieting-'))
  const texts: Text[] = []
  const jobs = openJobs({ database, queues: callbackQueues, clock, log: silentLog, pollMs: 60_000 })
  const callbacks = openCallbacks({
    database,
    jobs,
    clock,
    log: silentLog,
    city: { ...exampleCity, ...city },
    dataDir,
    rules: { ...ordinaryCallbackRules, ...rules },
    reaches,
    send: async text => void texts.push(text),
  })
  jobs.run(callbacks.handlers)
  const node = createNode({ database, clock, log: silentLog, alone: true, alongside: callbacks.owe })
  const journal = createJournal({ database, clock, log: silentLog, node: node.id, alongside: callbacks.owe })
  /** The process that finds what this one left open when it died. */
  const next = createNode({ database, clock, log: silentLog, alone: true, alongside: callbacks.owe })
  const query = { limit: 50 } as const
  const spilling = { clock, log: silentLog, spillFolder: join(dataDir, 'spill'), alongside: callbacks.owe }

  return {
    clock,
    callbacks,
    journal,
    next,
    texts,
    dataDir,
    /** A call, by the seconds at which its facts come. */
    async rings(
      who: string | { readonly says: string },
      ...timed: readonly (readonly [seconds: number, fact: CallFact])[]
    ) {
      const call = newId('call', clock.now())
      // Whoever only says a number has nobody who vouches for it.
      const known = typeof who === 'string' ? { caller: who } : { caller: who.says, isProved: false as const }
      journal.write(call, { kind: 'invited', line: 'sip', direction: 'in', called: '12345', ...known })
      let passed = 0
      for (const [seconds, fact] of timed) {
        await clock.advance((seconds - passed) * 1000)
        passed = seconds
        journal.write(call, fact)
      }
      await journal.flush()
      return call
    },
    /** The database is away from here on, and the process dies: what comes lies on its disk. */
    async losesDatabase(call: string, ...timed: readonly (readonly [seconds: number, fact: CallFact])[]) {
      const away = () => Promise.reject(databaseFault({ code: '08006' }))
      const lost = createJournal({
        ...spilling,
        database: { ...database, execute: away, query: away, transaction: away },
        node: node.id,
      })
      for (const [seconds, fact] of timed) {
        await clock.advance(seconds * 1000)
        lost.write(call as CallId, fact)
      }
      await lost.close()
    },
    /** The next process, in the folder of the one that died. */
    startsAgain() {
      const found = createJournal({ ...spilling, database, node: next.id })
      const begun = createNode({
        database,
        clock,
        log: silentLog,
        alone: true,
        readBack: found.readBack,
        alongside: callbacks.owe,
      })
      return {
        begin: begun.begin,
        readBack: found.readBack,
        close: () => Promise.all([found.close(), begun.close()]),
      }
    },
    async leaves(call: string, name = 'demand', sound: string | Uint8Array = 'RIFF-sound') {
      const path = join(dataDir, 'recordings', `${call}-${name}.wav`)
      await mkdir(join(dataDir, 'recordings'), { recursive: true })
      await writeFile(path, sound)
      return path
    },
    owed: async () => (await callbacks.list(query)).callbacks,
    closed: async () => (await callbacks.list({ ...query, state: 'closed' })).callbacks,
    async only() {
      const all = (await callbacks.list(query)).callbacks
      const [one] = all
      if (all.length !== 1 || !one) throw new Error(`${all.length} callbacks are owed`)
      return one
    },
    /** Time passes, and what falls due is done. */
    async passes(ms: number) {
      await clock.advance(ms)
      await jobs.runDue()
    },
    async close() {
      await journal.close()
      await node.close()
      await next.close()
      await callbacks.close()
      await jobs.close()
      await rm(dataDir, { recursive: true, force: true })
      await database.execute(
        sql.raw(
          'delete from callback_events; delete from callback_losses; delete from callbacks; delete from calls; delete from call_facts; delete from callers; delete from pgboss.job',
        ),
      )
    },
  }
}
