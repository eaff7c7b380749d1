/** A report that the hotline reads out is understood by whoever it is for: Chinese and English each by their own voice. */
import { expect, it } from 'vitest'
import { partsByLanguage } from '../../src/speech/index.ts'

it('reads an English report with a Chinese address by two voices, and a Chinese one by one', () => {
  expect(
    partsByLanguage('12345 hotline. Order 2612010000010. Place: 望京街道 3号楼. Matter: no heating.'),
  ).toEqual([
    { text: '12345 hotline. Order 2612010000010. Place: ', language: 'en' },
    { text: '望京街道 3号楼. ', language: 'zh-CN' },
    { text: 'Matter: no heating.', language: 'en' },
  ])
  const chinese = '12345 热线。工单 2612010000010。地点 望京街道 3 号楼。情况 WiFi 太慢。'
  expect(partsByLanguage(chinese)).toEqual([{ text: chinese, language: 'zh-CN' }])
  expect(partsByLanguage('110 120')).toEqual([{ text: '110 120', language: 'zh-CN' }])
})
