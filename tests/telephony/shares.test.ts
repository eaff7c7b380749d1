import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Asker, createShares } from '../../src/telephony/shares.ts'

const rules = { most: 20, sourcePercent: 25, networkPercent: 50, reservePercent: 20 }
const minute = 60_000

function open(changes: Partial<typeof rules> = {}) {
  let now = 0
  const shares = createShares({ ...rules, ...changes }, () => now)
  return {
    ...shares,
    pass: (ms: number) => {
      now += ms
    },
    take(asker: Asker) {
      const taken = shares.take(asker)
      return 'refusal' in taken ? taken.refusal : taken.give
    },
  }
}
/** How many of so many get a line. */
const taken = (shares: ReturnType<typeof open>, askers: readonly Asker[]) =>
  askers.map(asker => shares.take(asker)).filter(got => typeof got === 'function').length
const times = (count: number, asker: (at: number) => Asker) =>
  Array.from({ length: count }, (_, at) => asker(at))
const address = (a: number, b: number): Asker => ({ source: `10.0.${a}.${b}`, network: `10.0.${a}.0/24` })

it('gives one source a quarter of the lines, however often it asks', () => {
  const shares = open()
  expect(
    taken(
      shares,
      times(30, () => ({ source: '13800138000' })),
    ),
  ).toBe(5)
  expect(shares.refused()).toEqual(new Map([['source', 25]]))
})

it('gives one neighbourhood half of them, however many addresses it has', () => {
  const shares = open()
  expect(
    taken(
      shares,
      times(60, at => address(1, at % 30)),
    ),
  ).toBe(10)
  expect(shares.take(address(2, 1))).toBeTypeOf('function')
})

it('keeps the last of them for who has none: four addresses of four networks do not fill the house', () => {
  const shares = open()
  expect(
    taken(
      shares,
      times(40, at => address(at % 4, 1)),
    ),
  ).toBe(16)
  expect(shares.isScarce()).toBe(true)
  expect(shares.take(address(0, 1))).toBe('reserve')
  expect(
    taken(
      shares,
      times(9, at => ({ source: `1380013800${at}` })),
    ),
  ).toBe(4)
  expect(shares.take({ source: '13800138009' })).toBe('lines')
})

it('gives the last ones to nobody who rings over and over', () => {
  const shares = open()
  taken(
    shares,
    times(40, at => address(at % 4, 1)),
  )
  const ringing: Asker = { source: '13800138000' }
  for (let ring = 0; ring < 3; ring++) {
    const give = shares.take(ringing)
    expect(give).toBeTypeOf('function')
    if (typeof give === 'function') give()
  }
  expect(shares.take(ringing)).toBe('reserve')
  shares.pass(minute)
  expect(shares.take(ringing)).toBeTypeOf('function')
})

it('counts those who withhold their number as many, who have half of the lines and the reserve among them', () => {
  const shares = open()
  expect(
    taken(
      shares,
      times(30, () => ({ source: 'withheld@10.0.0.1', isMany: true })),
    ),
  ).toBe(10)
})

it('takes no more pages of an address than it is told, and one call of each source in the smallest house', () => {
  expect(
    taken(
      open(),
      times(9, () => ({ ...address(1, 1), most: 3 })),
    ),
  ).toBe(3)
  const small = open({ most: 1 })
  expect(small.take({ source: '1' })).toBeTypeOf('function')
  expect(small.take({ source: '2' })).toBe('lines')
})

it('never gives more than there are, nor a share more than it is, and is empty once all is given back, twice or not', () => {
  const asker = fc.record({
    source: fc.integer({ min: 0, max: 9 }).map(String),
    network: fc.option(fc.constantFrom('a', 'b'), { nil: undefined }),
  })
  const act = fc.oneof(
    asker.map(one => ({ asks: one })),
    fc.nat().map(at => ({ gives: at })),
  )
  fc.assert(
    fc.property(fc.array(act, { maxLength: 200 }), acts => {
      const shares = open()
      const up: { readonly asker: Asker; readonly give: () => void }[] = []
      const over: number[] = []
      for (const each of acts) {
        if ('asks' in each) {
          const give = shares.take(each.asks)
          if (typeof give === 'function') up.push({ asker: each.asks, give })
        } else if (up.length > 0) {
          const [gone] = up.splice(each.gives % up.length, 1)
          gone?.give()
          gone?.give()
        }
        const most = (key: 'source' | 'network') => {
          const counts = new Map<string, number>()
          for (const { asker: one } of up) if (one[key]) counts.set(one[key], (counts.get(one[key]) ?? 0) + 1)
          return Math.max(0, ...counts.values())
        }
        if (up.length > rules.most || most('source') > 5 || most('network') > 10) over.push(up.length)
      }
      expect(over).toEqual([])
      for (const { give } of up) give()
      expect(shares.isScarce()).toBe(false)
      expect(
        taken(
          shares,
          times(20, at => ({ source: `new ${at}` })),
        ),
      ).toBe(20)
    }),
  )
})
