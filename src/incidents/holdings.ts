import { createHash } from 'node:crypto'
import { z } from 'zod'
import { newSecret } from '../foundation/index.ts'
import {
  type Database,
  type Forgetter,
  type Holding,
  listed,
  type Queries,
  type Somebody,
  sql,
} from '../storage/index.ts'

export const incidentHoldings: readonly Holding[] = [
  { name: 'incidents', nobody: 'what is wrong in the city' },
  { name: 'incident_events', nobody: 'what members did to an incident' },
  {
    name: 'incident_callers',
    title: { 'zh-CN': '突发情况的登记', en: 'Who is affected by an incident' },
    what: 'a hash of each number that said it is affected, so that it counts once',
    kept: 'journal',
  },
]

export const callerHash = (incident: string, caller: string) =>
  createHash('sha256').update(`${incident} ${caller}`).digest('base64url')

const counted = z.object({ incident: z.string(), caller: z.string(), at: z.date() })
/** Prefix for an erased caller; no hash begins with it. */
const nobody = 'nobody '

export function forgetsAffected(database: Database): readonly Forgetter[] {
  const rowsOf = async ({ forms, calls }: Somebody) => {
    const incidents = await database.query(
      sql`select distinct incident from incident_callers`,
      counted.pick({ incident: true }),
    )
    // Callers who withhold their number are counted by their call.
    const hashes = incidents.flatMap(({ incident }) =>
      [...forms, ...calls].map(who => callerHash(incident, who)),
    )
    return database.query(
      sql`select incident, caller, at from incident_callers where caller in ${listed(hashes)}`,
      counted,
    )
  }
  /** Erases the callers; the count stays. */
  const blank = async (queries: Queries, rows: readonly { incident: string; caller: string }[]) => {
    for (const { incident, caller } of rows)
      await queries.execute(sql`update incident_callers set caller = ${nobody + newSecret(64)}
        where incident = ${incident} and caller = ${caller}`)
    return rows.length
  }
  return [
    {
      name: 'incident_callers',
      export: async person => (await rowsOf(person)).map(({ incident, at }) => ({ incident, at })),
      forget: async person => ({ count: await blank(database, await rowsOf(person)) }),
      sweeps: [
        {
          kind: 'journal',
          // Hashes are not subject to legal holds.
          sweep: ({ beforeMs, limit }) =>
            database.transaction(async tx =>
              blank(
                tx,
                await tx.query(
                  sql`select incident, caller, at from incident_callers
                    where at < ${new Date(beforeMs)} and caller not like ${`${nobody}%`} limit ${limit}`,
                  counted,
                ),
              ),
            ),
        },
      ],
    },
  ]
}
