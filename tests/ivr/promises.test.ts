import { describe, expect, it } from 'vitest'
import { verify } from '../../src/ivr/index.ts'
import { isPromise } from '../../src/ivr/promise.ts'
import { beginning, step } from '../../src/ivr/step.ts'
import type { Input } from '../../src/ivr/turn.ts'
import { changed, failuresOf, setOf, sound } from './verify-flow.ts'

/** A full queue is told that we call back; the message's words promise it, too. */
const keeping = changed(
  sound,
  ['      full: word\n      failed: word', '      full: busy\n      failed: busy'],
  [
    '  word:\n',
    `  busy:
    branch: { cases: [{ when: { values: { caller: "" } }, go: number-first }], else: owing }
  number-first:
    ask: { name: caller, prompt: { zh-CN: 请输入号码。, en: Key in your number. }, digits: 2, next: owing }
  owing:
    say:
      promise: callback
      prompt: { zh-CN: 我们会尽快给您回电。, en: We will call you back. }
      next: word
      else: word
  word:
`,
  ],
  [
    '{ zh-CN: 记下了。, en: We have it. }',
    '{ zh-CN: "我们会拨打 {caller} 和您联系。", en: "We will call you at {caller}." }',
  ],
)

const rules = (text: string) => [...new Set(failuresOf(verify(setOf(text))).map(({ rule }) => rule))]
const owed = 'what-is-promised-is-owed'

describe('a flow that says "we will call you back"', () => {
  it('is proved where the callback is owed before the words, whatever fails', () => {
    expect(rules(keeping)).toEqual([])
  })

  const left = ['      next: word\n      else: word', '      next: word'] as const
  const breaks: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
    'the promise is left out': [['      promise: callback\n', ''], left],
    'the words come where a promise failed': [
      ['      next: word\n      else: word', '      next: word\n      else: again'],
      [
        '  sorry:\n',
        '  again:\n    say: { prompt: { zh-CN: 我们会回电。, en: "We will call you back." }, next: word }\n  sorry:\n',
      ],
    ],
    'the words are added to another state': [
      ['找人请按0，查询请按1，结束请按9。', '我们会给您回电。找人请按0。'],
    ],
    'the words are added in one language alone': [
      ['en: Please hold.', 'en: "Please hold, or we will call you back."'],
    ],
    'they are on the way around it': [
      ['      full: busy\n      failed: busy', '      full: busy\n      failed: other'],
      [
        '  sorry:\n',
        '  other:\n    say: { prompt: { zh-CN: 我们打给您。, en: "We will ring you." }, next: word }\n  sorry:\n',
      ],
    ],
  }
  it.each(Object.entries(breaks))('is refused when %s', (_, changes) => {
    expect(rules(changed(keeping, ...changes))).toContain(owed)
  })

  it('is refused where it says so to somebody whose number nobody knows', () => {
    const unknown = changed(keeping, ['go: number-first }], else: owing', 'go: owing }], else: number-first'])
    const [failure] = failuresOf(verify(setOf(unknown)))
    expect(failure).toMatchObject({
      rule: 'who-is-promised-has-a-number',
      found: '"owing" promises a call to somebody whose number is withheld',
    })
    expect(
      verify(setOf(unknown), {}, { sound: { answers: {} } }).flows.flatMap(({ failures }) => failures),
    ).toEqual([])
  })

  it('says which state promises, and what to do', () => {
    const broken = changed(
      keeping,
      ['      promise: callback\n', ''],
      ['      next: word\n      else: word', '      next: word'],
    )
    const [failure] = failuresOf(verify(setOf(broken))).filter(({ rule }) => rule === owed)
    expect(failure).toMatchObject({ found: '"owing" promises a callback that nobody owes' })
    expect(failure?.expected).toContain('`promise: callback`')
  })

  it('may not leave out where a promise leads that cannot be kept', () => {
    expect(() => setOf(changed(keeping, ['      next: word\n      else: word', '      next: word']))).toThrow(
      /else/,
    )
  })
})

describe('the step of a promise', () => {
  const set = setOf(keeping)
  const through = (...inputs: readonly Input[]) => {
    let state = beginning('sound')
    let effects: readonly { readonly kind: string }[] = []
    for (const input of inputs) ({ state, effects } = step(set, state, input))
    return { state, kinds: effects.map(({ kind }) => kind), effects }
  }
  const full: readonly Input[] = [
    { kind: 'started', facts: { caller: '13800138000', language: 'zh-CN' } },
    { kind: 'key', key: '0' },
    { kind: 'full' },
    {
      kind: 'facts',
      facts: { elder: false, waiting: 0, moment: { minute: 600, weekday: 'wednesday', day: 'workday' } },
    },
  ]

  it('owes first, and speaks once that is safe', () => {
    const asked = through(...full)
    expect(asked.kinds).toEqual(['journal', 'promise', 'wait'])
    expect(asked.effects).toContainEqual({ kind: 'promise', number: '13800138000', message: undefined })
    const kept = through(...full, { kind: 'promised' })
    expect(kept.kinds).toContain('say')
    expect(kept.state.promised).toBe(true)
  })

  it.each(['actionFailed', 'silence'] as const)('says nothing of it on %s', kind => {
    const { state } = through(...full, { kind })
    expect(state).toMatchObject({ node: 'word', promised: false })
  })

  it('names the recording that the message is', () => {
    const { effects } = through(
      ...full,
      { kind: 'promised' },
      { kind: 'promptDone' },
      { kind: 'promptDone' },
      { kind: 'key', key: '#' },
      { kind: 'actionDone', result: {} },
    )
    expect(effects).toContainEqual({ kind: 'promise', number: '13800138000', message: 'demand' })
  })
})

describe('words', () => {
  it.each([
    ['我们会尽快给您回电', true],
    ['会打 {caller} 找您', true],
    ['您的留言已收到，我们会尽快拨打 {caller} 和您联系', true],
    ['请您留个话，我们给您打回去', true],
    ['我哋会打返畀您', true],
    ['我哋会尽快打畀您', true],
    ['We will call you at {caller}', true],
    ['we will ring you back', true],
    ['不想等候，可以按2留言，我们给您回电。', false],
    ['Press 2 to leave a message, and we will call you back.', false],
    ['请输入您的11位手机号码，方便我们回电。', false],
    ['Please key in your number, so that we can call you back.', false],
    ['好的，以后不再给您打此类回访电话', false],
    ['All right, you will get no more of these calls.', false],
    ['您好，12345热线，正在转接人工。', false],
  ])('%s: %s', (text, promises) => {
    expect(isPromise({ 'zh-CN': text })).toBe(promises)
  })
})
