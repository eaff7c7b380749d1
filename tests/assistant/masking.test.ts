/** Who somebody is does not leave the house with what they say, and comes back whole. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mask } from '../../src/assistant/index.ts'

const masked = (text: string, names?: readonly string[]) => mask([text], { names }).texts[0]

describe('before words leave', () => {
  it.each([
    ['我电话13800138000，姓名张伟，家住望京', '我电话[电话1]，姓名[姓名1]，家住望京'],
    ['幺三八，零零幺三，八零零零', '[电话1]'],
    ['138 嗯 0013 然后 8000', '[电话1]'],
    ['（010）6512 3456，嗯，那个，转 801', '（[电话1]，嗯，那个，转 801'],
    ['身份证110101199003077777', '身份证[证件1]'],
    ['身份证 11010119900307777x 丢了', '身份证 [证件1] 丢了'],
    ['卡号6222 0200 1111 2222 333', '卡号[卡号1]'],
    ['尾号1234的卡', '尾号[号码1]的卡'],
    ['京A·12345停在门口，京 A 1 2 3 4 5', '[车牌1]停在门口，[车牌2]'],
    ['冀B一二三四五占道', '[车牌1]占道'],
    ['发到zhang.wei@example.com吧', '发到[邮箱1]吧'],
    ['护照E12345678', '护照[号码1]'],
    ['我叫欧阳明月，免贵姓李，找王师傅', '我叫[姓名1]，免贵姓[姓名2]，找[姓名3]师傅'],
    ['12月3号晚上7点暖气15度，扣了1200元', '12月3号晚上7点暖气15度，扣了1200元'],
    ['我叫了救护车', '我叫了救护车'],
    ['[电话1] 是多少', '[原文1] 是多少'],
  ])('%s', (text, expected) => {
    expect(masked(text)).toBe(expected)
    expect(mask([text]).restore(expected)).toBe(text)
  })

  it('a number that is said over three lines is in none of them', () => {
    const { texts, restore } = mask(['电话是138', '0013。', '8000，谢谢'])
    expect(texts).toEqual(['电话是[号码1]', '[号码2]', '[号码3]，谢谢'])
    expect(texts.map(restore)).toEqual(['电话是138', '0013。', '8000，谢谢'])
  })

  it('an order’s number is known as one, and the same number has one placeholder', () => {
    const { texts, single } = mask(['工单2601050000127', '2601050000127，电话13800138000'], {
      isOrderNumber: digits => digits === '2601050000127',
    })
    expect(texts).toEqual(['工单[单号1]', '[单号1]，电话[电话1]'])
    expect(single('[单号1]')).toEqual({ kind: '单号', words: '2601050000127' })
    expect(single('[单号1]。')).toBeUndefined()
  })

  it('names that are known go wherever they stand', () => {
    expect(masked('张小凡说张小凡不在', ['张小凡', '凡'])).toBe('[姓名1]说[姓名1]不在')
  })

  const pieces = fc.constantFrom(
    ...[
      '一',
      '幺',
      '8',
      '0',
      '13800138000',
      '，',
      ' ',
      '\n',
      '京A',
      'x',
      '@',
      '我叫',
      '张伟',
      '[电话1]',
      '[',
      ']',
      '先生',
      '暖气',
      '嗯',
      '.',
    ],
  )
  const spoken = fc
    .array(fc.oneof({ weight: 6, arbitrary: pieces }, fc.string({ unit: 'grapheme', maxLength: 3 })), {
      maxLength: 30,
    })
    .map(all => all.join(''))

  it('whatever was said comes back as it was, and no number, no known name leaves', () => {
    fc.assert(
      fc.property(fc.array(spoken, { minLength: 1, maxLength: 5 }), texts => {
        const { texts: out, restore } = mask(texts, { names: ['张伟'] })
        expect(out.map(restore)).toEqual(texts)
        expect(out.join('\n')).not.toMatch(/\d{5}|张伟|[幺一八零]{5}/)
      }),
    )
  })

  it('however somebody pauses in a telephone number, not four of its digits stay together', () => {
    const digits = fc.stringMatching(/^1[3-9]\d{9}$/)
    const pauses = fc.array(fc.constantFrom('', ' ', '，', '-', '嗯', '\n', '。\n'), {
      minLength: 10,
      maxLength: 10,
    })
    fc.assert(
      fc.property(digits, pauses, fc.boolean(), (number, between, isSpoken) => {
        const said = [...number].map(one => (isSpoken ? '零幺二三四五六七八九'[Number(one)] : one))
        const text = said.map((one, at) => `${one}${between[at] ?? ''}`).join('')
        const { texts, restore } = mask(text.split('\n'))
        expect(texts.join('').replaceAll(/\[\D+\d+\]/g, '')).not.toMatch(/[\d零幺二三四五六七八九]/)
        expect(texts.map(restore).join('\n')).toBe(text)
      }),
    )
  })
})
