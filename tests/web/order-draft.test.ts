/** What stands in a seat's form while the house saves it, what is suggested, and what is asked of the house. */
import { describe, expect, it } from 'vitest'
import type {
  CaptionLine,
  DraftView,
  OrderSummary,
  OwnCall,
  SuggestionShown,
} from '../../src/http/contract.ts'
import { blankDraft, decided, goneFrom, savedAs, toSave, typed } from '../../src/web/seat/draft-shown.ts'
import { type HeldSuggestions, heldAfter } from '../../src/web/seat/held.ts'
import { isAnswered, lacksNumber, requestOf } from '../../src/web/seat/order-request.ts'
import { sameMatter } from '../../src/web/seat/same.ts'
import { heardBefore, personOf, sentOf } from '../../src/web/seat/sent.ts'

const draft = (
  seq: number,
  fields: DraftView['fields'],
  changedBy: DraftView['changedBy'] = {},
  contested: DraftView['contested'] = {},
): DraftView => ({
  id: 'draft_01',
  agent: 's1',
  seq,
  fields,
  changedBy,
  contested,
  files: [],
  madeAtMs: 0,
  changedAtMs: 0,
})

describe('a draft on the page', () => {
  it('keeps what is typed while it is being saved, and saves it next', () => {
    const one = typed(blankDraft, 'matter', '停')
    const sent = toSave(one)
    expect(sent).toEqual({ matter: '停' })
    const meanwhile = typed(one, 'matter', '停水')
    const after = savedAs(meanwhile, sent, { draft: draft(1, { matter: '停' }), refused: [] }, 'a')
    expect(after.fields.matter).toBe('停水')
    expect(toSave(after)).toEqual({ matter: '停水' })
    const saved = savedAs(after, toSave(after), { draft: draft(2, { matter: '停水' }), refused: [] }, 'a')
    expect([toSave(saved), saved.seq, saved.id]).toEqual([{}, 2, 'draft_01'])
  })

  it('shows both wordings where two wrote, takes in what only the other wrote, and loses neither', () => {
    const mine = typed(blankDraft, 'matter', '停电')
    const there = draft(3, { matter: '停水', place: '3号楼' }, { matter: 's2', place: 's2' })
    const both = savedAs(mine, toSave(mine), { draft: there, refused: ['matter'] }, 'a')
    expect(both.fields).toEqual({ matter: '停电', place: '3号楼' })
    expect(both.theirs).toEqual({ matter: { text: '停水', by: 's2' } })
    expect(toSave(both)).toEqual({})
    expect(toSave(decided(both, 'matter', 'mine'))).toEqual({ matter: '停电' })
    const theirs = decided(both, 'matter', 'theirs')
    expect([theirs.fields.matter, toSave(theirs)]).toEqual(['停水', {}])
  })
})

describe('two pages in one draft', () => {
  const there = draft(
    4,
    { matter: '停水' },
    { matter: 's1' },
    { matter: { text: '停电', by: 's2', page: 'b' } },
  )

  it('both see both wordings, and neither is saved over the other while somebody writes elsewhere', () => {
    const first = savedAs(
      { ...blankDraft, id: 'draft_01', seq: 3, fields: { matter: '停水' } },
      {},
      { draft: there, refused: [] },
      'a',
    )
    expect(first.theirs).toEqual({ matter: { text: '停电', by: 's2' } })
    const mine = typed(blankDraft, 'matter', '停电')
    const second = savedAs(mine, toSave(mine), { draft: there, refused: ['matter'] }, 'b')
    const more = typed(second, 'place', '3号楼')
    expect(toSave(more)).toEqual({ place: '3号楼' })
    const after = savedAs(more, toSave(more), { draft: there, refused: [] }, 'b')
    expect([after.theirs, toSave(after)]).toEqual([{ matter: { text: '停水', by: 's1' } }, {}])
    // Who was first keeps their words by saying so, or takes the others'.
    const kept = decided(first, 'matter', 'mine')
    expect([[...kept.settled], toSave(kept)]).toEqual([['matter'], {}])
    expect(toSave(decided(first, 'matter', 'theirs'))).toEqual({ matter: '停电' })
    expect(toSave(decided(after, 'matter', 'mine'))).toEqual({ matter: '停电' })
    expect([...decided(after, 'matter', 'theirs').settled]).toEqual(['matter'])
  })

  it('are told what was written elsewhere, and that it was sent there', () => {
    const before = savedAs(blankDraft, {}, { draft: draft(1, { matter: '停水' }), refused: [] }, 'a')
    expect(before.news).toBeUndefined()
    const later = draft(2, { matter: '停水三天' }, { matter: 's2' })
    expect(savedAs(before, {}, { draft: later, refused: [] }, 'a').news).toEqual({
      by: 's2',
      fields: ['matter'],
    })
    const open = typed(before, 'place', '3号楼')
    expect(goneFrom(open)).toMatchObject({ id: undefined, fields: { place: '3号楼' } })
    expect(goneFrom(open).fields.matter).toBeUndefined()
  })
})

describe('suggestions on the page', () => {
  const said = (...objects: readonly string[]): SuggestionShown => ({
    isUnsure: false,
    found: objects.map((object, at) => ({
      object,
      group: '',
      sure: 0.5 / (at + 1),
      kinds: [],
      why: [],
      ask: [],
      form: [],
    })),
  })
  const names = (held: HeldSuggestions | undefined) => held?.found.map(({ object }) => object).join('')

  it('come after 30 characters, and follow until 80', () => {
    expect(heldAfter(undefined, 29, said('甲', '乙', '丙'))).toBeUndefined()
    const one = heldAfter(undefined, 30, said('甲', '乙', '丙'))
    expect(names(one)).toBe('甲乙丙')
    expect(names(heldAfter(one, 50, said('丁', '乙', '丙')))).toBe('丁乙丙')
  })

  it('become others at most twice after 80, however often the house says something else', () => {
    let held = heldAfter(undefined, 80, said('甲', '乙', '丙'))
    const seen = new Set<string>()
    for (let length = 81; length < 600; length++) {
      held = heldAfter(held, length, said(...(length % 2 ? ['丁', '乙', '丙'] : ['甲', '丙', '乙'])))
      seen.add(`${held?.changes}`)
    }
    expect(held?.changes).toBe(2)
    expect(seen.size).toBe(3)
  })

  it('hold still, and say how sure each is now', () => {
    const held = heldAfter(undefined, 100, said('甲', '乙', '丙'))
    const fresh: SuggestionShown = { ...said('甲', '乙', '丙'), isUnsure: true }
    expect(heldAfter(held, 101, fresh)).toMatchObject({ isUnsure: true, changes: 0 })
    expect(names(heldAfter(held, 110, said('丁', '甲', '乙')))).toBe('甲乙丙')
  })

  it('stand under none that is clearly less sure, even when they hold still', () => {
    const held = heldAfter(undefined, 100, said('甲', '乙', '丙'))
    expect(names(heldAfter(held, 110, said('丙', '丁', '甲')))).toBe('丙甲乙')
    const sure = heldAfter(held, 110, said('丙', '丁', '甲'))?.found.map(one => one.sure)
    expect(sure).toEqual(sure?.toSorted((one, other) => other - one))
  })
})

describe('what was sent of a call', () => {
  const call: OwnCall = {
    id: 'call_01',
    direction: 'in',
    number: '',
    invitedAtMs: 1_000_000,
    connectedAtMs: 1_005_000,
    orders: ['2611300000001', '2611300000018'],
    sentAtMs: 1_060_000,
  }
  const line = (id: number, endMs: number): CaptionLine => ({
    id,
    who: 'citizen',
    kind: 'speech',
    text: '停水',
    settled: true,
    startMs: endMs - 1000,
    endMs,
  })

  it('leaves for the next order what was heard after it', () => {
    const lines = [line(1, 10_000), line(2, 60_000), line(3, 60_001)]
    expect([...heardBefore(lines, call)]).toEqual([1, 2])
    expect(heardBefore(lines, { ...call, orders: [], sentAtMs: undefined }).size).toBe(0)
    expect(heardBefore(lines, undefined).size).toBe(0)
  })

  it('is told with the last at the head, and once', () => {
    expect(sentOf(call, undefined)).toEqual(['2611300000018', '2611300000001'])
    expect(sentOf(call, { number: '2611300000018', how: 'made' })).toEqual(sentOf(call, undefined))
    expect(sentOf(undefined, { number: '2611300000026', how: 'added' })).toEqual(['2611300000026'])
  })
})

const summary = (more: Partial<OrderSummary>): OrderSummary => ({
  number: '2611300000001',
  stage: 'handling',
  light: 'green',
  cycle: 1,
  unit: 'heating',
  category: 'heating',
  urgency: 'livelihood',
  elder: false,
  confidential: false,
  street: '望京街道',
  matter: '停暖',
  place: '3号楼',
  rangAtMs: 0,
  changedAtMs: 0,
  ...more,
})

describe('a second order of one caller', () => {
  const of = (one: OrderSummary, kind: string | undefined, alike: readonly string[] = []) =>
    sameMatter([one], { kind, category: 'heating', alike }).length

  it('is warned of by its kind, by the category of one that has no kind, and by its words', () => {
    const one = summary({ kind: '01010101' })
    expect(of(one, '01010101')).toBe(1)
    expect(of(one, '01010102'), 'another kind of the same category').toBe(0)
    expect(of(one, '01010102', [one.number])).toBe(1)
    expect(of(one, undefined), 'nobody has said what it is').toBe(0)
    expect(of(summary({}), '01010102')).toBe(1)
    expect(of(summary({ stage: 'closed', kind: '01010101' }), '01010101', [one.number])).toBe(0)
  })

  it('is told by the same person, by a number that is not the one that rings', () => {
    const web = { id: 'call_01', direction: 'in', number: '' } as const
    const told = { order: summary({ elder: true }), name: '王女士' }
    const contact = { mode: 'unverified', number: '+8613900139000' } as const
    expect(personOf({ ...told, contact }, web)).toEqual({
      name: '王女士',
      mode: 'voice',
      number: '+8613900139000',
      elder: 'yes',
    })
    const own = { mode: 'sms', number: '+8613800138000' } as const
    expect(personOf({ ...told, contact: own }, { ...web, number: '+8613800138000' })).toEqual({
      name: '王女士',
      mode: 'sms',
      elder: 'yes',
    })
  })
})

describe('what is asked of the house', () => {
  const web = { id: 'call_01', direction: 'in', number: '' } as const

  it('says how to answer the citizen, so that nothing becomes "no contact" by itself', () => {
    const { contact, call } = requestOf({ matter: '停水' }, web, {})
    expect([contact, call]).toEqual([{ mode: 'voice', number: undefined }, 'call_01'])
    expect(lacksNumber({}, web)).toBe(true)
    expect(lacksNumber({ number: '13800138000' }, web)).toBe(false)
    expect(lacksNumber({ mode: 'none' }, web)).toBe(false)
    expect(lacksNumber({}, { ...web, number: '+8613800138000' })).toBe(false)
  })

  it('asks for whom we rang by their number, and leaves out what stands empty', () => {
    const out = { id: 'call_02', direction: 'out', number: '13800138000' } as const
    const asked = requestOf({ matter: '停水', street: ' ', elder: 'yes', number: '139 0013-9000' }, out, {})
    expect(asked).toMatchObject({ caller: '13800138000', elder: true, contact: { number: '13900139000' } })
    expect([asked.call, asked.street]).toEqual([undefined, undefined])
  })

  it('answers a consultation at once, and nothing else', () => {
    expect(isAnswered({ type: 'consultation', answer: '十一月十五日' })).toBe(true)
    expect(isAnswered({ type: 'help', answer: '十一月十五日' })).toBe(false)
    expect(requestOf({ type: 'help', answer: '…' }, web, {}).answered).toBeUndefined()
  })
})
