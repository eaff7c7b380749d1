import { describe, expect, it } from 'vitest'
import { parseContact } from '../../src/desk/contact.ts'

describe('a contact', () => {
  it.each([
    'sip:s1@127.0.0.1:5090',
    'sips:s1@seats.example',
    'sip:10.0.0.7:5060;transport=tcp',
    'sip:s1@[::1]:5090;ob',
    'sip:%E4%B8%80@10.0.0.7',
  ])('%s is a place to ring', text => {
    expect(parseContact(text)).toBe(text)
  })

  it.each([
    '',
    's1@127.0.0.1',
    'tel:12345',
    'http://127.0.0.1',
    'sip:s1@',
    'sip:s1@127.0.0.1:0',
    'sip:s1@127.0.0.1:70000',
    'sip:s1@127.0.0.1:x',
    'sip:s1@127.0.0.1?Route=elsewhere',
    'sip:s1@127.0.0.1>\r\nVia: x',
    'sip:s1@127.0.0.1\r\n',
    'sip:a b@127.0.0.1',
  ])('%j is refused', text => {
    expect(() => parseContact(text)).toThrow('expected a SIP URI')
  })
})
