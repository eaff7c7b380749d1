/** pg-boss's own SQL is adapted by its text: a text that has changed is refused at the start, and not claimed wrongly. */
import { describe, expect, it } from 'vitest'
import { type BossTexts, refuseUnfit, textsOfBoss } from '../../src/jobs/fit.ts'

const changes: readonly (readonly [statement: keyof BossTexts, from: string, to: string])[] = [
  ['claim', 'ORDER BY priority desc, created_on, id', 'ORDER BY priority desc, created_on'],
  ['claim', 'start_after < now()', 'start_after < $3'],
  ['enqueue', "WHEN right($5, 1) = 'Z'", "WHEN right($6, 1) = 'Z'"],
  ['complete', 'completed_on = now()', 'completed_on = clock_timestamp()'],
  ['complete', "AND state = 'active'", "AND state < 'completed'"],
  ['fail', "AND state < 'completed'", "AND state < 'failed'"],
  ['fail', 'now() + retry_delay', 'CURRENT_TIMESTAMP + retry_delay'],
  ['expire', 'COMMIT;', ''],
  ['archive', 'now() - interval', 'localtimestamp - interval'],
  ['drop', 'archived_on', 'dropped_on'],
]

describe('the SQL of pg-boss', () => {
  it('is, of the release that is installed, what ours is made for', async () => {
    expect(() => refuseUnfit({ ...texts })).not.toThrow()
  })

  it.each(changes)('is refused by its name where the statement to %s has %j no longer', (name, from, to) => {
    expect(texts[name]).toContain(from)
    const changed = { ...texts, [name]: texts[name].replaceAll(from, to) }
    expect(() => refuseUnfit(changed)).toThrow(
      expect.objectContaining({ code: 'boss-changed', place: `pg-boss, the statement to ${name}` }),
    )
  })
})

const texts = await textsOfBoss()
