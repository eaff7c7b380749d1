/** What the house reads from the lines of a call for a form, and which streets it finds for what is typed. */
import { describe, expect, it } from 'vitest'
import { createPlaces } from '../../src/drafts/places.ts'
import { createReader } from '../../src/drafts/reading/reader.ts'

const gazetteer = {
  districts: {
    朝阳区: { 望京街道: ['望京花园社区', '南湖东园社区'], 酒仙桥街道: ['高家园社区'] },
    海淀区: { 学院路街道: ['石油大院社区'], 万寿路街道: [] },
  },
}
const { read } = createReader({
  gazetteer,
  catalogue: { objects: new Map(), kinds: new Map() } as never,
  city: { timeZone: 'Asia/Shanghai' },
  clock: { now: () => Date.parse('2026-11-29T10:00+08:00') },
  isOrderNumber: digits => digits === '2611280000015',
  suggest: () => ({ found: [], isUnsure: true }),
})

describe('lines of a call', () => {
  it('fill the place by its parts, and say from which words', () => {
    const { proposals } = read({
      lines: [
        { id: 3, text: '您好' },
        { id: 4, text: '我住在朝阳区望京街道望京花园3号楼，前天晚上开始没暖气，屋里十四度' },
      ],
    })
    expect(proposals.map(({ field, value, line }) => [field, value, line])).toEqual([
      ['district', '朝阳区', 4],
      ['street', '望京街道', 4],
      ['place', '望京花园3号楼', 4],
      ['since', '2026-11-27 晚上', 4],
      ['temperature', '14℃', 4],
    ])
    expect(proposals.find(({ field }) => field === 'temperature')).toMatchObject({
      words: '十四度',
      from: 30,
    })
    expect(proposals.find(({ field }) => field === 'street')?.district).toBe('朝阳区')
  })

  it('give a number that was said with a pause, whole, at the line in which it began', () => {
    const { proposals } = read({
      lines: [
        { id: 7, text: '我的电话138' },
        { id: 9, text: '0013' },
        { id: 11, text: '8000' },
      ],
    })
    expect(proposals).toMatchObject([{ field: 'phone', value: '13800138000', line: 7, from: 4 }])
  })

  it('raise what cannot wait, and nothing that is denied', () => {
    const { emergencies } = read({ lines: [{ id: 1, text: '我妈摔倒了起不来，没有着火' }] })
    expect(emergencies).toMatchObject([{ service: '120', words: '摔倒了起不来', line: 1 }])
  })
})

describe('streets', () => {
  const places = createPlaces(gazetteer)
  const names = (words: string, district?: string) =>
    places.search(words, { district, limit: 10 }).map(({ street, community }) => community ?? street)

  it('are found by characters, by first letters, and by sounds', () => {
    expect(names('望京')).toEqual(['望京街道', '望京花园社区'])
    expect(names('wj')).toEqual(['望京街道', '望京花园社区'])
    expect(names('wanshou')).toEqual(['万寿路街道'])
    expect(names('花园')).toEqual(['望京花园社区'])
    expect(names('xyz')).toEqual([])
  })

  it('are those of a district that is chosen, all of them before anything is typed', () => {
    expect(names('', '海淀区')).toEqual(['学院路街道', '万寿路街道'])
    expect(names('wj', '海淀区')).toEqual([])
    expect(places.search('高家园', { limit: 1 })).toEqual([
      { district: '朝阳区', street: '酒仙桥街道', community: '高家园社区' },
    ])
  })
})
