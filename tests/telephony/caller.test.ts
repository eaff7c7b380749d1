import { describe, expect, it } from 'vitest'
import { silentLog } from '../../src/foundation/index.ts'
import { readAddress, readAddresses } from '../../src/telephony/lines/sip/address.ts'
import { calledOf, callerOf } from '../../src/telephony/lines/sip/caller.ts'
import { createTrust } from '../../src/telephony/lines/sip/trust.ts'
import { textOf } from '../../src/telephony/lines/sip/wire-text.ts'
import { isWithheld, normaliseNumber } from '../../src/telephony/numbers.ts'
import { fromHeaders } from './from-headers.ts'

const beijing = { country: 'CN', areaCode: '010' } as const
const trusts = createTrust(['10.0.0.0/8', '2001:db8::/32'], undefined, silentLog)
const headers = (given: Readonly<Record<string, string>>) => ({ get: (name: string) => given[name] })
const caller = (given: Readonly<Record<string, string>>, from = '203.0.113.9') =>
  callerOf(headers(given), beijing, trusts(from))

describe('who calls', () => {
  it.each(fromHeaders)('by From: %s is %j', (from, number) => {
    expect(caller({ From: from }).number).toBe(number)
  })

  it('is what a trusted peer asserts, and what From says by anybody else', () => {
    const From = '<sip:anonymous@anonymous.invalid>'
    const asserting = { From, 'P-Asserted-Identity': '<tel:+8613900139000>' }
    expect(caller(asserting, '10.1.2.3').number).toBe('+8613900139000')
    expect(caller(asserting, '::ffff:10.1.2.3').number).toBe('+8613900139000')
    expect(caller(asserting, '2001:db8::1').number).toBe('+8613900139000')
    expect(caller(asserting, '203.0.113.9').number).toBe('')
    const party = { From, 'Remote-Party-ID': '"x" <sip:13900139000@gw.example>;party=calling;screen=yes' }
    expect(caller(party, '10.1.2.3').number).toBe('+8613900139000')
    expect(caller(party).number).toBe('')
  })

  it.each([
    ['"A" <sip:alice@ims.example>, <tel:+8613900139000>', '+8613900139000'],
    ['"Wang, Li" <sip:+8613900139000@ims.example;user=phone>, <tel:+8613700137000>', '+8613900139000'],
    ['<sip:anonymous@anonymous.invalid>, <tel:+8613900139000>', '+8613900139000'],
    ['tel:+8613900139000', '+8613900139000'],
    ['<sip:alice@ims.example>', '+8613800138000'],
    ['broken', '+8613800138000'],
  ])('asserted as %s is %j', (asserted, number) => {
    const given = { From: '<sip:13800138000@x>', 'P-Asserted-Identity': asserted }
    expect(caller(given, '10.0.0.1').number).toBe(number)
  })

  it.each(['id', 'header;id', 'user; critical', 'ID'])('stays withheld where Privacy says %s', privacy => {
    const given = {
      From: '<sip:13800138000@x>',
      'P-Asserted-Identity': '<tel:+8613900139000>',
      Privacy: privacy,
    }
    expect(caller(given, '10.0.0.1')).toEqual({ number: '', name: '' })
    expect(caller({ ...given, Privacy: 'none' }, '10.0.0.1').number).toBe('+8613900139000')
  })

  it('stays withheld where Remote-Party-ID says so, and is not who is called', () => {
    const party = (params: string) =>
      caller({ From: '<sip:13800138000@x>', 'Remote-Party-ID': `<sip:13900139000@x>${params}` }, '10.0.0.1')
        .number
    expect(party(';privacy=full')).toBe('')
    expect(party('; Privacy = "uri"')).toBe('')
    expect(party(';privacy=off')).toBe('+8613900139000')
    expect(party(';party=called')).toBe('+8613800138000')
  })

  it('has a name for the eye, whatever it holds', () => {
    expect(caller({ From: String.raw`"王 \"小\" 明\\" <sip:13800138000@x>` }).name).toBe('王 "小" 明\\')
    expect(caller({ From: 'Wang, Li <sip:13800138000@x>' }).name).toBe('Wang, Li')
    expect(caller({ From: '"Anonymous" <sip:13800138000@x>' })).toEqual({
      number: '+8613800138000',
      name: '',
    })
  })
})

it('trusts this machine and the trunk where no peer is named', async () => {
  const byDefault = createTrust(undefined, 'sip:192.0.2.7:5080;transport=tcp', silentLog)
  expect(['127.0.0.1', '::1', '192.0.2.7', '192.0.2.8', '', 'x'].map(byDefault)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ])
  const six = createTrust(undefined, 'sip:[2001:db8::7]:5080', silentLog)
  expect(['2001:db8::7', '[2001:db8::7]', '2001:db8::8'].map(six)).toEqual([true, true, false])
  const named = createTrust(['localhost'], 'sip:192.0.2.7', silentLog)
  await expect.poll(() => named('127.0.0.1') || named('::1')).toBe(true)
  expect(named('192.0.2.7')).toBe(false)
})

it.each([
  ['sip:12345@h', '12345'],
  ['sip:%31%32345@h', '12345'],
  ['tel:12345', '12345'],
  ['tel:12345;phone-context=+8610', '12345'],
  ['tel:1-23-45', '12345'],
  ['sips:12345:pw@h;user=phone', '12345'],
  ['SIP:12345;isub=1@h', '12345'],
  ['sip:+861012345@h', '+861012345'],
  ['sip:h', ''],
  ['mailto:a@b', ''],
])('who is rung by %s is %j', (uri, called) => {
  expect(calledOf(uri)).toBe(called)
})

describe('a number', () => {
  it.each([
    ['62345678', '010', '+861062345678'],
    ['62345678', '10', '+861062345678'],
    ['+8662345678', '010', '+861062345678'],
    ['62345678', undefined, '62345678'],
    ['13800138000', '010', '+8613800138000'],
    ['02162345678', '010', '+862162345678'],
    ['4008123456', '010', '+864008123456'],
    ['110', '010', '110'],
    ['96100', '010', '96100'],
    ['2345678', '010', '2345678'],
    ['87654321', '0571', '+8657187654321'],
    ['+12025550123', '010', '+12025550123'],
  ])('%s in a city of area code %s is %s', (received, areaCode, number) => {
    expect(normaliseNumber(received, { country: 'CN', areaCode })).toBe(number)
  })

  it.each(['12345678', '1380013800', '138001380001', '010623456789', '01062345', '10000000000'])(
    '%s is nobody’s number, and kept as it came',
    received => {
      expect(normaliseNumber(received, beijing)).toBe(received)
    },
  )

  it.each([
    ...[
      '',
      ' ',
      '0',
      '000',
      '+',
      '-',
      'anonymous',
      'Anonymous',
      'PRIVATE',
      'withheld',
      'Unknown',
      'unavailable',
    ],
    ...['restricted', 'Not Available', 'no-number', 'out of area', 'blocked', '匿名', '未知号码'],
    ...[
      '+266696687',
      '266696687',
      '+86266696687',
      'Anonymous Caller',
      'caller-id-blocked',
      '+7378742833',
      '+7378742883',
      '+2562533',
      '+8656696',
      '+8566696',
      '+86282452253',
      '+86464',
    ],
  ])('%j is withheld', received => {
    expect(normaliseNumber(received, beijing)).toBe('')
  })

  it.each(['s1', '2562533', '100', 'anonymous1', '+8613800138000'])('%j is not', received => {
    expect(isWithheld(received)).toBe(false)
  })
})

describe('the bytes of a message', () => {
  const from = (name: Buffer) =>
    readAddress(
      /^from:(.*)$/m.exec(
        textOf(
          Buffer.concat([
            Buffer.from('1|sip|network\r\nINVITE sip:12345@h SIP/2.0\r\nfrom: "'),
            name,
            Buffer.from('" <sip:13800138000@h>;tag=a1\r\nSubject: 市\r\n\r\nv=0\r\n'),
          ]),
        ),
      )?.[1] ?? '',
    )

  it.each([
    ['UTF-8', Buffer.from('张三'), '张三'],
    ['GBK', Buffer.from([0xd5, 0xc5, 0xc8, 0xfd]), '张三'],
    // 0x5c is the second byte of many: of 鎈, of 功 in Big5.
    ['GBK that ends in a backslash', Buffer.from([0xd5, 0x5c]), '誠'],
    ['GB 18030 of four bytes', Buffer.from([0x81, 0x39, 0xef, 0x30]), '㐁'],
    ['Big5', Buffer.from([0xb1, 0x69, 0xa5, 0x5c]), '張功'],
    ['none of these', Buffer.from([0x41, 0xff]), 'Aÿ'],
  ])('hold a name in %s', (_, bytes, name) => {
    expect(from(bytes)?.uri).toBe('sip:13800138000@h')
    expect(from(bytes)?.params.get('tag')).toBe('a1')
    expect(from(bytes)?.name).toBe(name)
  })
})

it('takes no longer to read addresses that are made to be slow', () => {
  const slow = [
    `${'<'.repeat(30_000)}`,
    `"${'\\"'.repeat(30_000)}`,
    `${'a '.repeat(30_000)}sip:`,
    `${';a="'.repeat(20_000)}`,
  ]
  const beganMs = performance.now()
  for (const text of slow) readAddresses(text)
  expect(performance.now() - beganMs).toBeLessThan(2_000)
})
