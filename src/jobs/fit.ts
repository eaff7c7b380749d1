import PgBoss from 'pg-boss'
import { Fault } from '../foundation/index.ts'

/** The parts of pg-boss's private SQL that we replace: the order of claims, the time, and which tries a statement ends. */
export const byAge = 'ORDER BY priority desc, created_on, id'
export const itsTime = 'now()'
export const anyActive = "AND state = 'active'"
export const anyUnfinished = "AND state < 'completed'"

/** What each statement must contain for our replacements to be right. Another release may word them differently. */
const wanted = {
  claim: [byAge, 'start_after < now()', 'started_on = now()'],
  // The date that we pass is read as a date, not as an interval from the database's time.
  enqueue: ["WHEN right($5, 1) = 'Z' THEN CAST($5 as timestamp with time zone)"],
  complete: ['completed_on = now()', anyActive, 'SELECT COUNT(*) FROM results'],
  fail: ['now() + retry_delay', 'completed_on', anyUnfinished, 'SELECT COUNT(*) FROM results'],
  expire: ['BEGIN;', '(started_on + expire_in) < now()', 'COMMIT;'],
  archive: ['BEGIN;', 'completed_on < (now() - interval', 'COMMIT;'],
  drop: ['BEGIN;', 'archived_on < (now() - interval', 'COMMIT;'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type BossTexts = Readonly<Record<keyof typeof wanted, string>>

/** Other ways of asking for the time: a statement with one would follow the database's clock unnoticed by any test. */
const otherTime = /\b(?:current_timestamp|localtimestamp|(?:clock|statement|transaction)_timestamp)\b/i

/** @throws Fault `boss-changed` if the SQL does not have the expected shape, since jobs would then be claimed wrongly and silently */
export function refuseUnfit(texts: BossTexts): void {
  for (const [statement, text] of Object.entries(texts)) {
    const lacks = wanted[statement as keyof BossTexts].find(part => !text.includes(part))
    const time = otherTime.exec(text)?.[0]
    if (lacks !== undefined || time !== undefined)
      throw new Fault({
        code: 'boss-changed',
        place: `pg-boss, the statement to ${statement}`,
        found: lacks === undefined ? `"${time}"` : `no "${lacks}"`,
        expected: 'the SQL of the release that package-lock.json names: install that one (npm ci)',
      })
  }
}

/** The statements of the installed pg-boss, recorded by running it against a fake database. */
export async function textsOfBoss(): Promise<BossTexts> {
  const texts: string[] = []
  const db: PgBoss.Db = {
    async executeSql(text) {
      texts.push(text)
      return { rows: [{ id: '', count: '0' }] }
    },
  }
  const boss = new PgBoss({ db, supervise: false, schedule: false })
  await boss.fetch('any', { includeMetadata: true })
  await boss.send('any', {}, { startAfter: new Date(0) })
  await boss.complete('any', 'id')
  await boss.fail('any', 'id')
  await boss.maintain()
  const [claim = '', enqueue = '', complete = '', fail = '', expire = '', archive = '', drop = ''] = texts
  return { claim, enqueue, complete, fail, expire, archive, drop }
}
