import { type Clock, FaultList, type Log, reasonOf } from '../foundation/index.ts'
import { type Database, follow } from '../storage/index.ts'
import { selectHolding, selectVersion } from './store.ts'
import type { RuleSubject } from './subject.ts'

/** Notification channel that tells every node that other rules are in force. */
export const usesChannel = 'rule_uses'
/** How often to ask the database, in case a notification was lost, it was away, or rules take effect at a later time. */
const askMs = 5_000

type Options = {
  readonly subjects: readonly RuleSubject[]
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
}

/**
 * Keeps this node's rules in step with the database. The rules in files hold until something is published, and while the
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
        // They were written for another build, so trying again would not help.
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
