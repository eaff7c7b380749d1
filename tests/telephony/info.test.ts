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
    ['application/dtmf', 'Signal=7\r\nDuration=250\r\n', '7'],
    ['application/dtmf', '11', '#'],
    ['application/dtmf-relay', '8', '8'],
    ['application/dtmf-relay', 'Duration=160\r\nSignal="3"', '3'],
    ['application/vnd.nortelnetworks.digits', 'p=Digit-Collection\r\ny=Digits\r\nd=5\r\n', '5'],
    ['audio/telephone-event', '4', '4'],
    ['audio/telephone-event', '10\r\n', '*'],
    ['audio/telephone-event', 'Event: 9\nDuration: 800', '9'],
    ['audio/telephone-event', 'Signal=0', '0'],
    ['audio/telephone-event;rate=8000', '\x05\x8a\x03\x20', '5'],
    ['audio/telephone-event', '\x05\ufffd\x03 ', '5'],
    ['audio/telephone-event', '\x00\x0a\x00\xa0', '0'],
    // Events 9, 10 and 13 are a tab, a line feed and a carriage return.
    ['audio/telephone-event', '\t\x00\x07\xd0', '9'],
    ['audio/telephone-event', '\n\x0a\x00\xa0', '*'],
    ['audio/telephone-event', '\r\ufffd\x00\x00', 'B'],
  ])('of type %s with %j is %s', (type, body, key) => {
    expect(keyOfInfo(type, body)?.key).toBe(key)
  })

  it.each([
    ['application/dtmf-relay', 'Signal=99'],
    ['application/dtmf', 'hello'],
    ['application/dtmf', '123'],
    ['audio/telephone-event', '\x10\x04\x00\x00'],
    ['audio/telephone-event', '16'],
    ['audio/telephone-event', 'flash'],
    ['audio/telephone-event', ''],
    ['audio/telephone-event', '\x05'],
    ['text/plain', 'Signal=5'],
    ['application/media_control+xml', '<picture_fast_update/>'],
    ['', '5'],
  ])('of type %s with %j is none', (type, body) => {
    expect(keyOfInfo(type, body)).toBeUndefined()
  })
})

describe('how long a key in an INFO was down', () => {
  it.each([
    ['Signal=5\r\nDuration=900', 900],
    ['Signal=5\r\nDuration = 160 ', 160],
    ['Signal=5', undefined],
    ['Signal=5\r\nDuration=-1', undefined],
    ['Signal=5\r\nDuration=99999', undefined],
    ['Signal=5\r\nDuration=1e3', undefined],
  ])('by %j is %s', (body, heldMs) => {
    expect(keyOfInfo('application/dtmf-relay', body)).toEqual({ key: '5', heldMs })
  })

  it('is from the first to the second of two in bytes', () => {
    expect(keyOfInfo('audio/telephone-event', '\x07\x00\x07\xd0')?.phase).toBe('down')
    expect(keyOfInfo('audio/telephone-event', '\x07\x80\x07\xd0')?.phase).toBe('up')
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
