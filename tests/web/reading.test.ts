/** What was heard, as it is read line by line and taken into a form. */
import { describe, expect, it } from 'vitest'
import type { Offering } from '../../src/http/contract.ts'
import { doubtsOf, missingOf } from '../../src/web/seat/asking.ts'
import { toSend, withDrafted } from '../../src/web/seat/drafted.ts'
import { nothingRead, readAs, windowOf } from '../../src/web/seat/reading.ts'
import { corrected, offered, standingOf, takenInto, takenOf, writtenTaken } from '../../src/web/seat/take.ts'

const line = (id: number, text: string, isSettled = true) => ({ id, text, isSettled })
const said = (field: Offering['field'], value: string, at = 1, words = value): Offering => ({
  field,
  value,
  words,
  line: at,
  from: 0,
})
const none = { proposals: [], emergencies: [] }
const nothingDropped = { dropped: new Set<string>(), number: '' }

describe('a call that is read as it is told', () => {
  it('costs the lines that changed and the one before, however long it is', () => {
    const lines = Array.from({ length: 300 }, (_, at) => line(at + 1, `第${at + 1}句`))
    let read = nothingRead
    let asked = 0
    for (let next = windowOf(read, lines); next; next = windowOf(read, lines)) {
      expect(next.request.lines.length).toBeLessThanOrEqual(8)
      asked += next.request.lines.length
      read = readAs(read, next.fresh, none)
    }
    expect(asked).toBeLessThan(350)
    const more = [...lines, line(301, '没水')]
    expect(windowOf(read, more)?.request.lines.map(({ id }) => id)).toEqual([300, 301])
    // What the agent writes is read by itself.
    expect(windowOf(read, [line(0, '停水'), ...lines])?.request.lines).toEqual([{ id: 0, text: '停水' }])
  })

  it('is read while the agent writes: each key of theirs changes a line, too', () => {
    const heard = line(1, '有煤气味')
    for (const written of ['居', '居民', '居民反'])
      expect(windowOf(nothingRead, [line(0, written), heard])?.request.lines).toEqual([
        { id: 1, text: '有煤气味' },
      ])
    const read = readAs(nothingRead, [heard], none)
    expect(windowOf(read, [line(0, '居民反'), heard])?.request.lines).toEqual([{ id: 0, text: '居民反' }])
  })

  it('forgets what a line said before it was put right, and keeps what others say', () => {
    const [one, two] = [line(1, '室温十四度'), line(2, '住望京街道')]
    const first = readAs(nothingRead, [one, two], {
      proposals: [said('temperature', '14℃', 1, '十四度'), said('street', '望京街道', 2)],
      emergencies: [],
    })
    const after = readAs(first, [line(1, '室温十八度')], {
      proposals: [said('temperature', '18℃', 1, '十八度')],
      emergencies: [],
    })
    expect(after.proposals.map(({ value }) => value)).toEqual(['18℃', '望京街道'])
    const taken = [said('temperature', '14℃', 1, '十四度'), said('street', '望京街道', 2)]
    expect(corrected(taken, first)).toEqual([])
    expect(corrected(taken, after)).toEqual([taken[0]])
  })
})

describe('a proposal', () => {
  it('is written into an empty field, or after what stands there, and over nothing', () => {
    const street = { ...said('street', '望京街道'), district: '朝阳区' }
    expect(takenInto({}, street, '')).toEqual({ street: '望京街道', district: '朝阳区' })
    expect(takenInto({ street: '酒仙桥街道' }, street, '')).toEqual({})
    expect(takenInto({ district: '海淀区' }, street, '')).toEqual({})
    expect(takenInto({ matter: '没暖气' }, said('temperature', '14℃'), '温度：14℃')).toEqual({
      matter: '没暖气；温度：14℃',
    })
    expect(takenInto({ place: '望京花园' }, said('place', '3号楼'), '')).toEqual({ place: '望京花园3号楼' })
    expect(takenInto({}, said('elder', '76岁'), '')).toEqual({ elder: 'yes' })
    expect(takenInto({ number: '13900139000' }, said('phone', '13800138000'), '')).toEqual({})
  })

  it('stands as taken once the form says it, whoever wrote it', () => {
    expect(standingOf({ number: '138 0013 8000' }, said('phone', '13800138000'))).toBe('taken')
    expect(standingOf({ matter: '屋里14℃' }, said('temperature', '14℃'))).toBe('taken')
    expect(standingOf({ district: '海淀区' }, said('district', '朝阳区'))).toBe('other')
  })

  it('is offered once, never the number that rings, nor what the agent wrote where it stands', () => {
    const all = [
      said('phone', '13800138000'),
      said('plate', '京A12345', 1),
      said('plate', '京A12345', 5),
      said('since', '2026-11-28', 0),
      said('street', '望京街道', 0),
    ]
    expect(
      offered({ proposals: all }, { ...nothingDropped, number: '+8613800138000' }).map(one => [
        one.value,
        one.line,
      ]),
    ).toEqual([
      ['京A12345', 5],
      ['望京街道', 0],
    ])
    expect(
      offered({ proposals: all.slice(1, 3) }, { number: '', dropped: new Set(['plate|京A12345']) }),
    ).toEqual([])
  })

  it('is kept in the draft with its words, and read again from it', () => {
    const taken = [
      said('phone', '13800138000', 7, '138\n0013 8000'),
      said('keyword', '室温 · 14℃', 9, '室温'),
    ]
    expect(takenOf(writtenTaken(taken))).toEqual([
      { field: 'phone', value: '13800138000', line: 7, words: '138 0013 8000' },
      { field: 'keyword', value: '室温 · 14℃', line: 9, words: '室温' },
    ])
    expect(takenOf(undefined)).toEqual([])
    expect(takenOf('nonsense')).toEqual([])
  })
})

describe('what to ask next', () => {
  const object = (name: string, sure: number, ask: { is: string; ask: string }[] = []) => ({
    ...{ object: name, group: '', sure, kinds: [], why: [], form: [], unit: undefined },
    ask,
  })
  const apart = [
    { is: '物业维修', ask: '是整栋楼都没水，还是只有您一家？' },
    { is: '供水管线', ask: '路面有没有水冒出来？' },
  ]

  it('tells kinds apart only where two are likely, or none is', () => {
    const sure = { isUnsure: false, found: [object('居民供水', 0.99, apart), object('物业维修', 0.01)] }
    expect(doubtsOf(sure)).toEqual([])
    const two = { isUnsure: false, found: [object('居民供水', 0.9, apart), object('物业维修', 0.1)] }
    expect(doubtsOf(two).map(({ is }) => is)).toEqual(['物业维修'])
    expect(doubtsOf({ ...sure, isUnsure: true })).toHaveLength(2)
  })

  it('asks for what an order of the kind has to say and nobody has said', () => {
    const form = ['地址', '供热单位', '室温', '何时开始', '是否有老人小孩']
    expect(missingOf(form, {}, [])).toEqual(form)
    expect(
      missingOf(form, { place: '3号楼' }, [said('temperature', '14℃'), said('since', '2026-11-28')]),
    ).toEqual(['供热单位', '是否有老人小孩'])
    expect(missingOf(['问题', '户籍'], { matter: '养老金认证怎么办' }, [])).toEqual(['户籍'])
  })
})

describe('what a language model drafted', () => {
  const lines = [line(1, '停水三天了'), line(2, '整栋楼都没水')]
  const summary: Offering = { ...said('summary', '停水三天', 1, '停水三天'), isDrafted: true }
  const read = { ...nothingRead, proposals: [said('keyword', '停水', 1)] }

  it('comes first, beside what was read; the same twice is what was read', () => {
    const twice: Offering = { ...said('keyword', '停水', 1), isDrafted: true }
    expect(withDrafted(read, [summary, twice], lines).proposals).toEqual([summary, ...read.proposals])
    expect(withDrafted(read, [], lines)).toBe(read)
  })

  it('is offered no more once a caption says it no longer, and is taken into an empty matter as it stands', () => {
    expect(withDrafted(read, [summary], [line(1, '停水两天了')])).toBe(read)
    expect(takenInto({}, summary, summary.value)).toEqual({ matter: '停水三天' })
    expect(takenInto({ matter: '没水' }, summary, summary.value)).toEqual({ matter: '没水；停水三天' })
  })

  it('is asked of no more than is read', () => {
    const long = Array.from({ length: 500 }, (_, at) => line(at + 1, at % 2 === 0 ? ' ' : '水'.repeat(100)))
    const sent = toSend([...long, line(501, '长'.repeat(2_000))])
    expect(sent.map(({ text }) => text).join('').length).toBe(6_000)
    expect(sent.every(one => Object.keys(one).join() === 'id,text')).toBe(true)
  })
})
