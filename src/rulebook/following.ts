import { type Clock, FaultList, type Log, reasonOf } from '../foundation/index.ts'
import { type Database, follow } from '../storage/index.ts'
import { selectHolding, selectVersion } from './store.ts'
import type { RuleSubject } from './subject.ts'

/** Told to every node once somebody has decided what holds. */
export const usesChannel = 'rule_uses'
/** A database that notifies nobody is asked this often; one that was away, and for what holds from a later time on, too. */
const askMs = 5_000

type Options = {
  readonly subjects: readonly RuleSubject[]
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
}

/**
 * Keeps the rules of this node to what the database says holds; a file's hold until something was published, and while the
 * database is away at a start.
 */
export async function followRules({ subjects, database, clock, log }: Options) {
  const known = new Map<string, number>()

  async function look(): Promise<void> {
    for (const use of await selectHolding(database, new Date(clock.now()))) {
      const subject = subjects.find(({ name }) => name === use.subject)
      if (!subject || known.get(use.subject) === use.id) continue
      const about = { subject: use.subject, version: use.version }
      const version = await selectVersion(database, use.subject, use.version)
      try {
        if (version) subject.hold(version.text)
        log.info({ ...about, because: use.because }, 'rules in use')
      } catch (error) {
        if (!(error instanceof FaultList)) throw error
        // Written for another build of the product; asking again will not mend it.
        for (const { message } of error.faults) log.error({}, `rules refused: ${message}`)
        log.error(about, 'this build cannot read the rules; those before hold')
      }
      known.set(use.subject, use.id)
    }
  }
  const following = follow({
    database,
    channel: usesChannel,
    everyMs: askMs,
    clock,
    look,
    missed: error => log.warn({ reason: reasonOf(error) }, 'the rules are not up to date'),
  })
  await following.behind(look)
  await following.listening

  return {
    /** @throws what the database throws */
    look: () => following.inTurn(look),
    close: following.close,
  }
}
