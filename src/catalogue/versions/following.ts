import { type Clock, FaultList, type Log, reasonOf } from '../../foundation/index.ts'
import { type Database, follow } from '../../storage/index.ts'
import type { LiveCatalogue } from '../live.ts'
import { readCatalogueFiles } from '../read.ts'
import { selectFiles, selectHolding } from './store.ts'

/** Notifies every node of a decision on which version is in force. */
export const usesChannel = 'catalogue_uses'
/**
 * How often the database is asked, since it may not notify, may have been away, or may hold a version with a later
 * start.
 */
const askMs = 5_000

/**
 * Keeps this node's catalogue in step with the database. The folder's catalogue is used until one is published, and
 * if the database is away at the start.
 */
export async function followCatalogue({
  live,
  database,
  clock,
  log,
}: {
  readonly live: LiveCatalogue
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
}) {
  let known: number | undefined

  async function look(): Promise<void> {
    const use = await selectHolding(database, new Date(clock.now()))
    if (!use || use.id === known) return
    try {
      const next = await readCatalogueFiles(await selectFiles(database, use.version))
      if (next.digest !== live.digest) live.use(next)
      log.info({ version: use.version, because: use.because }, 'catalogue in use')
    } catch (error) {
      if (!(error instanceof FaultList)) throw error
      // Written for another build; trying again would not help.
      for (const { message } of error.faults) log.error({}, `catalogue refused: ${message}`)
      log.error({ version: use.version }, 'this build cannot read the catalogue; the one before holds')
    }
    known = use.id
  }
  const following = follow({
    database,
    channel: usesChannel,
    everyMs: askMs,
    clock,
    look,
    missed: error => log.warn({ reason: reasonOf(error) }, 'the catalogue is not up to date'),
  })
  await following.behind(look)
  await following.listening

  return {
    /** @throws what the database throws */
    look: () => following.inTurn(look),
    close: following.close,
  }
}
