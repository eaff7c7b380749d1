/** What a model says has to stand in the words that it was given. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findWords, isBorneOut } from '../../src/assistant/index.ts'

describe('words that are quoted', () => {
  it('are found whatever blanks and stops stand between them, and not in pieces', () => {
    const text = '喂，你好，我家 暖气不热！三天了'
    expect(findWords(text, '我家暖气，不热')).toEqual({ from: 5, to: 12 })
    expect(findWords(text, '我家不热')).toBeUndefined()
    expect(findWords(text, '，。')).toBeUndefined()
  })

  it('stand where they are said to stand: any piece of any text is found, as itself', () => {
    const text = fc.array(fc.constantFrom(...'暖气，不热。 Ａa1！家'), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(text, fc.nat(), fc.nat(), (characters, one, other) => {
        const all = characters.join('')
        const [from = 0, to = 0] = [one % (all.length + 1), other % (all.length + 1)].sort((a, b) => a - b)
        const bare = (words: string) =>
          words
            .normalize('NFKC')
            .toUpperCase()
            .replaceAll(/[\s\p{P}]/gu, '')
        const words = all.slice(from, to)
        const found = findWords(all, words)
        if (bare(words) === '') expect(found).toBeUndefined()
        else expect(bare(all.slice(found?.from, found?.to))).toBe(bare(words))
      }),
    )
  })
})

describe('a sentence', () => {
  const heating = '望京西园三区暖气不热，从上周三开始，室温只有14度，打过两次电话没有人来'
  const pension = '请本人携带身份证到社保所办理。60天内办结，不收取费用。无需照片。'

  it.each([
    ['暖气不热', heating],
    ['室温只有十四度', heating],
    ['市民反映望京西园三区暖气不热', heating],
    ['打过2次电话没有人来', heating],
    ['请携带身份证到社保所办理', pension],
    ['不收取费用', pension],
    ['60天内办结', pension],
  ])('%s: is borne out', (sentence, basis) => expect(isBorneOut(sentence, basis)).toBe(true))

  it.each([
    ['another figure', '室温只有15度', heating],
    ['a figure of something else', '打过14次电话', heating],
    ['a part of a figure', '6天内办结', pension],
    ['a figure that ends it, and is another', '室温只有1', heating],
    ['a word that nobody said', '物业拒绝维修', heating],
    ['a place that nobody named', '望京东园三区暖气不热', heating],
    ['what was denied', '收取费用', pension],
    ['a denial that nobody made', '不携带身份证', pension],
    ['nothing', '市民反映', heating],
    ['a promise of its own', '不收取费用，并免费上门', pension],
    ['a placeholder that was never given', '请打[电话9]', pension],
  ])('says %s: it is not', (_, sentence, basis) => expect(isBorneOut(sentence, basis)).toBe(false))

  it('bears itself out in every clause, and no longer once a figure in it is another', () => {
    const clause = fc.constantFrom('室温只有14度', '等了3天', '收费200元', '共5次', '没有人来', '暖气不热')
    fc.assert(
      fc.property(fc.array(clause, { minLength: 1, maxLength: 4 }), clauses => {
        const sentence = clauses.join('，')
        expect(isBorneOut(sentence, `${sentence}。谢谢`)).toBe(true)
        const other = sentence.replace(/\d+/, figure => `${Number(figure) + 7}`)
        if (other !== sentence) expect(isBorneOut(other, sentence)).toBe(false)
      }),
    )
  })
})
