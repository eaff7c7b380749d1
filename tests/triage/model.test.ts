/** A model that is learnt from confirmed orders: what it answers, how it is kept, and what is refused. */
import { describe, expect, it } from 'vitest'
import { FaultList } from '../../src/foundation/index.ts'
import { featuresOf, numberOf, numbersOf } from '../../src/triage/features.ts'
import {
  classify,
  classifyCorrected,
  correctModel,
  type Example,
  explain,
  learn,
  measure,
  readExamples,
  readModel,
  writeModel,
} from '../../src/triage/index.ts'

const subjects = {
  供热: ['暖气不热', '屋里冷', '没来暖气', '暖气片漏水', '供热温度不达标', '室温只有十四度'],
  公交: ['公交车不停站', '末班车太早', '公交司机态度差', '等不到公交', '公交线路取消', '站台没有座椅'],
  噪声: [
    '半夜施工太吵',
    '广场舞声音大',
    '楼上吵得睡不着',
    '喇叭叫卖扰民',
    '空调外机轰轰响',
    '酒吧音乐到凌晨',
  ],
}
const places = [
  '我们小区',
  '幸福里三号楼',
  '学校门口',
  '你好',
  '麻烦反映一下',
  '昨天晚上',
  '老人说',
  '一直这样',
]

const examples: readonly Example[] = Object.entries(subjects).flatMap(([label, texts]) =>
  texts.flatMap((text, at) =>
    places.map((place, way) => ({
      label,
      text: `${place}，${text}，请处理`,
      place: `t:${label}${at}${way}`,
    })),
  ),
)
const { model, trial } = learn(examples, 't', { seed: 1, cost: 1 })
const learnt = { examples: examples.length, seed: 1, cost: 1 }

const refusalOf = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    if (error instanceof FaultList) return error.message
    throw error
  }
  throw new Error('nothing was refused')
}

describe('a model', () => {
  it('knows what it was taught, on texts that were held out', () => {
    expect(measure(trial).macroF1).toBeGreaterThan(0.95)
    expect(classify(model, { text: '暖气一点都不热' }).found[0]?.label).toBe('供热')
    expect(classify(model, { text: '', title: '公交车总不来' }).found[0]?.label).toBe('公交')
  })

  it('is the same for the same seed, and answers the same from its file', () => {
    const bytes = writeModel(model, learnt)
    expect(writeModel(learn(examples, 't', { seed: 1, cost: 1 }).model, learnt)).toEqual(bytes)
    const again = readModel('m', bytes)
    expect(again.learnt).toEqual(learnt)
    for (const { text } of examples.slice(0, 20))
      expect(classify(again.model, { text })).toEqual(classify(model, { text }))
  })

  it('says which words spoke for a label', () => {
    const weighed = explain(model, { text: '麻烦反映一下，公交车半天不来' }, '公交')
    expect(weighed[0]?.words).toContain('公交')
    expect(weighed[0]?.weight).toBeGreaterThan(0)
  })

  it('does not know an empty text', () => expect(classify(model, { text: ' ' }).isUnsure).toBe(true))

  it('answers to ten thousand words as soon as to two thousand characters', () => {
    const long = { text: '暖气不热啊'.repeat(10_000) }
    expect(classify(model, long)).toEqual(classify(model, { text: long.text.slice(0, 2000) }))
  })

  it('learns more labels than are kept densely', () => {
    const many = Array.from({ length: 40 }, (_, label) =>
      examples.slice(0, 4).map((example, at) => ({
        ...example,
        text: `第${label}类${String.fromCharCode(0x4e00 + 40 * label)}事 ${at}`,
        label: `L${label}`,
      })),
    ).flat()
    const { model: wide } = learn(many, 't', { seed: 1, cost: 1 })
    const again = readModel('m', writeModel(wide, learnt)).model
    const right = many.filter(({ text, label }) => classify(again, { text }).found[0]?.label === label)
    expect(right.length).toBeGreaterThan(0.95 * many.length)
  })
})

describe('what is refused', () => {
  const bytes = writeModel(model, learnt)

  it.each([
    ['what is no model', new TextEncoder().encode('{"labels":[]}')],
    ['a model of version 9', Uint8Array.from(bytes, (byte, at) => (at === 7 ? 57 : byte))],
    ['a model that was cut off', bytes.slice(0, bytes.length - 100)],
    ['a model that was cut off', bytes.slice(0, 10)],
    ['a model that was cut off', Uint8Array.from([...bytes, 0, 0, 0, 0])],
  ])('%s', (said, given) =>
    expect(refusalOf(() => readModel('m.jtm', given))).toContain(`m.jtm: found ${said}`),
  )

  it('a label of one example, with its line', () => {
    const read = readExamples(
      't.jsonl',
      '{"text":"a","label":"x"}\n{"text":"b","label":"x"}\n\n{"text":"c","label":"y"}\n',
    )
    expect(refusalOf(() => learn(read, 't.jsonl', { seed: 1, cost: 1 }))).toBe(
      't.jsonl:4: found label "y" once, expected at least 2 examples of each label',
    )
  })

  it.each([
    ['{"text":"a"}', 't:1: found no such "label", expected'],
    ['{"text":5,"label":"x"}', 't:1: found no such "text", expected text'],
    ['{"text":"a","label":" "}', 't:1: found no such "label", expected a label'],
    ['\n{"text":', 't:2: found what is no JSON'],
    ['\n\n', 't: found no line'],
  ])('%j', (line, said) => expect(refusalOf(() => readExamples('t', line))).toContain(said))

  it('one label alone', () =>
    expect(refusalOf(() => learn(examples.slice(0, 5), 't', { seed: 1, cost: 1 }))).toContain('one label'))
})

it('counts the same features whether they are made or only numbered', () => {
  for (const text of ['暖气片漏水了\n14 度！ａＢ', '', '😀水', '\n\n', '长长长']) {
    const made = featuresOf({ text, title: '供热\n差' })
    const numbered = numbersOf({ text, title: '供热\n差' })
    for (const [block, features] of made.entries())
      expect([...numbered[block]!].toSorted()).toEqual(
        features.map(feature => numberOf(block, feature)).toSorted(),
      )
  }
})

describe('corrections of a model', () => {
  const said = '隔壁那个铁疙瘩咣咣咣响个没完'

  it('are offered at once where the same is said again', () => {
    const corrected = correctModel(model, [{ text: said, label: '噪声' }])
    expect(classifyCorrected(corrected, { text: `${said}啊` }).found[0]?.label).toBe('噪声')
  })

  it('that contradict one another do no harm', () => {
    const twice = examples.flatMap(({ text, label }) => [
      { text, label },
      { text, label: label === '公交' ? '噪声' : '公交' },
    ])
    const corrected = correctModel(model, twice)
    const wrong = examples.filter(
      ({ text, label }) => classifyCorrected(corrected, { text }).found[0]?.label !== label,
    )
    expect(wrong).toEqual([])
  })
})
