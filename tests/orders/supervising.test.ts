/** Supervision in three levels: who has a unit answer, what becomes of silence, what rises by itself, and what was seen at the place. */
import { describe, expect, it } from 'vitest'
import {
  type Command,
  dueAt,
  levelOfInstruction,
  type NewOrder,
  reviewDueAt,
} from '../../src/orders/index.ts'
import { openInstruction } from '../../src/orders/supervising/instruction.ts'
import { readLevels, writeLevels } from '../../src/orders/supervising/levels.ts'
import { nextMarkAt } from '../../src/orders/warn.ts'
import {
  calendar,
  coldRadiators,
  dayMs,
  dispatcher,
  hourMs,
  house,
  inMemory,
  mondayMs,
  seat,
  shippedRules,
  supervisor,
  unit,
} from './rules-house.ts'

const rules = await shippedRules()
const heating = unit('heating')
const street = unit('street')
const refused = (code: string) => expect.objectContaining({ code })
const demand: NewOrder = { ...coldRadiators, urgency: 'general' }
const instruct = (level: 'street' | 'district' | 'city'): Command => ({
  do: 'instruct',
  level,
  words: '请说明进展',
})
const answer: Command = { do: 'answer-instruction', words: '今天维修，明天回复', pieces: [] }
const openOf = (one: ReturnType<typeof inMemory>) => openInstruction(one.order().instructions)

describe('an instruction', () => {
  it('is issued at its level by the people of that level, and to the unit that has the order', () => {
    const one = inMemory(rules, demand)
    expect(() => one.act(instruct('city'), dispatcher, mondayMs)).toThrow(refused('role-wrong'))
    expect(() => one.act(instruct('street'), seat, mondayMs)).toThrow(refused('role-wrong'))
    expect(() => one.act(instruct('street'), heating, mondayMs)).toThrow(refused('role-wrong'))
    const { notices } = one.act(instruct('street'), dispatcher, mondayMs)
    expect(notices).toEqual([
      { kind: 'instructed', to: 'unit', level: 'street' },
      { kind: 'instructed', to: 'street', level: 'street' },
    ])
    expect(levelOfInstruction(one.order())).toBe(1)
    // Another of the same level waits for the first; one of a level above takes its place.
    expect(() => one.act(instruct('street'), supervisor, mondayMs)).toThrow(refused('instruction-open'))
    one.act(instruct('city'), supervisor, mondayMs + hourMs)
    expect(one.order().instructions).toMatchObject([
      { level: 'street', outcome: 'raised', unit: 'heating', clock: { doneAtMs: mondayMs + hourMs } },
      { level: 'city', clock: { startMs: mondayMs + hourMs } },
    ])
  })

  it('may be issued by the street and the district where the order is, and by no other', async () => {
    const area = { district: '朝阳区', street: '望京街道' }
    const units = new Map(rules.units)
    units.set('street', { ...units.get('street')!, area })
    units.set('housing', { ...units.get('housing')!, area: { district: area.district } })
    const own = { ...rules, units }
    const one = inMemory(own, { ...demand, ...area, copies: ['housing', 'street'] })
    expect(() => one.act(instruct('district'), street, mondayMs)).toThrow(refused('role-wrong'))
    one.act(instruct('street'), street, mondayMs)
    one.act(instruct('district'), unit('housing'), mondayMs + 1)
    expect(() => one.act(instruct('city'), unit('housing'), mondayMs + 2)).toThrow(refused('role-wrong'))
    const elsewhere = inMemory(own, { ...demand, district: '海淀区', copies: ['housing'] })
    expect(() => elsewhere.act(instruct('district'), unit('housing'), mondayMs)).toThrow(
      refused('role-wrong'),
    )
  })

  it('is answered once, by the unit that has the order, with files that the order shows', () => {
    const one = inMemory(rules, demand)
    expect(() => one.act(answer, heating, mondayMs)).toThrow(refused('instruction-none'))
    one.act(instruct('street'), supervisor, mondayMs)
    expect(() => one.act(answer, supervisor, mondayMs)).toThrow(refused('role-wrong'))
    expect(() => one.act({ ...answer, pieces: ['0'.repeat(64)] }, heating, mondayMs)).toThrow(
      refused('evidence-unknown'),
    )
    const { notices } = one.act(answer, heating, mondayMs + hourMs)
    expect(notices).toEqual([{ kind: 'instruction-answered', to: 'street', level: 'street' }])
    expect(one.order().instructions).toMatchObject([{ outcome: 'answered', answerSeq: 3, unit: 'heating' }])
    expect(() => one.act(answer, heating, mondayMs + hourMs)).toThrow(refused('instruction-none'))
    expect(levelOfInstruction(one.order())).toBe(0)
  })

  it('goes with the order to another unit, ends with a closing, and is taken back by who might issue it', () => {
    const one = inMemory(rules, demand)
    one.act(instruct('street'), supervisor, mondayMs)
    one.act({ do: 'appoint', target: 'street', words: '' }, supervisor, mondayMs)
    expect(() => one.act(answer, heating, mondayMs)).toThrow(refused('order-of-another-unit'))
    one.act(answer, street, mondayMs)
    one.act(instruct('city'), supervisor, mondayMs)
    expect(() => one.act({ do: 'end-instruction', words: '' }, dispatcher, mondayMs)).toThrow(
      refused('role-wrong'),
    )
    one.act({ do: 'end-instruction', words: '误发' }, supervisor, mondayMs)
    expect(() => one.act({ do: 'end-instruction', words: '' }, supervisor, mondayMs)).toThrow(
      refused('instruction-none'),
    )
    one.act({ do: 'sign' }, street, mondayMs)
    one.act(instruct('street'), supervisor, mondayMs)
    one.act({ do: 'close', result: 'solved', words: '已修好', evidence: ['x'] }, street, mondayMs)
    expect(one.order().instructions.map(({ outcome }) => outcome)).toEqual(['answered', 'ended', 'closed'])
    expect(() => one.act(instruct('street'), supervisor, mondayMs)).toThrow(refused('order-stage'))
  })

  it('that nobody answers reminds its unit, and rises at its exact end from level to level; above the city there is nobody', () => {
    const one = inMemory(rules, demand)
    one.act(instruct('street'), dispatcher, mondayMs)
    const tick = (atMs: number) =>
      one.act({ do: 'tick' }, house, atMs).notices.filter(({ kind }) => kind !== 'warning')
    expect(nextMarkAt(one.order(), calendar)).toBe(mondayMs + 18 * hourMs)
    expect(tick(mondayMs + 18 * hourMs - 1)).toEqual([])
    expect(tick(mondayMs + 18 * hourMs)).toEqual([
      { kind: 'instruction-waits', to: 'unit', level: 'street', percent: 75 },
    ])
    expect(tick(mondayMs + dayMs - 1)).toEqual([])
    expect(tick(mondayMs + dayMs)).toEqual([
      { kind: 'instructed', to: 'unit', level: 'district' },
      { kind: 'instructed', to: 'district', level: 'district' },
    ])
    expect(openOf(one)).toMatchObject({ level: 'district', because: 'unanswered', words: '请说明进展' })
    expect(nextMarkAt(one.order(), calendar)).toBe(mondayMs + dayMs + 18 * hourMs)
    tick(mondayMs + 2 * dayMs)
    expect(openOf(one)?.level).toBe('city')
    tick(mondayMs + 2 * dayMs + 18 * hourMs)
    expect(tick(mondayMs + 3 * dayMs)).toEqual([
      { kind: 'instruction-waits', to: 'unit', level: 'city', percent: 100 },
      { kind: 'instruction-waits', to: 'city', level: 'city', percent: 100 },
    ])
    expect(tick(mondayMs + 3 * dayMs + hourMs)).toEqual([])
    expect(openOf(one)?.level).toBe('city')
    one.act(answer, heating, mondayMs + 4 * dayMs)
    expect(one.events.filter(({ kind }) => kind === 'instructed').map(({ by }) => by.role)).toEqual([
      'dispatcher',
      'house',
      'house',
    ])
  })
})

describe('an order that rises by itself', () => {
  const reopen = (one: ReturnType<typeof inMemory>, cycle: number) => {
    one.act({ do: 'close', result: 'solved', words: '', evidence: ['x'] }, heating, mondayMs)
    one.act({ do: 'answer', cycle, solved: 'no' }, house, mondayMs)
  }

  it('was opened again three times: its unit has to answer to the district', () => {
    const one = inMemory(rules, demand)
    one.act({ do: 'sign' }, heating, mondayMs)
    reopen(one, 1)
    reopen(one, 2)
    expect(openOf(one)).toBeUndefined()
    reopen(one, 3)
    expect(openOf(one)).toMatchObject({ level: 'district', because: 'redone' })
    expect(one.events.at(-1)).toMatchObject({ kind: 'instructed', by: house })
  })

  it('was at three units, and none leads', () => {
    const one = inMemory(rules, demand)
    const give = (by: string, target: string) => {
      one.act({ do: 'return', ground: 'not-our-duty', target, words: '' }, unit(by), mondayMs)
      one.act({ do: 'decide-return', outcome: 'upheld', words: '' }, dispatcher, mondayMs)
    }
    give('heating', 'street')
    expect(openOf(one)).toBeUndefined()
    give('street', 'housing')
    expect(openOf(one)).toMatchObject({ level: 'district', because: 'unled' })
    // It says so once; whoever answers has answered.
    one.act(answer, unit('housing'), mondayMs)
    expect(openOf(one)).toBeUndefined()
  })

  it('is late, where the city has that issue an instruction, and one that waits at the same level stays', () => {
    const late = { ...rules, levels: { ...rules.levels, late: ['street', 'city'] as const } }
    const one = inMemory(late, demand)
    one.act({ do: 'sign' }, heating, mondayMs)
    one.act({ do: 'tick' }, house, mondayMs + 7 * dayMs)
    expect(openOf(one)).toMatchObject({ level: 'street', because: 'late' })
    one.act(answer, heating, mondayMs + 7 * dayMs)
    one.act({ do: 'tick' }, house, mondayMs + 10.5 * dayMs)
    expect(openOf(one)).toBeUndefined()
    one.act({ do: 'tick' }, house, mondayMs + 14 * dayMs)
    expect(openOf(one)).toMatchObject({ level: 'city', because: 'late' })
  })
})

describe('a look at the place', () => {
  const seen: Command = {
    do: 'check-site',
    visitedAtMs: mondayMs + hourMs,
    visitors: '街道 李工、热力 王工',
    verdict: 'refuted',
    words: '管线在小区红线内',
    pieces: [],
  }

  it('is asked for by the centre, has a clock, and is written down with who came and what was seen', () => {
    const one = inMemory(rules, demand)
    expect(() => one.act(seen, supervisor, mondayMs + hourMs)).toThrow(refused('site-none'))
    expect(() => one.act({ do: 'ask-site', words: '' }, heating, mondayMs)).toThrow(refused('role-wrong'))
    one.act({ do: 'ask-site', words: '请三方到场' }, dispatcher, mondayMs)
    expect(() => one.act({ do: 'ask-site', words: '' }, dispatcher, mondayMs)).toThrow(refused('site-open'))
    const clock = one.order().clocks.find(({ name }) => name === 'site')!
    expect(dueAt(clock, calendar)).toBe(mondayMs + 2 * dayMs)
    // It is no return: nothing waits for a decision, and signing does not end it.
    expect(reviewDueAt(one.order(), calendar)).toBeUndefined()
    one.act({ do: 'sign' }, heating, mondayMs)
    expect(() =>
      one.act({ ...seen, visitedAtMs: mondayMs + 3 * hourMs }, supervisor, mondayMs + 2 * hourMs),
    ).toThrow(refused('site-time'))
    expect(() =>
      one.act({ ...seen, visitedAtMs: mondayMs - dayMs }, supervisor, mondayMs + 2 * hourMs),
    ).toThrow(refused('site-time'))
    const file = { hash: 'a'.repeat(64), name: '现场.jpg', type: 'image/jpeg', bytes: 9 }
    one.act({ do: 'show-evidence', pieces: [file] }, supervisor, mondayMs + hourMs)
    one.act({ ...seen, pieces: [file.hash] }, supervisor, mondayMs + 2 * hourMs)
    expect(one.order().siteChecks).toMatchObject([
      { seq: 2, doneAtMs: mondayMs + 2 * hourMs, seen: { seq: 5, verdict: 'refuted' } },
    ])
    expect(one.order().evidence).toMatchObject([{ hash: file.hash, site: 5 }])
    expect(one.order().clocks.find(({ name }) => name === 'site')?.doneAtMs).toBe(mondayMs + 2 * hourMs)
  })

  it('of a return has the centre decide again, within a limit; deciding without it ends it', () => {
    const returned = () => {
      const one = inMemory(rules, demand)
      one.act({ do: 'return', ground: 'not-our-duty', target: 'street', words: '' }, heating, mondayMs)
      one.act({ do: 'decide-return', outcome: 'site', words: '到现场看' }, supervisor, mondayMs)
      return one
    }
    const one = returned()
    expect(reviewDueAt(one.order(), calendar)).toBe(mondayMs + 2 * dayMs)
    one.act(seen, supervisor, mondayMs + hourMs)
    expect(reviewDueAt(one.order(), calendar)).toBe(mondayMs + hourMs + dayMs)
    one.act({ do: 'decide-return', outcome: 'upheld', words: '' }, supervisor, mondayMs + 2 * hourMs)
    expect(one.order().unit).toBe('street')
    const other = returned()
    other.act({ do: 'decide-return', outcome: 'refused', words: '' }, supervisor, mondayMs + hourMs)
    expect(other.order().siteChecks).toMatchObject([{ doneAtMs: mondayMs + hourMs }])
    expect(other.order().siteChecks[0]).not.toHaveProperty('seen')
  })

  it('shows photos of a closed order, too, while somebody is to look; no unit adds any then', () => {
    const one = inMemory(rules, demand)
    const file = { hash: 'b'.repeat(64), name: '现场.jpg', type: 'image/jpeg', bytes: 9 }
    one.act({ do: 'sign' }, heating, mondayMs)
    one.act({ do: 'close', result: 'solved', words: '', evidence: ['x'] }, heating, mondayMs)
    const show: Command = { do: 'show-evidence', pieces: [file] }
    expect(() => one.act(show, supervisor, mondayMs)).toThrow(refused('order-stage'))
    one.act({ do: 'ask-site', words: '' }, supervisor, mondayMs)
    expect(() => one.act(show, heating, mondayMs)).toThrow(refused('order-stage'))
    one.act(show, supervisor, mondayMs + hourMs)
    one.act({ ...seen, pieces: [file.hash] }, supervisor, mondayMs + hourMs)
    expect(one.order().stage).toBe('closed')
  })
})

describe('the rules of the levels', () => {
  it('are those that are shipped where a city has written none, and are written as they are read', () => {
    expect(readLevels('{}', 'levels.json')).toEqual(rules.levels)
    const written = JSON.stringify(writeLevels(rules.levels))
    expect(readLevels(written, 'levels.json')).toEqual(rules.levels)
  })

  it.each([
    ['{"street":{"issuers":["seat"]}}', 'one of dispatcher, supervisor, street, district'],
    ['{"street":{"issuers":[]}}', '1'],
    ['{"city":{"limit":{"urgent":{"hours":0}}}}', 'a number above 0'],
    ['{"problems":{"redone":0}}', '1'],
    ['{"late":["county"]}', 'one of street, district, city'],
  ])('are refused with their place: %s', (text, expected) => {
    expect(() => readLevels(text, 'levels.json')).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(new RegExp(`levels.json.*${expected}`, 's')),
      }),
    )
  })
})
