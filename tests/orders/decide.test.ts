import { describe, expect, it } from 'vitest'
import { type Command, dueAt, lightAt, lightsOf, reviewDueAt } from '../../src/orders/index.ts'
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
const tianjin = await shippedRules('tianjin')
const heating = unit('heating')
const street = unit('street')
const close: Command = { do: 'close', result: 'solved', words: '已修好', evidence: ['照片'] }
const refused = (code: string, expected: string = expect.any(String)) =>
  expect.objectContaining({ code, expected })

function signed() {
  const one = inMemory(rules)
  one.act({ do: 'sign' }, heating, mondayMs + hourMs)
  return one
}
function closed() {
  const one = signed()
  one.act(close, heating, mondayMs + 2 * hourMs)
  return one
}

describe('an order', () => {
  it('gets its limit from its class and begins at the ring, not when it was written down', () => {
    const one = inMemory(rules, { ...coldRadiators, rangAtMs: mondayMs - 5 * 60_000 })
    const [handling] = one.order().clocks
    expect(handling && dueAt(handling, calendar)).toBe(mondayMs - 5 * 60_000 + dayMs)
  })

  it.each([
    ['an old caller', { elder: true }],
    ['what old people often raise', { category: 'old-age-allowance' }],
  ])('has 24 h to a first feedback for %s', (_, given) => {
    const one = inMemory(rules, { ...coldRadiators, ...given, urgency: 'general' })
    const lights = () => lightsOf(one.order().clocks, calendar)
    expect(lights().redAtMs).toBe(mondayMs + dayMs)
    const by = unit(one.order().unit)
    one.act({ do: 'sign' }, by, mondayMs + hourMs)
    one.act({ do: 'progress', words: '已联系', citizenKnows: false }, by, mondayMs + hourMs)
    expect(lights().redAtMs).toBe(mondayMs + dayMs)
    one.act({ do: 'progress', words: '已告知', citizenKnows: true }, by, mondayMs + 2 * hourMs)
    expect(lights().redAtMs).toBe(mondayMs + 7 * dayMs)
  })

  it.each([
    ['category-unknown', { category: 'dragons' }],
    ['unit-unknown', { unit: 'nobody' }],
    ['ring-in-future', { rangAtMs: mondayMs + hourMs }],
  ])('is refused as %s', (code, given) => {
    expect(() => inMemory(rules, { ...coldRadiators, ...given })).toThrow(refused(code))
  })
})

describe('a unit', () => {
  it('that signs first leads; the others name who helps', () => {
    const one = signed()
    expect(() => one.act({ do: 'sign' }, heating, mondayMs + hourMs)).toThrow(refused('order-stage'))
    one.act({ do: 'grant', unit: 'street', words: '管线在街道' }, heating, mondayMs + hourMs)
    one.act({ do: 'support', person: '李工', phone: '01012345678' }, street, mondayMs + hourMs)
    expect(one.order()).toMatchObject({ lead: 'heating', supports: [{ unit: 'street', person: '李工' }] })
    expect(() => one.act({ do: 'support', person: 'x', phone: '1' }, heating, mondayMs + hourMs)).toThrow(
      refused('order-led'),
    )
  })

  it.each<[string, Command]>([
    ['sign', { do: 'sign' }],
    ['return', { do: 'return', ground: 'not-our-duty', target: 'centre', words: '' }],
  ])('cannot %s an order of another', (_, command) => {
    expect(() => inMemory(rules).act(command, street, mondayMs)).toThrow(
      refused('order-of-another-unit', '"heating", which has this order'),
    )
  })

  it.each<[string, Command]>([
    ['report on', { do: 'progress', words: 'x', citizenKnows: true }],
    ['ask more time for', { do: 'ask-extension', days: 1, reason: 'x' }],
    ['close', close],
  ])('cannot %s what another leads, nor what nobody signed', (_, command) => {
    expect(() => signed().act(command, street, mondayMs + hourMs)).toThrow(refused('order-of-another-unit'))
    expect(() => inMemory(rules).act(command, heating, mondayMs)).toThrow(refused('order-unsigned'))
  })

  it('returns what it has not signed, with a ground, to a unit that it names, and no clock of the citizen stops', () => {
    const one = inMemory(tianjin, { ...coldRadiators, urgency: 'general' })
    const target = { do: 'return', ground: 'not-our-duty', words: '不在供热范围' } as const
    const before = one.order().clocks.find(({ name }) => name === 'handling')
    one.act({ ...target, target: 'street' }, heating, mondayMs + hourMs)
    // It stays where it is until the centre has decided, within a working day; whoever answered need not sign meanwhile.
    expect(one.order()).toMatchObject({ stage: 'waiting', unit: 'heating', returns: 1 })
    const clock = (name: string) => one.order().clocks.find(other => other.name === name)
    expect(clock('sign')?.doneAtMs).toBe(mondayMs + hourMs)
    expect(clock('review')).toMatchObject({
      startMs: mondayMs + hourMs,
      limit: { measure: 'working', ms: dayMs },
    })
    expect(() => one.act({ ...target, target: 'centre' }, heating, mondayMs + hourMs)).toThrow(
      refused('return-refused', 'one at a time'),
    )
    const decide = { do: 'decide-return', outcome: 'upheld', words: '是街道的' } as const
    expect(() => one.act(decide, heating, mondayMs + 2 * hourMs)).toThrow(refused('role-wrong'))
    one.act(decide, dispatcher, mondayMs + 2 * hourMs)
    expect(one.order()).toMatchObject({ stage: 'waiting', unit: 'street', appointed: false })
    expect(one.order().clocks).toContainEqual(before)
    // The next unit has its own time to sign.
    expect(clock('sign')?.startMs).toBe(mondayMs + 2 * hourMs)
    expect(clock('review')?.doneAtMs).toBe(mondayMs + 2 * hourMs)
    expect(one.order().returnings).toMatchObject([
      { from: 'heating', target: 'street', sinceMs: mondayMs, decided: { outcome: 'upheld', to: 'street' } },
    ])
    expect(() => one.act(decide, dispatcher, mondayMs + 3 * hourMs)).toThrow(refused('return-not-asked'))
  })

  it('whose return is refused has to sign, and whoever signs while it is decided takes it back', () => {
    const back = { do: 'return', ground: 'not-our-duty', target: 'street', words: '' } as const
    const one = inMemory(tianjin, { ...coldRadiators, urgency: 'general' })
    one.act(back, heating, mondayMs + hourMs)
    one.act({ do: 'decide-return', outcome: 'refused', words: '' }, supervisor, mondayMs + 2 * hourMs)
    expect(one.order().clocks.find(({ name }) => name === 'sign')).toMatchObject({
      startMs: mondayMs + 2 * hourMs,
    })
    one.act(back, heating, mondayMs + 3 * hourMs)
    one.act({ do: 'sign' }, heating, mondayMs + 4 * hourMs)
    expect(one.order().returnings.map(({ sinceMs, decided }) => [sinceMs, decided?.outcome])).toEqual([
      [mondayMs, 'refused'],
      [mondayMs + 2 * hourMs, 'withdrawn'],
    ])
    expect(one.order()).toMatchObject({ lead: 'heating', returns: 2 })
  })

  it('is looked at on site where the centre cannot tell, within a time of its own, and once', () => {
    const one = inMemory(rules)
    one.act({ do: 'return', ground: 'not-our-duty', target: 'street', words: '' }, heating, mondayMs)
    const { notices } = one.act(
      { do: 'decide-return', outcome: 'site', words: '两家都说不是' },
      dispatcher,
      mondayMs,
    )
    expect(notices).toEqual([{ kind: 'site-check', to: 'unit' }])
    expect(one.order()).toMatchObject({ unit: 'heating', returnings: [{ siteAtMs: mondayMs }] })
    expect(reviewDueAt(one.order(), calendar)).toBe(mondayMs + 2 * dayMs)
    expect(() => one.act({ do: 'decide-return', outcome: 'site', words: '' }, dispatcher, mondayMs)).toThrow(
      refused('return-refused', 'upheld or refused'),
    )
    one.act(
      { do: 'decide-return', outcome: 'upheld', target: 'housing', words: '' },
      dispatcher,
      mondayMs + hourMs,
    )
    expect(one.order()).toMatchObject({
      unit: 'housing',
      returnings: [{ target: 'street', decided: { to: 'housing' } }],
    })
    expect(reviewDueAt(one.order(), calendar)).toBeUndefined()
  })

  it('cannot return what it signed, what it was appointed to, too late, too often, to itself or to nobody', () => {
    const back = (target: string): Command => ({ do: 'return', ground: 'not-our-duty', target, words: '' })
    expect(() => signed().act(back('street'), heating, mondayMs + hourMs)).toThrow(
      refused('return-refused', 'the first that signs leads to the end'),
    )
    const appointed = inMemory(rules)
    appointed.act({ do: 'appoint', target: 'street', words: '' }, supervisor, mondayMs)
    expect(() => appointed.act(back('heating'), street, mondayMs)).toThrow(
      refused('return-refused', 'that unit handles it'),
    )
    const one = inMemory(rules)
    expect(() => one.act(back('heating'), heating, mondayMs)).toThrow(
      refused('return-refused', 'another unit'),
    )
    expect(() => one.act(back('moon'), heating, mondayMs)).toThrow(refused('unit-unknown'))
    expect(() => one.act(back('street'), heating, mondayMs + dayMs + 1)).toThrow(
      refused('return-refused', 'one by 2026-01-06T02:00:00.000Z'),
    )
    for (const [from, to] of [
      ['heating', 'street'],
      ['street', 'centre'],
      ['centre', 'street'],
    ] as const) {
      one.act(back(to), unit(from), mondayMs)
      one.act({ do: 'decide-return', outcome: 'upheld', words: '' }, supervisor, mondayMs)
    }
    expect(one.order().appointed).toBe(true)
    expect(() => one.act(back('heating'), street, mondayMs)).toThrow(
      refused('return-refused', 'that unit handles it'),
    )
  })

  it('gets more time when a supervisor grants it, once, and within what the city allows', () => {
    const one = signed()
    expect(() => one.act({ do: 'ask-extension', days: 16, reason: 'x' }, heating, mondayMs + hourMs)).toThrow(
      refused('extension-refused', 'at most 15'),
    )
    expect(() =>
      one.act({ do: 'decide-extension', granted: true, words: '' }, supervisor, mondayMs + hourMs),
    ).toThrow(refused('extension-not-asked'))
    one.act({ do: 'ask-extension', days: 3, reason: '等配件' }, heating, mondayMs + hourMs)
    expect(lightsOf(one.order().clocks, calendar).redAtMs).toBe(mondayMs + dayMs)
    expect(() =>
      one.act({ do: 'decide-extension', granted: true, words: '' }, heating, mondayMs + hourMs),
    ).toThrow(refused('role-wrong', 'supervisor'))
    one.act({ do: 'decide-extension', granted: true, words: '同意' }, supervisor, mondayMs + hourMs)
    expect(lightsOf(one.order().clocks, calendar).redAtMs).toBe(mondayMs + 4 * dayMs)
    expect(() => one.act({ do: 'ask-extension', days: 1, reason: 'x' }, heating, mondayMs + hourMs)).toThrow(
      refused('extension-refused', 'at most 1'),
    )
  })

  it('is put right by the centre alone, with every clock as it was', () => {
    const one = inMemory(rules)
    const act = { do: 'reclassify', category: 'gas-leak', target: 'gas', words: '闻到煤气味' } as const
    expect(() => one.act(act, heating, mondayMs + hourMs)).toThrow(refused('role-wrong'))
    const lights = lightsOf(one.order().clocks, calendar)
    const { notices } = one.act(act, supervisor, mondayMs + hourMs)
    expect(notices).toEqual([{ kind: 'dispatched', to: 'unit' }])
    expect(one.order()).toMatchObject({
      category: 'gas-leak',
      unit: 'gas',
      urgency: 'livelihood',
      appointed: true,
    })
    expect(lightsOf(one.order().clocks, calendar)).toEqual(lights)
    expect(() => one.act(act, supervisor, mondayMs + hourMs)).toThrow(refused('nothing-changes'))
    // What the centre has said is not sent on.
    const back = { do: 'return', ground: 'not-our-duty', target: 'street', words: '不是' } as const
    expect(() => one.act(back, unit('gas'), mondayMs + hourMs)).toThrow(refused('return-refused'))
  })

  it('keeps its lead once it is signed, also when it is about something else', () => {
    const one = signed()
    const act = { do: 'reclassify', category: 'street-light', words: '其实是路灯' } as const
    expect(() => one.act({ ...act, target: 'street' }, supervisor, mondayMs + hourMs)).toThrow(
      refused('order-led'),
    )
    one.act(act, supervisor, mondayMs + hourMs)
    expect(one.order()).toMatchObject({ category: 'street-light', unit: 'heating', lead: 'heating' })
  })

  it('that units have sent on as often as they may is told to the centre', () => {
    const one = inMemory(rules)
    const send = (from: string, target: string) => {
      const back = { do: 'return', ground: 'not-our-duty', target, words: '不是' } as const
      const { notices } = one.act(back, unit(from), mondayMs + hourMs)
      one.act({ do: 'decide-return', outcome: 'upheld', words: '' }, supervisor, mondayMs + hourMs)
      return notices
    }
    expect(send('heating', 'street')).toHaveLength(1)
    expect(send('street', 'housing')).toHaveLength(1)
    expect(send('housing', 'heating')).toContainEqual({ kind: 'disputed', to: 'city' })
    expect(() => send('heating', 'street')).toThrow(refused('return-refused'))
  })

  it('takes what the citizen gave before a unit signs, and closes nothing with it', () => {
    const one = inMemory(rules)
    const piece = { hash: 'a'.repeat(64), name: '暖气.jpg', type: 'image/jpeg', bytes: 5 }
    one.act({ do: 'show-evidence', pieces: [piece] }, seat, mondayMs + 1)
    expect(one.order()).toMatchObject({ stage: 'waiting', evidence: [{ ...piece, cycle: 1, given: true }] })
    expect(() => one.act({ do: 'show-evidence', pieces: [piece] }, heating, mondayMs + 2)).toThrow(
      refused('order-unsigned'),
    )
    one.act({ do: 'sign' }, heating, mondayMs + 3)
    expect(() => one.act({ ...close, evidence: [] } as Command, heating, mondayMs + 4)).toThrow(
      refused('evidence-missing'),
    )
    const takeBack: Command = { do: 'withdraw-evidence', hash: piece.hash }
    expect(() => one.act(takeBack, heating, mondayMs + 5)).toThrow(refused('evidence-unknown'))
  })

  it('closes with evidence where the category wants it', () => {
    const one = signed()
    expect(() => one.act({ ...close, evidence: [] } as Command, heating, mondayMs + hourMs)).toThrow(
      refused('evidence-missing'),
    )
    expect(one.order().stage).toBe('handling')
    one.act(close, heating, mondayMs + hourMs)
    expect(one.order().stage).toBe('closed')
    expect(lightAt(lightsOf(one.order().clocks, calendar), mondayMs + 99 * dayMs)).toBe('green')
  })
})

describe('an answer', () => {
  it.each([
    [{ solved: 'no' }, 'not-solved'],
    [{ solved: 'yes', rating: 4 }, 'dissatisfied'],
    [{ rating: 5 }, 'dissatisfied'],
  ] as const)(
    '%j opens the order again as %s: same lead, old clock, and a person rings within a day',
    (given, because) => {
      const one = closed()
      const { notices } = one.act({ do: 'answer', cycle: 1, ...given }, house, mondayMs + 3 * dayMs)
      expect(one.events.at(-1)).toMatchObject({ kind: 'reopened', because })
      expect(one.order()).toMatchObject({ stage: 'handling', cycle: 2, lead: 'heating' })
      const lights = lightsOf(one.order().clocks, calendar)
      expect(lights.redAtMs).toBe(mondayMs + dayMs)
      expect(lightAt(lights, mondayMs + 3 * dayMs)).toBe('red')
      expect(notices).toEqual([
        { kind: 'reopened', to: 'unit' },
        { kind: 'reopened', to: 'street' },
      ])
      const person = one.order().clocks.find(({ name }) => name === 'person')
      expect(person && dueAt(person, calendar)).toBe(mondayMs + 4 * dayMs)
      one.act({ do: 'note-ring', words: '已回电' }, seat, mondayMs + 3 * dayMs + hourMs)
      expect(one.order().clocks.find(({ name }) => name === 'person')?.doneAtMs).toBeDefined()
    },
  )

  it.each([{ solved: 'yes', rating: 1 }, { solved: 'partly', rating: 3 }, { contacted: 'no' }] as const)(
    '%j leaves the order closed',
    given => {
      const one = closed()
      one.act({ do: 'answer', cycle: 1, ...given }, house, mondayMs + dayMs)
      expect(one.order()).toMatchObject({ stage: 'closed', cycle: 1, answers: [given] })
    },
  )

  it('about an earlier closing is kept and opens nothing', () => {
    const one = closed()
    one.act({ do: 'answer', cycle: 1, solved: 'no' }, house, mondayMs + dayMs)
    one.act({ do: 'answer', cycle: 1, solved: 'no' }, house, mondayMs + dayMs)
    one.act(close, heating, mondayMs + dayMs)
    one.act({ do: 'answer', cycle: 1, solved: 'no' }, house, mondayMs + dayMs)
    expect(one.order()).toMatchObject({ stage: 'closed', cycle: 2 })
    expect(one.order().answers).toHaveLength(3)
  })

  it('about a closing that never was is refused', () => {
    expect(() => closed().act({ do: 'answer', cycle: 2, solved: 'no' }, house, mondayMs + dayMs)).toThrow(
      refused('answer-unasked'),
    )
  })
})

describe('time', () => {
  it('tells the handler at 50 and 75 %, and three levels of supervision at 100, 150 and 200 %', () => {
    const one = signed()
    const told = [0.5, 0.75, 1, 1.5, 2].map(share => {
      const atMs = mondayMs + share * dayMs
      expect(nextMarkAt(one.order(), calendar)).toBe(atMs)
      const { notices } = one.act({ do: 'tick' }, house, atMs)
      return notices.map(notice => `${notice.to} ${notice.kind === 'warning' ? notice.percent : ''}`)
    })
    expect(told).toEqual([
      ['unit 50'],
      ['unit 75'],
      ['unit 100', 'street 100'],
      ['unit 150', 'street 150', 'district 150'],
      ['unit 200', 'street 200', 'district 200', 'city 200'],
    ])
    expect(nextMarkAt(one.order(), calendar)).toBeUndefined()
    expect(one.act({ do: 'tick' }, house, mondayMs + 3 * dayMs).happenings).toEqual([])
  })

  it('that went by while nobody looked is noted mark by mark, and told once', () => {
    const one = signed()
    const { happenings, notices } = one.act({ do: 'tick' }, house, mondayMs + dayMs)
    expect(happenings.map(happening => 'percent' in happening && happening.percent)).toEqual([50, 75, 100])
    expect(notices.map(({ to }) => to)).toEqual(['unit', 'street'])
  })

  it('that was moved back is refused with what to look at, and nothing happens', () => {
    const one = signed()
    expect(() => one.act(close, heating, mondayMs)).toThrow(
      refused('clock-moved-back', 'a clock that goes on: look at the time of this machine'),
    )
    expect(one.order().stage).toBe('handling')
    // Two nodes never agree to the millisecond: that is no reason to refuse.
    one.act(close, heating, mondayMs + hourMs - 1500)
    expect(one.order().lastAtMs).toBe(mondayMs + hourMs)
  })
})
