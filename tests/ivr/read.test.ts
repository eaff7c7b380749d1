import { describe, expect, it } from 'vitest'
import { FaultList } from '../../src/foundation/index.ts'
import { readFlows } from '../../src/ivr/index.ts'

const sound = `flow: small
audience: general
syllablesPerMinute: 200
patience: 5s
start: hello
person: line

states:
  hello:
    say:
      prompt: { zh-CN: 您好。, en: Hello. }
      next: line
  line:
    queue:
      reason: small
      prompt: { zh-CN: 请稍候。, en: Please hold. }
      reassure: { zh-CN: '第{place}位。', en: 'Number {place}.' }
      every: 20s
      full: bye
      failed: bye
  bye:
    hangup: { because: failed, prompt: { zh-CN: 再见。, en: Goodbye. } }
`

/** The faults of the sound flow after each `[from, to]` was changed in it. */
function faultsAfter(...changes: readonly (readonly [from: string, to: string])[]): readonly string[] {
  const text = changes.reduce((flow, [from, to]) => {
    expect(flow).toContain(from)
    return flow.replace(from, to)
  }, sound)
  try {
    readFlows([{ path: 'small.yaml', text }])
    return []
  } catch (error) {
    if (!(error instanceof FaultList)) throw error
    return error.faults.map(fault => fault.message)
  }
}

it('reads a sound flow, and knows it by its content', () => {
  const [one, same, other] = [sound, sound, `${sound}# more\n`].map(text =>
    readFlows([{ path: 'small.yaml', text }]),
  )
  expect([...(one?.flows.get('small')?.nodes.keys() ?? [])]).toEqual(['hello', 'line', 'bye'])
  expect(one?.flows.get('small')?.nodes.get('line')?.place).toBe('small.yaml:13:3')
  expect(one?.version).toBe(same?.version)
  expect(one?.version).not.toBe(other?.version)
})

it('reads a verb by the name that it had in an earlier build, and hints at the new one', () => {
  const other = sound.replace('flow: small', 'flow: other')
  const text = other.replace(
    'hangup: { because: failed, prompt: { zh-CN: 再见。, en: Goodbye. } }',
    'call: { flow: small }',
  )
  const { flows, hints } = readFlows([
    { path: 'other.yaml', text },
    { path: 'small.yaml', text: sound },
  ])
  expect(flows.get('other')?.nodes.get('bye')?.verb).toBe('goto')
  expect(hints.map(({ message }) => message)).toEqual(['other.yaml:22:5: found "call", expected "goto"'])
})

it('says where an option is wrong in a verb that has its former name', () => {
  expect(
    faultsAfter([
      'bye:\n    hangup: { because: failed, prompt: { zh-CN: 再见。, en: Goodbye. } }',
      'bye:\n    call: { flow: smal }',
    ]),
  ).toEqual(['small.yaml:22:13: found "smal", expected one of small; did you mean "small"?'])
})

describe('a fault says where it is, what was found and what was expected:', () => {
  it('a key that nobody knows', () => {
    expect(faultsAfter(['reassure:', 'reasure:'])).toEqual([
      'small.yaml:14:5: found no "reassure", expected words in each language, as { zh-CN: …, en: … }',
      'small.yaml:17:7: found "reasure", expected one of reason, priority, skill, prompt, lacking, reassure, every, keys, full, failed; did you mean "reassure"?',
    ])
  })

  it('a verb that nobody knows', () => {
    expect(faultsAfter(['    say:', '    sai:'])[0]).toBe(
      'small.yaml:10:5: found "sai", expected one of say, menu, ask, choose, branch, incidents, queue, message, status, rate, text, captions, transfer, goto, hangup; did you mean "say"?',
    )
  })

  it('two verbs in one state', () => {
    expect(faultsAfter(['  bye:\n', '  bye:\n    goto: { flow: small }\n'])).toEqual([
      'small.yaml:21:3: found a map of goto, hangup, expected exactly one verb: say, menu, ask, choose, branch, incidents, queue, message, status, rate, text, captions, transfer, goto, hangup',
    ])
  })

  it('a state that does not exist', () => {
    expect(faultsAfter(['next: line', 'next: lime'])).toEqual([
      'small.yaml:12:7: found "lime", expected one of hello, line, bye; did you mean "line"?',
    ])
  })

  it('a beginning and a person that do not exist', () => {
    expect(faultsAfter(['start: hello', 'start: helo'], ['person: line', 'person: nobody'])).toEqual([
      'small.yaml:5:1: found "helo", expected one of hello, line, bye; did you mean "hello"?',
      'small.yaml:6:1: found "nobody", expected one of hello, line, bye',
    ])
  })

  it('a person that is no line', () => {
    expect(faultsAfter(['person: line', 'person: bye'])).toEqual([
      'small.yaml:6:1: found "bye", a hangup, expected a state that is a queue',
    ])
  })

  it('a language that is missing, or misspelt', () => {
    expect(faultsAfter(['{ zh-CN: 您好。, en: Hello. }', '{ zh-CN: 您好。 }'])).toEqual([
      'small.yaml:11:7: found no "en", expected words to say',
    ])
    expect(faultsAfter(['zh-CN: 您好。', 'zh-cn: 您好。'])).toEqual([
      'small.yaml:11:7: found no "zh-CN", expected words to say',
      'small.yaml:11:17: found "zh-cn", expected one of zh-CN, en; did you mean "zh-CN"?',
    ])
  })

  it('a prompt without words', () => {
    expect(faultsAfter(['en: Hello.', 'en: ""'])).toEqual([
      'small.yaml:11:29: found "", expected words to say',
    ])
  })

  it('a length of time that is none', () => {
    expect(faultsAfter(['every: 20s', 'every: 20'], ['patience: 5s', 'patience: soon'])).toEqual([
      'small.yaml:4:1: found "soon", expected a length of time such as 500ms, 10s or 2min',
      'small.yaml:18:7: found 20, expected a length of time such as 500ms, 10s or 2min',
    ])
  })

  it('a value that nothing collects', () => {
    expect(faultsAfter(['第{place}位', '第{palce}位'])).toEqual([
      'small.yaml:17:19: found {palce}, expected one of caller, place, transcribed, recorded, wait; did you mean "place"?',
    ])
  })

  it('a flow that is not there', () => {
    expect(
      faultsAfter([
        'hangup: { because: failed, prompt: { zh-CN: 再见。, en: Goodbye. } }',
        'goto: { flow: smal }',
      ]),
    ).toEqual(['small.yaml:22:13: found "smal", expected one of small; did you mean "small"?'])
  })

  it('YAML that is none', () => {
    expect(faultsAfter(['states:\n', 'states: [\n'])[0]).toMatch(
      /^small\.yaml:\d+:\d+: found .+, expected YAML$/,
    )
  })

  it('a file that is no flow at all', () => {
    expect(() => readFlows([{ path: 'empty.yaml', text: '' }])).toThrow(
      'empty.yaml:1:1: found nothing, expected a flow: flow, audience, states and so on',
    )
  })

  it('two flows of one name', () => {
    const twice = ['one.yaml', 'two.yaml'].map(path => ({ path, text: sound }))
    expect(() => readFlows(twice)).toThrow(
      'two.yaml:1:1: found a second flow named "small", expected each name once',
    )
  })
})

describe('options of a verb are checked, too:', () => {
  const instead = (verb: string) =>
    faultsAfter([
      '    say:\n      prompt: { zh-CN: 您好。, en: Hello. }\n      next: line\n',
      `    ${verb}\n`,
    ])
  const words = 'prompt: { zh-CN: 一, en: one }'

  it('0 cannot be given another meaning', () => {
    expect(instead(`menu: { ${words}, keys: { 0: line } }`)).toEqual([
      'small.yaml:10:52: found "0", expected states by the keys 1 to 9, * and #, as { 1: …, 2: … }; 0 is a person always',
    ])
  })

  it('a number that we ask for cannot begin with 0', () => {
    expect(instead(`ask: { ${words}, name: phone, digits: 11, begins: "01", next: line }`)).toEqual([
      'small.yaml:10:68: found "01", expected digits from 1 to 9: 0 as the first key is a person',
    ])
  })

  it('the shortest number cannot be longer than the longest', () => {
    expect(instead(`ask: { ${words}, name: n, digits: { min: 8, max: 6 }, next: line }`)).toEqual([
      'small.yaml:10:52: found at least 8 and at most 6, expected a min that is not above the max',
    ])
  })

  it('hours must be hours, days days', () => {
    expect(
      instead(`branch: { cases: [{ when: { hours: "25:00-26:00", days: someday }, go: line }], else: line }`),
    ).toEqual([
      'small.yaml:10:33: found "25:00-26:00", expected hours such as 08:00-20:00',
      'small.yaml:10:55: found "someday", expected a day or a list of days: workday, restday, holiday, monday, tuesday, wednesday, thursday, friday, saturday, sunday',
    ])
  })

  it('a branch asks only for what is collected', () => {
    expect(
      instead(`branch: { cases: [{ when: { values: { mood: good } }, go: line }], else: line }`),
    ).toEqual([
      'small.yaml:10:43: found "mood", expected a value that the flow collects: caller, place, transcribed, recorded',
    ])
  })

  it('an outside number must be in the list', () => {
    expect(instead(`transfer: { ${words}, to: police }`)).toEqual([
      'small.yaml:10:48: found "police", expected nothing here',
    ])
  })

  it('status and text use only what is collected', () => {
    expect(instead(`status: { order: order, prompts: {}, unknown: line, next: line }`)).toHaveLength(1)
    expect(
      instead(`text: { template: link, words: { zh-CN: 链接, en: link }, to: mobile, next: line }`),
    ).toHaveLength(1)
  })
})
