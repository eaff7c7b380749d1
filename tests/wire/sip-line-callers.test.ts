/** Who calls, and whom they ring, as telephones and trunks write it, over a real server. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLog } from '../../src/foundation/index.ts'
import type { MediaPool } from '../../src/media/index.ts'
import type { Call } from '../../src/telephony/index.ts'
import { openSipHouse, type SipHouse, startTestMedia } from '../support/sip-house.ts'
import { statusOf } from '../support/sip-message.ts'
import { plugInPhone, type RingOptions, type SipPhone } from '../support/sip-phone.ts'

const logged: string[] = []
let farMedia: MediaPool
let house: SipHouse
let phone: SipPhone

beforeAll(async () => {
  farMedia = await startTestMedia([35_000, 35_499])
  house = await openSipHouse({
    portRange: [34_000, 34_499],
    home: { country: 'CN', areaCode: '010' },
    log: createLog('trace', line => logged.push(line)),
  })
  phone = await plugInPhone(house.sip, farMedia)
})
afterAll(async () => {
  await phone.close()
  await house.close()
  await farMedia.close()
})

/** Rings, is answered, hangs up; what the house saw of the caller. */
async function calls(options: RingOptions) {
  const far = await phone.ring('12345', options)
  let refusal: string | undefined
  void far.final.then(({ start }) => {
    refusal = start
  })
  await expect.poll(() => house.calls.size > 0 || refusal !== undefined).toBe(true)
  if (house.calls.size === 0) throw new Error(`not taken: ${refusal}`)
  const call = (await house.calls.take()) as Call
  const answering = call.answer()
  expect(statusOf(await far.final)).toBe(200)
  await answering
  // BYE both ways, with whatever name.
  await call.hangup()
  await far.ended
  return call
}

const at = (user: string) => `sip:${user}@127.0.0.1`
const gbk = (...bytes: number[]) => String.fromCharCode(...bytes)

/** drachtio-server reads From by the grammar alone, and refuses what is not of it before it gets here. */
const byGrammarAlone = process.env.DRACHTIO_URL !== undefined
const isBroken = (about: string) => /quotes|a quote that|before a bare|not quoted|backslash|Big5/.test(about)
const rows = <Row extends readonly [string, ...unknown[]]>(all: readonly Row[]) =>
  all.filter(([about]) => !byGrammarAlone || !isBroken(about))

describe('a caller', () => {
  it.each(
    rows([
      ['by a tel URI', '<tel:+8613800138000>', '+8613800138000'],
      ['by one with a context', '<tel:13800138000;phone-context=+86>', '+8613800138000'],
      ['by one without brackets', 'tel:+8613800138000', '+8613800138000'],
      ['whose name is a URI', `"sip:110@police.example" <${at('13800138000')}>`, '+8613800138000'],
      ['with brackets in a name without quotes', `Office [1] (2) <${at('13800138000')}>`, '+8613800138000'],
      ['with a comma in a name without quotes', `Wang, Li <${at('13800138000')}>`, '+8613800138000'],
      ['with doubled quotes', `""Zhang"" <${at('13800138000')}>`, '+8613800138000'],
      ['with a quote that is never closed', `"Zhang <${at('13800138000')}>`, '+8613800138000'],
      ['with a quoted name before a bare URI', `"Zhang San" ${at('13800138000')}`, '+8613800138000'],
      ['with Chinese that is not quoted', `张三 <${at('13800138000')}>`, '+8613800138000'],
      ['with a password', `<${at('13800138000:secret')}>`, '+8613800138000'],
      ['with an escape', `<${at('%2B8613800138000')}>`, '+8613800138000'],
      ['without an area code', `<${at('62345678')}>`, '+861062345678'],
      ['who is private', `<${at('private')}>`, ''],
      ['who is 0', `<${at('0')}>`, ''],
      ['who is ANONYMOUS in keys', `<${at('+266696687')}>`, ''],
    ]),
  )('%s is taken and known', async (_, fromHeader, number) => {
    expect((await calls({ fromHeader })).caller).toBe(number)
  })

  it.each(
    rows([
      ['GBK', gbk(0xd5, 0xc5, 0xc8, 0xfd), '张三'],
      ['GBK whose last byte is a backslash', gbk(0xd5, 0x5c), '誠'],
      ['Big5', gbk(0xb1, 0x69, 0xa5, 0x5c), '張功'],
      ['UTF-8', '王小明', '王小明'],
    ]),
  )('with a name in %s is taken, and has that name', async (_, name, shown) => {
    const call = await calls({ fromHeader: `"${name}" <${at('13800138000')}>` })
    expect([call.caller, call.callerName]).toEqual(['+8613800138000', shown])
    if (byGrammarAlone) return
    const bare = await calls({ fromHeader: `${name} <${at('13800138000')}>` })
    expect(bare.caller).toBe('+8613800138000')
  })

  it('is who a trusted peer asserts', async () => {
    const fromHeader = '"Anonymous" <sip:anonymous@anonymous.invalid>'
    const asserting = (...headers: (readonly [string, string])[]) => calls({ fromHeader, headers })
    const tel = await asserting(['P-Asserted-Identity', '<tel:+8613900139000>'])
    expect(tel.caller).toBe('+8613900139000')
    const two = await asserting(
      ['P-Asserted-Identity', '"A, B" <sip:alice@ims.example>'],
      ['P-Asserted-Identity', '<tel:+8613900139000>'],
    )
    expect(two.caller).toBe('+8613900139000')
    const party = await asserting(['Remote-Party-ID', `<${at('13900139000')}>;party=calling;screen=yes`])
    expect(party.caller).toBe('+8613900139000')
    const withheld = await asserting(['P-Asserted-Identity', '<tel:+8613900139000>'], ['Privacy', 'id'])
    expect(withheld.caller).toBe('')
  })

  it.skipIf(byGrammarAlone)('is who From says, where the peer is not trusted', async () => {
    const wary = await openSipHouse({ portRange: [34_500, 34_999], trustedPeers: ['192.0.2.0/24'] })
    const stranger = await plugInPhone(wary.sip, farMedia)
    const headers = [['P-Asserted-Identity', '<tel:110>']] as const
    const far = await stranger.ring('12345', { from: '13800138000', headers })
    const call = (await wary.calls.take()) as Call
    expect(call.caller).toBe('+8613800138000')
    await call.hangup()
    await far.final
    await stranger.close()
    await wary.close()
  })

  it('is in no log, with number or name', () => {
    expect(logged.join('')).not.toMatch(/138001|139001|Zhang|张三|Wang/)
  })
})

it.each([
  'tel:12345',
  'sip:%31%32345@127.0.0.1',
  'sip:12345:pw@127.0.0.1;user=phone',
  'tel:12345;phone-context=+8610',
])('the number that is rung by %s is 12345', async uri => {
  expect((await calls({ uri })).called).toBe('12345')
})
