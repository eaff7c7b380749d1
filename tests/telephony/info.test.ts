import { describe, expect, it } from 'vitest'
import { exampleCity } from '../../src/city/index.ts'
import { keyOfInfo } from '../../src/telephony/lines/sip/info.ts'
import { normaliseNumber } from '../../src/telephony/numbers.ts'

describe('a key in an INFO', () => {
  it.each([
    ['application/dtmf-relay', 'Signal=5\r\nDuration=160', '5'],
    ['application/dtmf-relay', 'Signal= * \r\nDuration= 160\r\n', '*'],
    ['Application/DTMF-Relay; charset=utf-8', 'signal=11\n', '#'],
    ['application/dtmf', '0', '0'],
    ['application/dtmf', 'b\r\n', 'B'],
  ])('of type %s with %j is %s', (type, body, key) => {
    expect(keyOfInfo(type, body)).toBe(key)
  })

  it.each([
    ['application/dtmf-relay', 'Signal=99'],
    ['application/dtmf', 'hello'],
    ['application/media_control+xml', '<picture_fast_update/>'],
    ['', '5'],
  ])('of type %s with %j is none', (type, body) => {
    expect(keyOfInfo(type, body)).toBeUndefined()
  })
})

describe('a caller’s number', () => {
  it.each([
    ['13800138000', '+8613800138000'],
    ['01012345678', '+861012345678'],
    ['+8613800138000', '+8613800138000'],
    ['008613800138000', '+8613800138000'],
    ['12345', '12345'],
    ['s1', 's1'],
    ['anonymous', ''],
    ['', ''],
  ])('received as %j is %j', (received, number) => {
    expect(normaliseNumber(received, exampleCity)).toBe(number)
  })
})
