import { expect, it } from 'vitest'
import { exampleCity } from '../../src/city/index.ts'
import { localForms, spokenNumber } from '../../src/telephony/index.ts'

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

it.each([
  ['12345', ['12345']],
  ['01012345', ['01012345', '12345']],
  ['+861012345', ['+861012345', '1012345', '12345']],
  ['861012345', ['861012345', '1012345', '12345']],
  ['008601012345', ['008601012345', '01012345', '12345']],
  ['+8612345', ['+8612345', '12345']],
  ['02112345', ['02112345']],
  ['010', ['010']],
  ['s1', ['s1']],
])('%s may be, within Beijing, any of %j', (called, forms) => {
  expect(localForms(called, exampleCity)).toEqual(forms)
})
