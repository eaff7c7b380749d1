/** Kinds of the catalogue that ships, as they are suggested and searched. */
import { expect, it } from 'vitest'
import { createKinds } from '../../src/drafts/index.ts'
import { shippedRules } from '../orders/rules-house.ts'
import { shippedCatalogue } from '../support/shipped-catalogue.ts'

const catalogue = await shippedCatalogue()
const { units } = await shippedRules()
const kinds = createKinds({ catalogue, units })

it('suggests three objects with their kinds, whose they are in the district, why, and what to ask', () => {
  const { found, isUnsure } = kinds.suggest({
    text: '你好，我家暖气从前天开始就不热了，屋里才十四度，老人孩子冻得不行',
    district: '朝阳区',
  })
  expect(isUnsure).toBe(false)
  expect(found).toHaveLength(3)
  const [first] = found
  expect(first?.object).toBe('室温')
  expect(first?.kinds.length).toBeGreaterThan(2)
  expect(first?.unit?.name).toBe(units.get(first?.unit?.id ?? '')?.name)
  expect(first?.why.length).toBeGreaterThan(0)
  expect(first?.why.every(word => '你好，我家暖气从前天开始就不热了，屋里才十四度'.includes(word))).toBe(true)
  expect(first?.form.length).toBeGreaterThan(0)
  expect(found.every(({ sure }) => sure >= 0 && sure <= 1)).toBe(true)
})

it('says that it does not know, and puts the kind that is named first', () => {
  expect(kinds.suggest({ text: '喂，你好，我想问一下那个' }).isUnsure).toBe(true)
  const [water] = kinds.suggest({ text: '我们小区自来水水压低，高层根本上不去水' }).found
  expect(water?.object).toBe('居民供水')
  expect(water?.kinds[0]?.name).toBe('水压低')
})

it('looks at a bounded part of ten thousand words', () => {
  const long = '我家暖气不热。'.repeat(3_000)
  const startedMs = performance.now()
  for (let at = 0; at < 20; at++) kinds.suggest({ text: long, title: long })
  // 5 ms each on the reference machine; a busy one may take its time.
  expect((performance.now() - startedMs) / 20).toBeLessThan(40)
})

it('finds a kind by its code, its name, its object and what citizens call it', () => {
  const codes = (words: string) => kinds.search(words, 5).map(({ code }) => code)
  expect(codes('01010102')).toEqual(['01010102'])
  expect(kinds.search('水压低', 5)[0]).toMatchObject({ object: '居民供水', name: '水压低' })
  expect(kinds.search('居民供水 停水', 5)[0]).toMatchObject({ code: '01010101' })
  expect(kinds.search('水跟茶似的', 5).map(({ object }) => object)).toContain('自来水水质')
  expect(kinds.search('楼上漏水把我家天花板泡了', 5).length).toBeGreaterThan(0)
  expect(kinds.search(' · ', 5)).toEqual([])
})
