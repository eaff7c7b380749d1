/** What units do among themselves and with the citizen: whom they name, whom they ask, and who is told when nobody answers. */
import { describe, expect, it } from 'vitest'
import { type Command, dueAt } from '../../src/orders/index.ts'
import { warn } from '../../src/orders/warn.ts'
import {
  calendar,
  coldRadiators,
  dayMs,
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
const tianjin = await shippedRules('tianjin')
const heating = unit('heating')
const street = unit('street')
const refused = (code: string) => expect.objectContaining({ code })

function signed(given = rules) {
  const one = inMemory(given, { ...coldRadiators, urgency: 'general' })
  one.act({ do: 'sign' }, heating, mondayMs)
  return one
}
const handling = (one: ReturnType<typeof signed>) =>
  one.order().clocks.find(({ name }) => name === 'handling')

describe('a unit that is asked to help', () => {
  const grant: Command = { do: 'grant', unit: 'street', words: '请确认管线归属' }
  const answer: Command = { do: 'answer-help', words: '归街道，已协调' }

  it('has a task, a contact and a limit of its own, and the lead’s clock goes on', () => {
    const one = signed()
    const before = handling(one)
    one.act({ ...grant, hours: 6 }, heating, mondayMs)
    one.act({ do: 'grant', unit: 'housing', words: '请查房屋性质' }, supervisor, mondayMs)
    expect(() => one.act(answer, street, mondayMs + hourMs)).toThrow(refused('help-not-asked'))
    one.act({ do: 'support', person: '李工', phone: '01012345678' }, street, mondayMs + hourMs)
    one.act(answer, street, mondayMs + 2 * hourMs)
    expect(one.order().tasks).toMatchObject([
      {
        unit: 'street',
        contact: { person: '李工' },
        clock: { limit: { ms: 6 * hourMs }, doneAtMs: mondayMs + 2 * hourMs },
      },
      { unit: 'housing', clock: { limit: { ms: 3 * dayMs } } },
    ])
    expect(one.order().tasks[1]).not.toHaveProperty('contact')
    expect(handling(one)).toEqual(before)
    expect(() => one.act(answer, street, mondayMs + 3 * hourMs)).toThrow(refused('help-not-asked'))
  })

  it('and stays silent is warned as a unit is; past its limit the lead and the centre are told, too', () => {
    const one = signed()
    one.act(grant, heating, mondayMs)
    const told = (atMs: number) =>
      warn(one.order(), { atMs, calendar, rules }).notices.filter(({ kind }) => kind === 'help-warning')
    expect(told(mondayMs + 35 * hourMs)).toEqual([])
    expect(told(mondayMs + 36 * hourMs)).toEqual([
      { kind: 'help-warning', to: 'helper', unit: 'street', percent: 50 },
    ])
    const whom = (atMs: number) => told(atMs).map(({ to }) => to)
    expect(whom(mondayMs + 3 * dayMs)).toEqual(['helper', 'helper-street', 'unit', 'dispatch'])
    expect(whom(mondayMs + 5 * dayMs)).toContain('district')
    expect(whom(mondayMs + 6 * dayMs)).toContain('city')
    one.act({ do: 'tick' }, house, mondayMs + 3 * dayMs)
    // Asked anew, it is warned anew; once the order is closed, no more.
    one.act({ do: 'end-grant', unit: 'street', words: '' }, heating, mondayMs + 3 * dayMs)
    one.act(grant, heating, mondayMs + 3 * dayMs)
    expect(whom(mondayMs + 5 * dayMs)).toEqual(['helper'])
    one.act({ do: 'close', result: 'solved', words: '', evidence: ['x'] }, heating, mondayMs + 4 * dayMs)
    expect(whom(mondayMs + 9 * dayMs)).toEqual([])
  })
})

describe('a unit that asks the citizen', () => {
  const ask: Command = { do: 'ask-citizen', words: '请问几楼不热？' }

  it('has an answer within five days, while every clock goes on', () => {
    const one = signed()
    const before = one.order().clocks
    one.act(ask, heating, mondayMs)
    expect(() => one.act(ask, heating, mondayMs)).toThrow(refused('question-asked'))
    one.act({ do: 'answer-question', words: '三楼' }, seat, mondayMs + dayMs)
    expect(one.order().question).toMatchObject({ limit: { ms: 5 * dayMs }, answerSeq: 4 })
    expect(one.order().clocks).toEqual(before)
    expect(() => one.act({ do: 'answer-question', words: '四楼' }, seat, mondayMs + dayMs)).toThrow(
      refused('question-over'),
    )
    one.act(ask, heating, mondayMs + dayMs)
    const { seq } = one.order().question!
    // The link of the first question opens the second no more than a stranger's does.
    expect(() => one.act({ do: 'reply', seq: seq - 2, words: '六楼' }, house, mondayMs + dayMs)).toThrow(
      refused('question-over'),
    )
    one.act({ do: 'reply', seq, words: '五楼' }, house, mondayMs + dayMs)
    expect(one.events.at(-1)).toMatchObject({ kind: 'citizen-answered', via: 'page' })
  })

  it('is told when nobody answered, and may ask again', () => {
    const one = signed()
    one.act(ask, heating, mondayMs)
    one.act({ do: 'tick' }, house, mondayMs + 5 * dayMs - 1)
    expect(one.events.at(-1)?.kind).toBe('warned')
    const { notices } = one.act({ do: 'tick' }, house, mondayMs + 5 * dayMs)
    expect(notices).toContainEqual({ kind: 'citizen-silent', to: 'unit' })
    one.act({ do: 'tick' }, house, mondayMs + 5 * dayMs + 1)
    expect(one.events.filter(({ kind }) => kind === 'citizen-silent')).toHaveLength(1)
    one.act(ask, heating, mondayMs + 5 * dayMs + 1)
  })

  it('asks nobody whom no text reaches', () => {
    const one = inMemory(rules, { ...coldRadiators, contact: { mode: 'none' } })
    one.act({ do: 'sign' }, heating, mondayMs)
    expect(() => one.act(ask, heating, mondayMs)).toThrow(refused('question-unreachable'))
  })
})

describe('an order within its unit', () => {
  it('is given to one of its people, and to nobody once another unit has it', () => {
    const one = inMemory(rules)
    one.act({ do: 'assign', person: '王师傅' }, heating, mondayMs)
    expect(one.order().assignee).toBe('王师傅')
    expect(() => one.act({ do: 'assign', person: '王师傅' }, heating, mondayMs)).toThrow(
      refused('nothing-changes'),
    )
    expect(() => one.act({ do: 'assign', person: 'x' }, street, mondayMs)).toThrow(
      refused('order-of-another-unit'),
    )
    one.act({ do: 'appoint', target: 'street', words: '' }, supervisor, mondayMs)
    expect(one.order().assignee).toBeUndefined()
  })

  it.each([
    ['within the time to sign, where the city sets one', tianjin, 1, dayMs],
    ['before it had to be closed, where it sets none', rules, 0, 7 * dayMs],
  ])('that nobody signed %s is an alarm to the person in charge', (_, given, clock, lateMs) => {
    const one = inMemory(given, { ...coldRadiators, urgency: 'general' })
    const due = dueAt(one.order().clocks[clock]!, calendar)
    expect(due).toBe(mondayMs + lateMs)
    const { notices } = one.act({ do: 'tick' }, house, due)
    expect(notices).toEqual(['unit', 'dispatch', 'street'].map(to => ({ kind: 'unsigned', to })))
  })

  it('that lies at the centre for its word on a return is no silence of its unit', () => {
    const one = inMemory(tianjin, { ...coldRadiators, urgency: 'general' })
    one.act({ do: 'return', ground: 'not-our-duty', target: 'street', words: '' }, heating, mondayMs + hourMs)
    const { notices } = one.act({ do: 'tick' }, house, mondayMs + dayMs)
    expect(notices).toEqual([{ kind: 'warning', to: 'dispatch', percent: 75, clock: 'review' }])
  })
})
