/** A unit is found among four hundred by whatever of it somebody knows. */
import { expect, it } from 'vitest'
import { unitsFound } from '../../src/web/house/found-units.ts'

const units = [
  { id: 'power', name: '国网电力公司', initials: 'gwdlgs' },
  { id: 'chaoyang', name: '朝阳区政府', initials: 'cyqzf', district: '朝阳区' },
  { id: 'wangjing', name: '朝阳区望京街道', initials: 'cyqwjjd', district: '朝阳区', street: '望京街道' },
  {
    id: 'huilongguan',
    name: '回龙观街道办事处',
    initials: 'hlgjdbsc',
    district: '昌平区',
    street: '回龙观街道',
  },
]
const found = (typed: string) =>
  unitsFound(units, typed).map(({ level, items }) => [level, ...items.map(({ id }) => id)])

it('is found by name, by first letters, by district, and stands under its level', () => {
  expect(found('电力')).toEqual([['city', 'power']])
  expect(found('WJ')).toEqual([['street', 'wangjing']])
  expect(found('朝阳')).toEqual([
    ['district', 'chaoyang'],
    ['street', 'wangjing'],
  ])
  expect(found('jd')).toEqual([['street', 'wangjing', 'huilongguan']])
  // Whose name only holds the letters stands back where another begins with them.
  const both = [{ id: 'water', name: '水务局', initials: 'swj' }, ...units]
  expect(unitsFound(both, 'wj').flatMap(({ items }) => items.map(({ id }) => id))).toEqual(['wangjing'])
  expect(unitsFound(both, 'lg').flatMap(({ items }) => items.map(({ id }) => id))).toEqual([
    'power',
    'huilongguan',
  ])
  expect(found('月亮局')).toEqual([])
})

it('is looked up among all where nothing is typed', () => {
  expect(found(' ')).toEqual([
    ['city', 'power'],
    ['district', 'chaoyang'],
    ['street', 'wangjing', 'huilongguan'],
  ])
})
