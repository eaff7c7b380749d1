/** The ladder as it is kept: two at once, what a person's data is, and how it goes. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Callers, callerMigrations, createCallers } from '../../src/callers/index.ts'
import { createManualClock, silentLog, systemClock } from '../../src/foundation/index.ts'
import { type Database, migrate, openDatabase } from '../../src/storage/index.ts'

const number = '+8613800138000'
const dayMs = 86_400_000

describe('a caller on the ladder', () => {
  let database: Database
  let callers: Callers
  const clock = createManualClock(Date.UTC(2026, 0, 5, 2))
  beforeAll(async () => {
    database = await openDatabase({ clock: systemClock, log: silentLog })
    await migrate(database, callerMigrations)
    callers = createCallers({ database, clock, log: silentLog })
  })
  afterAll(async () => {
    await callers.close()
    await database.close()
  })

  const take = (step: 'dissuade' | 'explain' | 'warn' | 'restrict', fact: string, by = 's1') =>
    callers.ladder.take(
      number,
      { step, facts: [fact], words: '骂人', days: step === 'restrict' ? 7 : undefined },
      by,
    )

  it('is led up step by step, each on something new, and two who take one at once are told', async () => {
    await expect(take('explain', 'call_1')).rejects.toMatchObject({
      code: 'ladder-step',
      expected: 'dissuade',
    })
    const both = await Promise.allSettled([take('dissuade', 'call_1'), take('dissuade', 'call_2', 's2')])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const [first] = (await callers.ladder.of(number)).steps
    await expect(take('explain', first?.facts[0] ?? '')).rejects.toMatchObject({ code: 'ladder-facts' })
    await take('explain', 'call_3')
    await take('warn', 'call_4')
    expect(await callers.ladder.isRestricted(number)).toBe(false)
  })

  it('is restricted by two, appeals once, and a third decides; meanwhile it rests', async () => {
    const { steps } = await take('restrict', 'call_5', 'li')
    const id = steps.at(-1)?.id ?? ''
    const decide = (by: string, agreed: boolean) =>
      callers.ladder.decide(id, { agreed, words: '录音已听' }, by)
    expect(await callers.ladder.isRestricted(number)).toBe(false)
    await expect(decide('li', true)).rejects.toMatchObject({ code: 'ladder-alone' })
    await decide('zhao', true)
    expect(await callers.ladder.isRestricted(number)).toBe(true)
    expect(await callers.ladder.isRestricted('')).toBe(false)
    expect((await callers.ladder.list()).callers).toMatchObject([
      { number, restrictedUntilMs: clock.now() + 7 * dayMs },
    ])
    await callers.ladder.appeal(id, '不是我打的', 's1')
    expect(await callers.ladder.isRestricted(number)).toBe(false)
    for (const by of ['li', 'zhao', 's1'])
      await expect(decide(by, false)).rejects.toMatchObject({ code: 'ladder-alone' })
    await decide('qian', false)
    expect(await callers.ladder.isRestricted(number)).toBe(true)
    await expect(callers.ladder.appeal(id, '再申诉', 's1')).rejects.toMatchObject({ code: 'ladder-decided' })
    await clock.advance(7 * dayMs)
    expect(await callers.ladder.isRestricted(number)).toBe(false)
    expect((await callers.ladder.of(number)).next).toBe('warn')
  })

  it('is nobody’s while the database does not answer: whoever asks for a person is not kept', async () => {
    const silent: Database = { ...database, query: () => new Promise(() => undefined) }
    const other = createCallers({ database: silent, clock, log: silentLog })
    const asked = other.ladder.isRestricted(number)
    await clock.advance(200)
    expect(await asked).toBe(false)
  })

  it('is exported and forgotten as a person is', async () => {
    const forgetter = callers.forgetters.find(({ name }) => name === 'caller_steps')
    const person = { forms: [number], calls: [], orders: [], digits: '' }
    const exported = await forgetter?.export?.(person as never)
    expect(exported).toHaveLength(4)
    await forgetter?.forget?.(person as never, person as never)
    expect(await callers.ladder.of(number)).toMatchObject({ steps: [], next: 'dissuade' })
  })
})
