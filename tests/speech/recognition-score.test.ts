import { expect, it } from 'vitest'
import { scoreText } from '../../src/speech/index.ts'
import { plainText } from '../../src/speech/score.ts'

it.each([
  ['我住在三百二十号，十二楼。', '我住在320号12楼'],
  ['电话是幺三八零零', '电话是13800'],
  ['两万三千零五元', '23005元'],
  ['１２３４５ Hotline!', '12345hotline'],
])('reads %s as %s', (text, plain) => {
  expect(plainText(text)).toBe(plain)
})

it('finds no fault where only punctuation and the way of writing numbers differ', () => {
  const score = scoreText('我住三百二十号，没有暖气。', '我住320号 没有暖气')
  expect(score).toMatchObject({ cer: 0, ner: 1, numbers: { said: 1, right: 1, madeUp: 0 } })
  expect(score.negations).toEqual({ said: 1, right: 1, madeUp: 0 })
})

it('counts characters wrong, lost and made up', () => {
  const score = scoreText('楼道灯坏了三天', '楼到灯坏三天啊')
  expect(score).toMatchObject({ characters: 7, substituted: 1, deleted: 1, inserted: 1, cer: 3 / 7 })
  expect(score.errors).toEqual({ minor: 2, standard: 1, serious: 0 })
  expect(score.ner).toBeCloseTo((7 - 1) / 7)
})

it('takes a lost "not" and a wrong number seriously, and notices what nobody said', () => {
  const lost = scoreText('我不同意拆迁', '我同意拆迁')
  expect(lost.negations).toEqual({ said: 1, right: 0, madeUp: 0 })
  expect(lost.errors.serious).toBe(1)
  expect(scoreText('我同意拆迁', '我不同意拆迁').negations).toEqual({ said: 0, right: 0, madeUp: 1 })
  const grown = scoreText('欠薪五百元', '欠薪1500元')
  expect(grown.numbers).toMatchObject({ said: 1, right: 0 })
  expect(grown.errors.serious).toBe(1)
})

it('follows the names that it is given', () => {
  const names = ['回龙观', '王建国']
  const score = scoreText('我叫王建国，住回龙观。', '我叫王建国住回笼观', names)
  expect(score.names).toEqual({ said: 2, right: 1, madeUp: 0 })
  expect(score.errors.serious).toBe(1)
})

it('refuses a reference without words, and scores silence as all lost', () => {
  expect(() => scoreText('。', '你好')).toThrow('score: found nothing')
  expect(scoreText('你好', '')).toMatchObject({ cer: 1, ner: 0, deleted: 2 })
})
