/** A number in full-width figures, in Chinese words or in circles went to units and into files as it stood. */
import { describe, expect, it } from 'vitest'
import { masksNumbers } from '../../src/orders/index.ts'

const anybodys = masksNumbers([])

describe('a mobile telephone is masked', () => {
  it.each([
    '１３８００１３８００１',
    '１３８　００１３　８００１',
    '一三八零零一三八零零一',
    '幺三八〇〇幺三八〇〇幺',
    '壹叁捌零零壹叁捌零零壹',
    '①③⑧⓪⓪①③⑧⓪⓪①',
    '138.0013.8001',
    '138/0013/8001',
    '138——0013——8001',
    '138（0013）8001',
    '1 3 8 0 0 1 3 8 0 0 1',
    '138\u200b0013\u200b8001',
    '＋86-138-0013-8001',
    '008613800138001',
  ])('as %s', written => {
    expect(anybodys(`找我：${written}，晚上`)).toBe('找我：138****8001，晚上')
  })

  it('after a word that is a figure elsewhere, and more than one', () => {
    expect(anybodys('唯一一三八零零一三八零零一')).toBe('唯一138****8001')
    expect(anybodys('13800138001、１３９００１３９０００')).toBe('138****8001、139****9000')
  })
})

describe('a landline is masked', () => {
  it.each([
    ['010-62345678', '010****5678'],
    ['０１０６２３４５６７８', '010****5678'],
    ['零一零六二三四五六七八', '010****5678'],
    ['0311 6234567', '031****4567'],
    ['021—62345678', '021****5678'],
  ])('with the code of its area, as %s', (written, masked) => {
    expect(anybodys(`电话${written}。`)).toBe(`电话${masked}。`)
  })

  it('without it, where it is known', () => {
    const theirs = masksNumbers(['+861062345678', '01062345678'])
    expect(theirs('打6234-5678或六二三四五六七八')).toBe('打****5678或****5678')
    expect(theirs('表号62345679')).toBe('表号62345679')
  })
})

it.each([
  '工单2612010000010',
  '2026-11-30 23:59',
  '20261130 1800',
  '3号楼2单元1602',
  '一三五号楼，一百八十户',
  '110101199003071234',
  '12345转2',
])('%s is no telephone', text => {
  expect(anybodys(text)).toBe(text)
})

it('a text that is made to be slow is not', () => {
  const began = performance.now()
  for (const text of ['1 3 8 0 0 ', '0', '一', '86 ', '(()) ']) anybodys(text.repeat(20_000))
  expect(performance.now() - began).toBeLessThan(10_000)
})
