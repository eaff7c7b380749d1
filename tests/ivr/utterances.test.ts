import { expect, it } from 'vitest'
import { firstUtterancesOf, utterancesOf } from '../../src/ivr/index.ts'
import { shipped } from './shipped.ts'

const textsOf = (utterances: readonly { readonly text: string }[]) => utterances.map(({ text }) => text)

it('has first what a caller hears in their first seconds, in every language', () => {
  const first = textsOf(firstUtterancesOf(shipped))
  for (const words of [
    '您好，12345热线',
    'Hello, this is 12345',
    '正在为您接通话务员',
    '长辈专线',
    '正在为您找工作人员',
  ])
    expect(first.filter(text => text.includes(words))).not.toEqual([])
  expect(first.length).toBeLessThan(utterancesOf(shipped).length / 2)
  expect(textsOf(utterancesOf(shipped))).toEqual(expect.arrayContaining(first))
})

it('leaves out what has gaps to fill', () => {
  expect(textsOf(utterancesOf(shipped)).filter(text => text.includes('{'))).toEqual([])
})
