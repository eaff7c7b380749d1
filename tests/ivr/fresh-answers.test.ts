import { describe, expect, it } from 'vitest'
import { createFreshAnswers } from '../../src/ivr/fresh-answers.ts'
import { ordinaryWorld } from '../../src/ivr/index.ts'
import type { Key } from '../../src/media/index.ts'
import type { KeyPress } from '../../src/telephony/index.ts'
import { putOnTheLine } from './on-the-line.ts'
import { shipped } from './shipped.ts'

const press = (atMs: number, key: Key = '1'): KeyPress => ({ key, source: 'rtp-event', atMs })

/** Which of the presses are taken by two questions, of which the second is asked at once when the first is answered. */
function taken(presses: readonly KeyPress[], promptAfterMs: number): number[] {
  const answers = createFreshAnswers()
  answers.asked()
  answers.began(1_000)
  let asked = 1
  return presses
    .filter(one => {
      if (!answers.takes(one)) return false
      if (asked++ === 1) {
        answers.asked()
        answers.began(one.atMs + promptAfterMs)
      }
      return true
    })
    .map(({ atMs }) => atMs)
}

describe('a question takes a key', () => {
  it.each([
    ['not before its prompt began', [press(0), press(999)], []],
    ['as soon as it began', [press(1_000)], [1_000]],
    ['and what is told at once after it is no answer to the next', [press(1_000), press(1_299)], [1_000]],
    ['and 300 ms later the next may be answered', [press(1_000), press(1_300)], [1_000, 1_300]],
    ['however many are told', [...Array(11).keys()].map(at => press(1_000 + at * 20)), [1_000]],
    ['and 0 at any moment', [press(0, '0'), press(10, '0')], [0, 10]],
  ])('%s', (_, presses, times) => {
    expect(taken(presses, 20)).toEqual(times)
  })

  it('only once the next prompt began, however long that takes', () => {
    expect(taken([press(1_000), press(2_999), press(3_000)], 2_000)).toEqual([1_000, 3_000])
  })

  it('and the digits of one number as fast as they come', () => {
    const answers = createFreshAnswers()
    answers.asked()
    answers.began(0)
    expect([10, 60, 110].map(atMs => answers.takes(press(atMs)))).toEqual([true, true, true])
  })
})

describe('a survey on the line', () => {
  const survey = { flow: 'survey', world: { ...ordinaryWorld, answersAfterMs: 1_000 } }
  const begun = () =>
    putOnTheLine(shipped, survey, doors => {
      doors.isTypedAhead = false
    })
  const placesOf = (stage: Awaited<ReturnType<typeof begun>>) =>
    stage.facts.flatMap(fact => (fact.kind === 'flow' ? [fact.state] : []))

  it('hears eleven keys at once as one answer, and writes all of them down', async () => {
    const stage = await begun()
    for (let told = 0; told < 11; told++) await stage.act({ kind: 'press', key: '1' })
    expect(placesOf(stage)).toEqual(['intro', 'contacted'])
    expect(stage.facts.filter(({ kind }) => kind === 'key').length).toBe(11)
    await stage.act({ kind: 'wait', ms: 300 })
    await stage.act({ kind: 'press', key: '2' })
    expect(placesOf(stage)).toEqual(['intro', 'contacted', 'solved'])
  })

  it('takes no key while the voice has not made the question yet, and 0 all the same', async () => {
    let give: () => void = () => undefined
    const stage = await putOnTheLine(shipped, survey, doors => {
      const { prompts } = doors
      doors.isTypedAhead = false
      doors.prompts = {
        async sound(utterance) {
          if (utterance.text.includes('联系过吗')) await new Promise<void>(resolve => (give = resolve))
          return prompts.sound(utterance)
        },
      }
    })
    await stage.act({ kind: 'press', key: '1' })
    await stage.act({ kind: 'wait', ms: 2_000 })
    await stage.act({ kind: 'press', key: '1' })
    expect(placesOf(stage)).toEqual(['intro', 'contacted'])
    give()
    await stage.act({ kind: 'wait', ms: 10 })
    await stage.act({ kind: 'press', key: '2' })
    expect(placesOf(stage)).toEqual(['intro', 'contacted', 'solved'])
    await stage.act({ kind: 'press', key: '0' })
    expect(placesOf(stage).at(-1)).toBe('queue')
  })

  it('brings a person by 0 at any moment of it', async () => {
    for (let ms = 0; ms < 3_000; ms += 130) {
      const stage = await begun()
      await stage.act({ kind: 'wait', ms })
      if (ms % 260 === 0) await stage.act({ kind: 'press', key: '1' })
      await stage.act({ kind: 'press', key: '0' })
      expect(placesOf(stage).at(-1)).toBe('queue')
      await stage.act({ kind: 'hangup' })
    }
  })

  it('takes keys when no voice could say the question: it is there to be read', async () => {
    const stage = await putOnTheLine(shipped, survey, doors => {
      const { prompts } = doors
      doors.isTypedAhead = false
      doors.prompts = {
        sound: utterance =>
          utterance.text.includes('联系过吗')
            ? Promise.reject(new Error('no voice'))
            : prompts.sound(utterance),
      }
    })
    await stage.act({ kind: 'press', key: '1' })
    await stage.act({ kind: 'wait', ms: 400 })
    await stage.act({ kind: 'press', key: '2' })
    expect(placesOf(stage)).toEqual(['intro', 'contacted', 'solved'])
  })
})
