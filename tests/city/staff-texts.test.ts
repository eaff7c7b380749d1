/** What units and staff read by SMS: shipped in both languages, changed by the city, and refused where it names nothing. */
import { expect, it } from 'vitest'
import { lateText } from '../../src/callbacks/notice.ts'
import { exampleCity, filledIn, readCitizenTexts } from '../../src/city/index.ts'

const written = (staff: object) => readCitizenTexts(JSON.stringify({ texts: { staff } }), 'city.json')

it('ships each in both languages, with the number of its order in it', () => {
  const { language, lateCallback, digest, ...ofOrders } = exampleCity.texts.staff
  expect(language).toBe('zh-CN')
  for (const text of Object.values(ofOrders))
    for (const words of [text['zh-CN'], text.en]) {
      expect(words).toContain('{number}')
      expect(filledIn(words, { number: '261130 0000015', kind: '供热' })).not.toMatch(/[{}]|undefined/)
    }
  expect(lateCallback['zh-CN']).not.toBe(lateCallback.en)
})

it('is sent in the words and the language of the city', () => {
  const texts = written({ language: 'en', lateCallback: { en: 'Late since {time}!' } })
  const late = { invitedAtMs: Date.parse('2026-11-30T09:05+08:00') }
  expect(lateText(late, { ...exampleCity, texts })).toBe('Late since 09:05!')
  expect(lateText(late, exampleCity)).toBe(
    '【12345热线】有一个回拨超时：09:05 来电。请在坐席页“待回电”处理。',
  )
})

it('refuses a text without its number, one that names what is not known, and a third language', () => {
  expect(() => written({ dispatched: { 'zh-CN': '请签收' } })).toThrow(/number/)
  expect(() => written({ dispatched: { 'zh-CN': '{number}，{matter}' } })).toThrow(/names of/)
  expect(() => written({ language: 'fr' })).toThrow(/zh-CN or en/)
})
