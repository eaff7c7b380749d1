/** What callers hear in the queue beside their place: how long it takes, and that nobody has the skill they wish for. */
import { describe, expect, it } from 'vitest'
import { FaultList } from '../../src/foundation/index.ts'
import {
  beginning,
  type FlowSet,
  type FlowState,
  type Input,
  readFlows,
  step,
  verify,
} from '../../src/ivr/index.ts'
import { withoutEstimate } from '../../src/ivr/speak.ts'
import { changed, setOf, sound } from './verify-flow.ts'

const withWait = changed(
  sound,
  ['"第{place}位。"', '"第{place}位。预计还要等{wait}分钟。留言请按2。"'],
  [
    '"You are number {place}."',
    '"You are number {place}. About {wait} minutes. To leave a message, press 2."',
  ],
)
const withSkill = changed(sound, [
  '      reason: sound\n',
  '      reason: sound\n      skill: sign\n      lacking: { zh-CN: 现在没有手语坐席。, en: Nobody here signs now. }\n',
])

/** What is said and asked of the house, input by input, from the queue on. */
function tellAll(set: FlowSet, ...inputs: readonly Input[]) {
  let state: FlowState = beginning('sound')
  const said: string[] = []
  const queued: (readonly string[])[] = []
  for (const input of [
    { kind: 'started', facts: { caller: '' } } as const,
    { kind: 'key', key: '0' } as const,
    ...inputs,
  ]) {
    const next = step(set, state, input)
    state = next.state
    for (const effect of next.effects) {
      if (effect.kind === 'say') said.push(...effect.utterances.map(({ text }) => text))
      if (effect.kind === 'queue') queued.push(effect.skills)
    }
  }
  return { said: said.slice(2), queued, phase: state.phase }
}

describe('the wait', () => {
  const set = setOf(withWait)
  const key: Input = { kind: 'key', key: '0' }

  it('is said while there is an estimate, and its sentence is left out while there is none', () => {
    const { said } = tellAll(
      set,
      { kind: 'place', place: 3, waitMinutes: 4 },
      key,
      { kind: 'place', place: 2 },
      key,
    )
    expect(said).toEqual(['第3位。预计还要等4分钟。留言请按2。', '第2位。留言请按2。'])
  })

  it.each([
    ['第3位。还要{wait}分钟。请等。', '第3位。请等。'],
    ['还要{wait}分钟！请等', '请等'],
    ['Number 3. About {wait} minutes. Version 1.5 is here.', 'Number 3. Version 1.5 is here.'],
    ['Is it {wait} minutes? Yes.', 'Yes.'],
    ['还要{wait}分钟', ''],
    ['第3位', '第3位'],
  ])('of "%s" leaves "%s"', (text, left) => {
    expect(withoutEstimate(text)).toBe(left)
  })

  it('keeps every rule of the proof, which counts the longer words', () => {
    expect(verify(set).flows.flatMap(({ failures }) => failures)).toEqual([])
  })

  it('is refused where nothing would be left to say, and anywhere but in the queue', () => {
    const faults = (text: string) => {
      try {
        readFlows([{ path: 'sound.yaml', text }])
        return []
      } catch (error) {
        if (!(error instanceof FaultList)) throw error
        return error.faults.map(({ message }) => message)
      }
    }
    expect(faults(changed(sound, ['"第{place}位。"', '"第{place}位，还要{wait}分钟。"']))).toEqual([
      expect.stringMatching(
        /^sound\.yaml:34:\d+: found "第\{place\}位，还要\{wait\}分钟。", expected a sentence without \{wait\}/,
      ),
    ])
    expect(faults(changed(sound, ['zh-CN: 请讲。', 'zh-CN: "还要{wait}分钟。"']))).toEqual([
      expect.stringContaining('found {wait}, expected one of'),
    ])
  })
})

describe('a skill', () => {
  const set = setOf(withSkill)

  it('is asked of the house, and none where the flow names none', () => {
    expect(tellAll(set).queued).toEqual([['sign']])
    expect(tellAll(setOf(sound)).queued).toEqual([[]])
  })

  it('is the language, too, of a caller who does not speak what everybody here does', () => {
    const english: Input = { kind: 'started', facts: { caller: '', language: 'en' } }
    const { effects } = step(set, step(set, beginning('sound'), english).state, { kind: 'key', key: '0' })
    expect(effects.find(({ kind }) => kind === 'queue')).toMatchObject({ skills: ['sign', 'en'] })
  })

  it('that nobody signed in has is told once, after what is being said', () => {
    const place: Input = { kind: 'place', place: 2, lacks: true }
    const { said } = tellAll(
      set,
      place,
      { kind: 'promptDone' },
      { kind: 'promptDone' },
      place,
      { kind: 'silence' },
      { kind: 'promptDone' },
    )
    expect(said).toEqual(['现在没有手语坐席。', '第2位。'])
  })

  it('keeps every rule of the proof', () => {
    expect(verify(set).flows.flatMap(({ failures }) => failures)).toEqual([])
  })
})
