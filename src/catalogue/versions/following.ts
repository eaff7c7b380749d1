import { type Clock, FaultList, type Log, reasonOf } from '../../foundation/index.ts'
import { type Database, follow } from '../../storage/index.ts'
import type { LiveCatalogue } from '../live.ts'
import { readCatalogueFiles } from '../read.ts'
import { selectFiles, selectHolding } from './store.ts'

/** Told to every node once somebody has decided what holds. */
export const usesChannel = 'catalogue_uses'
/** A database that notifies nobody is asked this often; one that was away, and for what holds from a later time on, too. */
const askMs = 5_000

/**
 * Keeps the catalogue of this node to what the database says holds; the folder's holds until something was published, and
 * while the database is away at a start.
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
      // Written for another build of the product; asking again will not mend it.
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
