import { expect, it } from 'vitest'
import { exampleCity } from '../../src/city/index.ts'
import { citizenText } from '../../src/orders/citizen-text.ts'
import { closingOf } from '../../src/orders/closed-order.ts'
import type { Command } from '../../src/orders/index.ts'
import { calendar, coldRadiators, inMemory, mondayMs, shippedRules, unit } from './rules-house.ts'

const rules = await shippedRules()
const heating = unit('heating')
const words = '1月5日电话告知市民：合同纠纷可向法院起诉。联系人：王工'
const close = (given: Partial<Extract<Command, { do: 'close' }>>): Command => ({
  do: 'close',
  result: 'referred',
  words,
  evidence: ['录音'],
  ...given,
})

function signed() {
  const one = inMemory(rules, { ...coldRadiators })
  one.act({ do: 'sign' }, heating, mondayMs)
  return one
}

it('what is beyond a unit’s duty is closed with a channel that the city knows, and nothing else has one', () => {
  const refused = expect.objectContaining({ code: 'channel-unknown' })
  const one = signed()
  expect(() => one.act(close({}), heating, mondayMs)).toThrow(refused)
  expect(() => one.act(close({ channel: 'oracle' }), heating, mondayMs)).toThrow(refused)
  expect(() => one.act(close({ result: 'solved', channel: 'court' }), heating, mondayMs)).toThrow(refused)
  one.act(close({ channel: 'court' }), heating, mondayMs)
  expect(one.events.at(-1)).toMatchObject({ kind: 'closed', result: 'referred', channel: 'court' })
  expect(closingOf(one.order()).isReferred).toBe(true)
})

it('its citizen reads where to go, and whom to ring there', () => {
  const one = signed()
  one.act(close({ channel: 'court' }), heating, mondayMs)
  const { timeZone, texts } = exampleCity
  const text = citizenText('closed', one.order(), { rules, kindName: undefined, calendar, timeZone, texts })
  expect(text).toContain('不属承办单位职责，请走诉讼 12368')
})
