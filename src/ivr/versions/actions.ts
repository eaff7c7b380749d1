import { Fault } from '../../foundation/index.ts'
import { type Database, type Queries, sql } from '../../storage/index.ts'
import type { FlowSource } from '../read.ts'
import { insertUse, insertVersion, type NewUse, selectUse, selectVersion } from './store.ts'
import type { FlowUse, FlowVersion, ProvedFlow, VersionWay } from './version.ts'

/** Notification channel that tells every node that other flows are in use. */
export const usesChannel = 'flow_uses'

/** Advisory lock, an arbitrary number, held while the flows in use change. */
const lockKey = 12345_002

export type NewVersion = {
  readonly digest: string
  readonly files: readonly FlowSource[]
  readonly verdict: readonly ProvedFlow[]
  readonly way: VersionWay
  readonly author: string
  readonly note: string
  /** The share of new calls that get this version; 1 is all. */
  readonly share: number
  readonly at: Date
}

/** Saves a proved version and puts it into use. @throws Fault `flows-changed` */
export function addVersion(database: Database, seen: FlowUse | undefined, version: NewVersion) {
  const { digest, files, verdict, way, author, note, share, at } = version
  return change(database, seen, async queries => {
    const parent = seen?.standing.number
    const row: Omit<FlowVersion, 'number'> = { digest, way, author, note, verdict, parent, madeAt: at }
    const number = await insertVersion(queries, row, files)
    if (share === 1 || parent === undefined)
      return { standing: number, because: 'loaded', author, usedAt: at }
    return { standing: parent, trial: { number, share }, because: 'tried', author, usedAt: at }
  })
}

/** Makes the version on trial answer all calls. @throws Fault `no-trial`, `flows-changed` */
export function promote(database: Database, seen: FlowUse | undefined, author: string, usedAt: Date) {
  return change(database, seen, async () => {
    if (!seen?.trial)
      throw new Fault({
        code: 'no-trial',
        place: 'flows',
        found: 'no version on trial',
        expected: 'one that answers a share of the calls',
      })
    return { standing: seen.trial.number, because: 'promoted', author, usedAt }
  })
}

/** Makes the version that `target` names answer all calls again. @throws Fault `flows-changed` */
export function rollBack(
  database: Database,
  seen: FlowUse | undefined,
  target: number,
  author: string,
  usedAt: Date,
) {
  return change(database, seen, async () => ({ standing: target, because: 'rolled-back', author, usedAt }))
}

/**
 * Where a rollback leads: to the version named, or else to the end of a trial, or to the version before the current one.
 * @throws Fault `version-unknown`, `nothing-before`
 */
export async function rollbackTarget(
  queries: Queries,
  use: FlowUse | undefined,
  named?: number,
): Promise<number> {
  if (named !== undefined) return (await versionNamed(queries, named)).number
  if (use?.trial) return use.standing.number
  const parent = use && (await versionNamed(queries, use.standing.number)).parent
  if (parent !== undefined) return parent
  throw new Fault({
    code: 'nothing-before',
    place: 'flows',
    found: 'no version before the one that answers',
    expected: 'a number, as `jieting flow versions` lists them',
  })
}

/** @throws Fault `version-unknown` */
export async function versionNamed(queries: Queries, number: number): Promise<FlowVersion> {
  const version = await selectVersion(queries, number)
  if (version) return version
  throw new Fault({
    code: 'version-unknown',
    place: 'version',
    found: String(number),
    expected: 'the number of a version, as `jieting flow versions` lists them',
  })
}

/** Refuses the second of two simultaneous changes, since it was decided on flows that are no longer in use. */
async function change(
  database: Database,
  seen: FlowUse | undefined,
  decide: (queries: Queries) => Promise<NewUse>,
): Promise<void> {
  await database.transaction(async queries => {
    await queries.execute(sql`select pg_advisory_xact_lock(${lockKey})`)
    const now = await selectUse(queries)
    if (now?.id !== seen?.id)
      throw new Fault({
        code: 'flows-changed',
        place: 'flows',
        found: `version ${now?.standing.number} by ${now?.author} a moment ago`,
        expected: 'nobody else to change the flows at the same time: look, and do it again',
      })
    await insertUse(queries, await decide(queries))
    await queries.notify(usesChannel, '')
  })
}
