/** Phones that say where they are, a trunk that wants a password, and dials that find them. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { silentLog, systemClock } from '../../src/foundation/index.ts'
import type { MediaPool } from '../../src/media/index.ts'
import { createRegistrar, type Registrar, type Trunk } from '../../src/telephony/index.ts'
import { openSipHouse, type SipHouse, startTestMedia } from '../support/sip-house.ts'
import { headerOf, type SipText, statusOf } from '../support/sip-message.ts'
import { type PhoneCall, plugInPhone, type SipPhone } from '../support/sip-phone.ts'

const realm = 'jieting'
const hash = (name: string, text: string) => createHash(name).update(text).digest('hex')
const md5 = (text: string) => hash('md5', text)
const secret = `s1:${realm}:open sesame`

let farMedia: MediaPool
let house: SipHouse
let phone: SipPhone
let registrar: Registrar
const trunk: Trunk = { uri: '', username: 'house', password: 'trunk secret' }

beforeAll(async () => {
  farMedia = await startTestMedia([33_000, 33_999])
  registrar = createRegistrar({
    realm,
    credentialsOf: user =>
      user === 's1' ? { md5: hash('md5', secret), sha256: hash('sha256', secret) } : undefined,
    onContact: () => undefined,
    clock: systemClock,
    log: silentLog,
  })
  house = await openSipHouse({ portRange: [34_000, 34_999], registrar, trunk })
  phone = await plugInPhone(house.sip, farMedia, 's1')
  Object.assign(trunk, { uri: `sip:${phone.contact.split('@')[1]}` })
})
afterAll(async () => {
  registrar.close()
  await phone.close()
  await house.close()
  await farMedia.close()
})

/** As a phone does that has read RFC 8760 and takes SHA-256. */
async function register(contact: string): Promise<SipText> {
  const headers = [['Contact', contact]] as const
  const challenged = await phone.request('REGISTER', headers)
  expect(statusOf(challenged)).toBe(401)
  const nonce = /nonce="([^"]+)"/.exec(headerOf(challenged, 'www-authenticate'))?.[1]
  const uri = `sip:${house.sip.host}`
  const sha256 = (text: string) => hash('sha256', text)
  const response = sha256(`${sha256(secret)}:${nonce}:00000001:abc:auth:${sha256(`REGISTER:${uri}`)}`)
  const authorization =
    `Digest username="s1", realm="${realm}", nonce="${nonce}", uri="${uri}", algorithm=SHA-256, ` +
    `qop=auth, nc=00000001, cnonce="abc", response="${response}"`
  return phone.request('REGISTER', [...headers, ['CSeq', '2 REGISTER'], ['Authorization', authorization]])
}

describe('a phone that registers', () => {
  it('is challenged, bound, and rung where it is', async () => {
    const registered = await register(`<${phone.contact}>;expires=600`)
    expect([statusOf(registered), headerOf(registered, 'contact')]).toEqual([
      200,
      `<${phone.contact}>;expires=600`,
    ])
    const contact = registrar.contactOf('s1') ?? ''
    const dialling = house.line.dial({ kind: 'seat', name: 's1', contact }, { ringMs: 5_000 })
    ;((await phone.rung.take()) as PhoneCall).accept()
    await (await dialling).hangup()
  })

  it('behind a translator is rung at the address that it was heard from', async () => {
    await register('<sip:s1@10.9.9.9:5060>;expires=600')
    expect(registrar.contactOf('s1')).toBe(phone.contact)
  })
})

describe('a number', () => {
  it('is dialled through the trunk, which asks for a password and gets it', async () => {
    const dialling = house.line.dial(
      { kind: 'number', number: '13800138000' },
      { ringMs: 5_000, from: { number: '12345' } },
    )
    const first = (await phone.rung.take()) as PhoneCall
    first.reject(407, [['Proxy-Authenticate', 'Digest realm="trunk", nonce="n1", algorithm=MD5, qop="auth"']])
    const second = (await phone.rung.take()) as PhoneCall
    const invite = await second.final
    expect(invite.start).toMatch(/^INVITE sip:13800138000@/)
    expect(headerOf(invite, 'from')).toMatch(/^<sip:12345@/)
    const given = headerOf(invite, 'proxy-authorization')
    const part = (name: string) => new RegExp(`${name}="?([^",]+)`).exec(given)?.[1]
    const proof = `n1:${part('nc')}:${part('cnonce')}:auth:${md5(`INVITE:${part('uri')}`)}`
    expect(part('response')).toBe(md5(`${md5('house:trunk:trunk secret')}:${proof}`))
    second.accept()
    const call = await dialling
    expect(call).toMatchObject({ direction: 'out', called: '13800138000', caller: '12345' })
    await call.hangup()
    await second.ended
  })

  it('is given up when the trunk does not take the password either', async () => {
    const dialling = house.line.dial({ kind: 'number', number: '13800138000' }, { ringMs: 5_000 })
    const failed = expect(dialling).rejects.toMatchObject({ code: 'rejected' })
    for (const _ of [1, 2])
      ((await phone.rung.take()) as PhoneCall).reject(407, [
        ['Proxy-Authenticate', 'Digest realm="trunk", nonce="n1", algorithm=MD5, qop="auth"'],
      ])
    await failed
    await expect.poll(() => house.line.size() + house.media.size()).toBe(0)
  })
})
