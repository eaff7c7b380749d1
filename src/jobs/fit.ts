import PgBoss from 'pg-boss'
import { Fault } from '../foundation/index.ts'

/** What of pg-boss's private SQL we put our own in the place of: the order of its claims, its time, and whose job it ends. */
export const byAge = 'ORDER BY priority desc, created_on, id'
export const itsTime = 'now()'
export const anyActive = "AND state = 'active'"
export const anyUnfinished = "AND state < 'completed'"

/** What each of its statements has to say for that to come out right; another release may say it otherwise. */
const wanted = {
  claim: [byAge, 'start_after < now()', 'started_on = now()'],
  // Our date goes in as a date, not as an interval from its own time.
  enqueue: ["WHEN right($5, 1) = 'Z' THEN CAST($5 as timestamp with time zone)"],
  complete: ['completed_on = now()', anyActive, 'SELECT COUNT(*) FROM results'],
  fail: ['now() + retry_delay', 'completed_on', anyUnfinished, 'SELECT COUNT(*) FROM results'],
  expire: ['BEGIN;', '(started_on + expire_in) < now()', 'COMMIT;'],
  archive: ['BEGIN;', 'completed_on < (now() - interval', 'COMMIT;'],
  drop: ['BEGIN;', 'archived_on < (now() - interval', 'COMMIT;'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type BossTexts = Readonly<Record<keyof typeof wanted, string>>

/** A statement that asked the time in another way would go by the database's clock, and no test would tell. */
const otherTime = /\b(?:current_timestamp|localtimestamp|(?:clock|statement|transaction)_timestamp)\b/i

/** @throws Fault `boss-changed` for SQL of another shape than ours is made for: jobs would be claimed wrongly, in silence. */
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

/** What the pg-boss that is installed asks of a database, read by asking a database that is none. */
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
