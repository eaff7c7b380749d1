import { expect, it } from 'vitest'
import { firstUtterancesOf, utterancesOf } from '../../src/ivr/index.ts'
import { shipped } from './shipped.ts'

const textsOf = (utterances: readonly { readonly text: string }[]) => utterances.map(({ text }) => text)

it('has first what a caller hears in their first seconds, in every language', () => {
  const first = textsOf(firstUtterancesOf(shipped))
  expect(first).toEqual(
    expect.arrayContaining([
      '您好，12345热线，马上为您接通人工。',
      'Hello, this is 12345. A person will be with you.',
      '正在为您接通话务员，请稍候。',
      '您好，12345长辈专线。找人请按0，不按也行。',
      '正在为您找工作人员，请不要挂机。',
    ]),
  )
  expect(first.length).toBeLessThan(utterancesOf(shipped).length / 2)
  expect(textsOf(utterancesOf(shipped))).toEqual(expect.arrayContaining(first))
})

it('leaves out what has gaps to fill', () => {
  expect(textsOf(utterancesOf(shipped)).filter(text => text.includes('{'))).toEqual([])
})
