import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stateName } from '../../src/http/words/flows.ts'
import { chartOf, drawFlow, labelWord, layOut, readFlows } from '../../src/ivr/index.ts'
import { shipped } from './shipped.ts'
import { changed, setOf, sound } from './verify-flow.ts'

const flowNamed = (name: string) => {
  const flow = shipped.flows.get(name)
  if (!flow) throw new Error(`no flow ${name}`)
  return flow
}

describe.each([...shipped.flows.keys()])('the drawing of %s', name => {
  const drawn = drawFlow(flowNamed(name), 'zh-CN')

  it('names each state once, and marks the person', () => {
    const names = [...drawn.matchAll(/class="name">([^<]+)</g)].map(([, found]) => found)
    expect(names.sort()).toEqual(
      chartOf(flowNamed(name))
        .boxes.map(box => box.name)
        .sort(),
    )
    expect(drawn.match(/class="box person"/g)).toHaveLength(1)
  })

  it('draws each way from state to state, and no script', () => {
    expect(drawn.match(/class="way"/g)).toHaveLength(chartOf(flowNamed(name)).ways.length)
    expect(drawn).not.toMatch(/<script|NaN|undefined|href/)
  })
})

it.each([...shipped.flows.keys()])('says every state and every way of %s in Chinese', name => {
  const { boxes, ways } = chartOf(flowNamed(name))
  const said = [
    ...boxes.map(box => stateName(box.name)['zh-CN']),
    ...ways.flatMap(({ labels }) => labels.map(label => labelWord(label, 'zh-CN'))),
  ]
  expect(said.filter(words => !/\p{Script=Han}/u.test(words))).toEqual([])
})

it('has the keys on the ways, in the language asked for', () => {
  expect(drawFlow(flowNamed('after-hours'), 'zh-CN')).toContain('>不按键、按错键<')
  expect(drawFlow(flowNamed('after-hours'), 'en')).toContain('>silence, wrong key<')
  expect(drawFlow(flowNamed('hotline'), 'en')).toContain('Key 0 leads to “queue”, a person, from every state')
})

it('lets no word of a flow become markup', () => {
  const text = changed(sound, ['zh-CN: 再见。', 'zh-CN: "<script>&\\"再见"'])
  const flow = setOf(text).flows.get('sound')
  expect(flow && drawFlow(flow, 'zh-CN')).toContain('&lt;script&gt;&amp;&quot;再见')
})

const graphs = fc.integer({ min: 1, max: 14 }).chain(count =>
  fc.record({
    count: fc.constant(count),
    links: fc.array(fc.record({ from: fc.nat({ max: count - 1 }), to: fc.nat({ max: count - 1 }) }), {
      maxLength: 30,
    }),
  }),
)

it('lays out any graph: no two boxes overlap, every way ends at its boxes, all within the sheet', () => {
  fc.assert(
    fc.property(graphs, ({ count, links }) => {
      const boxes = Array.from({ length: count }, (_, id) => ({ id: `${id}`, width: 100, height: 40 }))
      const { width, height, middles, routes } = layOut(
        boxes,
        links.map(({ from, to }) => ({ from: `${from}`, to: `${to}` })),
      )
      const places = [...middles.values()]
      for (const [at, one] of places.entries())
        for (const other of places.slice(at + 1))
          expect(Math.abs(one.x - other.x) >= 100 || Math.abs(one.y - other.y) >= 40).toBe(true)
      for (const { x, y } of places) {
        expect(x).toBeGreaterThanOrEqual(50 - 1e-6)
        expect(x).toBeLessThanOrEqual(width - 50 + 1e-6)
        expect(y).toBeGreaterThanOrEqual(20)
        expect(y).toBeLessThanOrEqual(height - 20)
      }
      const isAt = (end: { x: number; y: number } | undefined, id: number) => {
        const box = middles.get(`${id}`)
        return end && box && Math.abs(end.x - box.x) <= 50.001 && Math.abs(end.y - box.y) <= 20.001
      }
      for (const [at, { from, to }] of links.entries()) {
        expect(isAt(routes[at]?.[0], from)).toBe(true)
        expect(isAt(routes[at]?.at(-1), to)).toBe(true)
      }
    }),
  )
})

it('draws two hundred states in the time that a page takes to load', () => {
  const states = Array.from(
    { length: 200 },
    (_, at) => `  s${at}:
    say: { prompt: { zh-CN: 你好。, en: Hello. }, next: ${at === 199 ? 'line' : `s${at + 1}`} }`,
  )
  const text = `${changed(sound, ['start: hello', 'start: s0'])}${states.join('\n')}\n`
  const flow = readFlows([{ path: 'long.yaml', text }]).flows.get('sound')
  expect(flow && drawFlow(flow, 'en').length).toBeGreaterThan(100_000)
})
