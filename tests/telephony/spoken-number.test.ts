import { expect, it } from 'vitest'
import { exampleCity } from '../../src/city/index.ts'
import { spokenNumber } from '../../src/telephony/index.ts'

it.each([
  ['+8613800138000', '13800138000'],
  ['+861088889999', '01088889999'],
  ['+14155550123', '+14155550123'],
  ['13800138000', '13800138000'],
  ['12345', '12345'],
  ['', ''],
])('reads %s back as %s in China', (number, spoken) => {
  expect(spokenNumber(number, exampleCity)).toBe(spoken)
})
