import { expect, it } from 'vitest'
import { firstUtterancesOf, placeUtterancesOf, utterancesOf } from '../../src/ivr/index.ts'
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

it('has the places in the queue as every flow tells them, to be kept, the front first', () => {
  const places = placeUtterancesOf(shipped, 1, 3)
  const words = textsOf(places).filter(
    text => text.startsWith('让您久等了，您现在排在第') && text.includes('按2留言'),
  )
  expect(words.map(text => /第(.)位/.exec(text)?.[1])).toEqual(['1', '2', '3'])
  expect(textsOf(places).filter(text => text.includes('number 2 in the queue')).length).toBeGreaterThan(2)
  expect(textsOf(places).filter(text => text.includes('{'))).toEqual([])
  expect(places.filter(({ once }) => once)).toEqual([])
})
