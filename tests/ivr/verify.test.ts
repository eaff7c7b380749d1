import { describe, expect, it } from 'vitest'
import { type Flow, type FlowSet, proveFlows, samplesOf, tellPath, verify } from '../../src/ivr/index.ts'
import { brokenRules, changed, failuresOf, setOf, sound } from './verify-flow.ts'

it('proves a flow that keeps every rule', () => {
  expect(failuresOf(verify(setOf(sound)))).toEqual([])
})

const word = '      full: word\n      failed: word'
const elder = changed(
  sound,
  ['audience: general', 'audience: elder'],
  ['200', '140'],
  ['patience: 5s', 'patience: 8s'],
  ['结束请按9。', ''],
  [', 9: bye', ''],
  ['  bye:\n    hangup: { because: chosen }\n', ''],
)

describe('refuses', () => {
  it.each([
    ['nobody-is-hung-up-on', 'a silence that hangs up', changed(sound, ['silence: line', 'silence: bye'])],
    ['nobody-is-hung-up-on', 'a key that says that all is done', changed(sound, ['9: bye', '9: thanks'])],
    ['nobody-is-hung-up-on', 'a full queue that hangs up', changed(sound, ['full: word', 'full: sorry'])],
    [
      'nothing-goes-round',
      'a full queue that leads to the queue',
      changed(sound, [word, '      full: line\n      failed: word']),
    ],
    ['every-state-is-reached', 'a state that nothing leads to', changed(sound, ['9: bye', '9: line'])],
    [
      'every-language-is-spoken',
      'an English prompt in Chinese',
      changed(sound, ['en: Please speak.', 'en: 请讲。']),
    ],
    [
      'elder-pace',
      'haste with elder callers',
      changed(elder, ['syllablesPerMinute: 140', 'syllablesPerMinute: 180']),
    ],
    ['elder-patience', 'impatience with elder callers', changed(elder, ['patience: 8s', 'patience: 5s'])],
    [
      'elder-choices',
      'four choices for elder callers',
      changed(elder, ['1: number', '1: number, 2: line, 3: line']),
    ],
    ['elder-wording', 'a key before what it does', changed(elder, ['找人请按0', '请按0找人'])],
    [
      'elder-wording',
      'the same in English',
      changed(elder, ['For a person, press 0', 'Press 0 for a person']),
    ],
    [
      'elder-haste',
      'a greeting that goes on',
      changed(elder, ['找人请按0', `您好，${'欢迎来电'.repeat(12)}，找人请按0`]),
    ],
  ] as const)('%s: %s', (rule, _, text) => {
    expect(brokenRules(text)).toContain(rule)
  })

  it('elder-silence: a silence that leads elsewhere', () => {
    const text = changed(elder, ['silence: line', 'silence: number'])
    // The step takes an elder caller to a person at the first miss, whatever the flow says: the way is dead.
    expect(brokenRules(text)).toContain('every-way-is-walked')
  })

  it('elder-depth: three menus on the way', () => {
    const menu = (name: string, to: string) => `  ${name}:
    menu:
      prompt: { zh-CN: 找人请按0，别的请按1。, en: "For a person, press 0." }
      keys: { 1: ${to} }
`
    const deeper = changed(
      elder,
      ['1: number', '1: second'],
      ['  number:\n', `${menu('second', 'third')}${menu('third', 'number')}  number:\n`],
    )
    expect(brokenRules(deeper)).toContain('elder-depth')
  })

  it('number-begins-with-zero: a number that may begin with 0, even if the grammar let it pass', () => {
    const set = withOption(setOf(sound), 'number', { begins: '0123' })
    expect(failuresOf(verify(set)).map(({ rule }) => rule)).toContain('number-begins-with-zero')
  })

  it('zero-is-a-person: a person that is no line, even if the reader let it pass', () => {
    const set = withFlow(setOf(sound), { person: 'number' })
    expect(failuresOf(verify(set)).map(({ rule }) => rule)).toContain('zero-is-a-person')
  })
})

it('shows the shortest path as a caller lives it, and where to mend it', () => {
  const [failure] = failuresOf(verify(setOf(changed(sound, ['silence: line', 'silence: bye']))))
  expect(failure?.place).toBe('sound.yaml:28:3')
  expect(tellPath(failure?.path ?? [])).toBe('hears "找人请按0，查询请按1，结束请按9。", waits 5 s')
})

it('says how long it takes to reach the queue', () => {
  const set = setOf(sound)
  const threeEach = Object.fromEntries(
    samplesOf(set).map(({ language, prompt }) => [`${language} ${prompt}`, 3]),
  )
  const [verdict] = verify(set, threeEach).flows
  expect(verify(set).flows[0]?.timeToPerson.measured).toBe(false)
  expect(verdict?.timeToPerson).toMatchObject({
    likeliest: { 'zh-CN': 8, en: 8 },
    byItself: true,
    longest: 8,
    measured: true,
  })
  // From a state's beginning: in the queue at once there is nothing to wait for.
  expect(verdict?.timeToPerson.byState).toMatchObject({ hello: 8, line: 0, bye: 0 })
})

it('makes faults that a library refuses flows by', () => {
  const [fault] = proveFlows(setOf(changed(sound, ['silence: line', 'silence: bye'])))
  expect(fault?.code).toBe('nobody-is-hung-up-on')
  expect(fault?.message).toMatch(/^sound.yaml:28:3: found a hang-up at "bye"/)
})

function withFlow(set: FlowSet, change: Partial<Flow>): FlowSet {
  return { ...set, flows: new Map([...set.flows].map(([name, flow]) => [name, { ...flow, ...change }])) }
}

function withOption(set: FlowSet, node: string, change: object): FlowSet {
  const [flow] = [...set.flows.values()]
  const nodes = new Map(
    [...(flow?.nodes ?? [])].map(([name, one]) => [
      name,
      name === node ? { ...one, options: { ...(one.options as object), ...change } } : one,
    ]),
  )
  return withFlow(set, { nodes })
}
