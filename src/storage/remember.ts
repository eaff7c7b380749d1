import type { SQL } from 'drizzle-orm/sql'
import type { Fault } from '../foundation/index.ts'
import type { Database, Driver, Queries } from './database.ts'
import { isAwayForWriting } from './faults.ts'
import { gatheringLast } from './with-commit.ts'

/**
 * Remembers that the database refused all writes. With a full disk, or after a failover to a standby, it still answers
 * queries, and a plain ping would succeed; so `ping` fails until a write succeeds again.
 */
export function remembering(database: Driver): Database {
  let trouble: Fault | undefined

  const watch = async <T>(asked: Promise<T>): Promise<T> => {
    try {
      return await asked
    } catch (error) {
      if (isAwayForWriting(error)) trouble = error
      throw error
    }
  }
  /** @param wrote called when rows were changed */
  const watched = (queries: Queries, wrote: () => void): Queries => ({
    query: (statement, row) => watch(queries.query(statement, row)),
    async execute(statement) {
      const touched = await watch(queries.execute(statement))
      if (touched > 0) wrote()
      return touched
    },
    notify: (channel, payload) => watch(queries.notify(channel, payload)),
  })
  const recovered = () => {
    trouble = undefined
  }

  return {
    ...database,
    ...watched(database, recovered),
    async transaction(work, deadlineMs) {
      let changed = false
      const wrote = () => {
        changed = true
      }
      const last: SQL[] = []
      const result = await watch(
        database.transaction(
          queries => gatheringLast(watched(queries, wrote), last, work),
          deadlineMs,
          () => last,
        ),
      )
      if (changed || last.length > 0) recovered()
      return result
    },
    async ping() {
      await database.ping()
      if (trouble) throw trouble
    },
  }
}
