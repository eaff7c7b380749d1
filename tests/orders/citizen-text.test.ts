/** What citizens read about their orders on their telephones. */
import { expect, it } from 'vitest'
import { exampleCity } from '../../src/city/index.ts'
import { citizenText, textNumberOf } from '../../src/orders/citizen-text.ts'
import {
  calendar,
  coldRadiators,
  hourMs,
  inMemory,
  mondayMs,
  number,
  shippedRules,
  unit,
} from './rules-house.ts'

const rules = await shippedRules()
const words = {
  rules,
  kindName: '室温·不达标',
  calendar,
  timeZone: 'Asia/Shanghai',
  texts: exampleCity.texts,
}

it('names the number, the matter and the limit when it is filed, and the unit and the result when it is closed', () => {
  const made = inMemory(rules)
  expect(citizenText('filed', made.order(), words)).toBe(
    `【12345】您反映的“室温·不达标”已受理，工单号${number}，由供热单位办理，1月6日 10:00前办结。凭工单号可来电查询。`,
  )
  made.act({ do: 'sign' }, unit('heating'), mondayMs + hourMs)
  const close = { do: 'close', result: 'partly', words: '王师傅上门', evidence: ['照片'] } as const
  made.act(close, unit('heating'), mondayMs + hourMs)
  const closed = citizenText('closed', made.order(), words)
  expect(closed).toContain(`（工单号${number}）已办结，承办单位：供热单位，办理结果：部分解决`)
  // What a unit wrote, and what the citizen said, stand in no text.
  for (const secret of ['王师傅', '幸福小区', '暖气不热']) expect(closed).not.toContain(secret)
})

it('says nothing of the matter of a confidential order, and says it in English, too, to who speaks no Chinese', () => {
  const hidden = inMemory(rules, { ...coldRadiators, confidential: true, language: 'en' }).order()
  const [chinese = '', english = ''] = citizenText('filed', hidden, words).split('\n')
  expect(chinese).toMatch(/^【12345】您的诉求已受理/)
  expect(english).toBe(
    `[12345] Your request is filed, number ${number}, to be settled by 6 January at 10:00.`,
  )
  for (const text of [chinese, english]) expect(text).not.toMatch(/室温|供热|heating/)
})

it('goes to nobody who wants to hear nothing', () => {
  const { order } = inMemory(rules, { ...coldRadiators, contact: { mode: 'none' } })
  expect(textNumberOf(order())).toBeUndefined()
})

it('goes to no name that a telephone showed in place of a number', () => {
  const contact = (number: string) => ({ contact: { mode: 'unverified', number } }) as const
  expect(textNumberOf(contact('x1'))).toBeUndefined()
  expect(textNumberOf(contact('+8613800138000'))).toBe('+8613800138000')
})
