import { describe, expect, it } from 'vitest'
import { FaultList } from '../../src/foundation/index.ts'
import {
  beginning,
  type FlowSet,
  ordinaryWorld,
  readFlows,
  simulate,
  step,
  verify,
} from '../../src/ivr/index.ts'
import { changed, failuresOf } from './verify-flow.ts'

const flow = `flow: small
audience: general
syllablesPerMinute: 200
patience: 5s
start: which
person: line
missed: { zh-CN: 没有听清。, en: Sorry. }
states:
  which:
    choose: { prompt: { zh-CN: 普通话请按1。, en: "For English, press 2." }, keys: { 1: zh-CN, 2: en }, next: line }
  line:
    queue:
      reason: small
      prompt: { zh-CN: 请稍候。, en: Please hold. }
      reassure: { zh-CN: '第{place}位。', en: 'Number {place}.' }
      every: 20s
      full: rating
      failed: rating
  rating:
    rate:
      name: rating
      prompt: { zh-CN: 请评价。, en: Please rate. }
      words: [{ zh-CN: 一, en: a }, { zh-CN: 二, en: b }, { zh-CN: 三, en: c }, { zh-CN: 四, en: d }, { zh-CN: 五, en: e }]
      next: bye
  bye:
    hangup: { because: done, prompt: { zh-CN: '{caller}再见。', en: 'Goodbye {caller}.' } }
`

/** Korean, of which this house knows nothing. */
const korean = `language: ko
digits: [공, 일, 이, 삼, 사, 오, 육, 칠, 팔, 구]
between: " "
flows:
  small:
    missed: 죄송합니다.
    states:
      which: { prompt: 한국어는 3번입니다., key: "3" }
      line: { prompt: 잠시만요., reassure: "{place}번입니다." }
      rating:
        prompt: 평가해 주세요.
        words: [가, 나, 다, 라, 마]
      bye: { prompt: "{caller} 안녕." }
`

const setOf = (...files: readonly string[]): FlowSet =>
  readFlows([
    { path: 'small.yaml', text: flow },
    ...files.map((text, index) => ({ path: `${index + 1}.language.yaml`, text })),
  ])

function faultsOf(...files: readonly string[]): readonly string[] {
  try {
    setOf(...files)
    return []
  } catch (error) {
    if (!(error instanceof FaultList)) throw error
    return error.faults.map(fault => fault.message)
  }
}
const faultsAfter = (...changes: Parameters<typeof changed>[1][]) => faultsOf(changed(korean, ...changes))

describe('a language that comes as a file', () => {
  const set = setOf(korean)
  const texts = ({ happenings }: ReturnType<typeof simulate>) =>
    happenings.flatMap(one => (one.kind === 'heard' ? [one.text] : []))

  it('is proved with the others', () => {
    expect([...set.languages.keys()]).toEqual(['zh-CN', 'en', 'ko'])
    const verdict = verify(set)
    expect(failuresOf(verdict).map(({ rule, found }) => `${rule}: ${found}`)).toEqual([])
    expect(Object.keys(verdict.flows[0]?.timeToPerson.likeliest ?? {})).toEqual(['zh-CN', 'en', 'ko'])
  })

  it('is chosen by its key, and goes on; the one who chose another does not hear it', () => {
    const call = simulate(set, 'small')
    call.advance(10_000)
    call.press('3')
    call.advance(1000)
    expect(texts(call)).toEqual([
      '普通话请按1。',
      'For English, press 2.',
      '한국어는 3번입니다.',
      '잠시만요.',
    ])
  })

  it('is heard at once by a caller whose language it is, numbers digit by digit as it reads them', () => {
    const call = simulate(set, 'small', { ...ordinaryWorld, language: 'ko', queue: 'full' })
    call.press('0')
    call.advance(0)
    call.press('1')
    call.advance(0)
    expect(texts(call).slice(1)).toEqual(['평가해 주세요.', '일 삼 팔, 공 공 일 삼, 팔 공 공 공 안녕.'])
  })

  it('is taken for a caller with a tag near it; who speaks none of them hears the first', () => {
    const spoken = (language: string) =>
      step(set, beginning('small'), { kind: 'started', facts: { caller: '', language } }).state.language
    expect(['ko-KR', 'en-GB', 'bo', 'zh-Hant'].map(spoken)).toEqual(['ko', 'en', 'zh-CN', 'zh-CN'])
  })
})

describe('is refused, with the place, where it', () => {
  it('lacks words', () => {
    expect(faultsAfter(['reassure: "{place}번입니다."', ''])).toEqual([
      '1.language.yaml:9:7: found no line.reassure, expected words for "Number {place}."',
    ])
    expect(faultsAfter(['[가, 나, 다, 라, 마]', '[가, 나, 다, 라]'])).toEqual([
      '1.language.yaml:12:9: found no rating.words.4, expected words for "e"',
    ])
    expect(faultsAfter(['    missed: 죄송합니다.\n', ''])).toEqual([
      '1.language.yaml:5:3: found no missed, expected words for "Sorry."',
    ])
  })

  it('lacks a state, or a flow', () => {
    expect(faultsAfter(['      bye: { prompt: "{caller} 안녕." }\n', ''])).toEqual([
      '1.language.yaml:7:5: found no bye.prompt, expected words for "Goodbye {caller}."',
    ])
    expect(faultsAfter(['  small:', '  smal:'])).toEqual([
      '1.language.yaml:5:3: found "smal", expected one of small; did you mean "small"?',
      '1.language.yaml:4:1: found no words of flow "small", expected all that it says, in ko',
    ])
  })

  it('has more than there is', () => {
    expect(faultsAfter(['bye: {', 'bye: { readback: 네.,'])).toEqual([
      '1.language.yaml:13:14: found "readback", expected one of prompt',
    ])
    expect(faultsAfter(['      bye:', '      by:'])).toEqual([
      '1.language.yaml:13:7: found "by", expected one of which, line, rating, bye; did you mean "bye"?',
      '1.language.yaml:7:5: found no bye.prompt, expected words for "Goodbye {caller}."',
    ])
  })

  it('names a value that nothing collects', () => {
    expect(faultsAfter(['{place}번', '{palce}번'])).toEqual([
      '1.language.yaml:9:30: found {palce}, expected one of caller, place, transcribed, recorded, rating, rating-words, wait; did you mean "place"?',
    ])
  })

  it('has no key, or one that is taken', () => {
    const free = 'expected a key that is free: 3, 4, 5, 6, 7, 8, 9, *, #'
    expect(faultsAfter([', key: "3"', ''])).toEqual([`1.language.yaml:8:7: found no key for ko, ${free}`])
    expect(faultsAfter(['key: "3"', 'key: "2"'])).toEqual([`1.language.yaml:8:37: found "2", ${free}`])
    const other = changed(korean, ['language: ko', 'language: fr'])
    expect(faultsOf(korean, other)).toEqual([
      '2.language.yaml:8:37: found "3", expected a key that is free: 4, 5, 6, 7, 8, 9, *, #',
    ])
  })

  it('comes twice, or is the flows’ own', () => {
    const expected = 'expected each language once; zh-CN and en stand in the flows themselves'
    const again = changed(korean, ['key: "3"', 'key: "4"'])
    expect(faultsOf(korean, again)).toEqual([`2.language.yaml:1:1: found ko again, ${expected}`])
    expect(faultsAfter(['language: ko', 'language: en'])).toContain(
      `1.language.yaml:1:1: found en again, ${expected}`,
    )
  })

  it('has no tag, or too few digits', () => {
    expect(faultsAfter(['language: ko', 'language: Korean'])).toEqual([
      '1.language.yaml:1:1: found "Korean", expected the tag of a language, such as zh-CN or yue',
    ])
    expect(faultsAfter(['[공, ', '['])).toEqual([
      '1.language.yaml:2:1: found a list, expected ten words, from zero to nine',
    ])
  })
})

it('refuses a key for a language that no file brings', () => {
  const text = changed(flow, ['2: en', '2: en, 3: ko'])
  expect(() => readFlows([{ path: 'small.yaml', text }])).toThrow(
    'small.yaml:10:97: found "ko", expected one of zh-CN, en',
  )
})
