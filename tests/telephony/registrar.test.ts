import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createManualClock, silentLog } from '../../src/foundation/index.ts'
import { createRegistrar } from '../../src/telephony/index.ts'

const realm = 'jieting'
const passwords: Record<string, string> = { s1: 'open sesame', s2: 'xyzzy' }

type Sent = {
  user?: string
  password?: string
  contact?: string
  expires?: number
  headers?: Record<string, string>
}

/** A registrar and a phone that answers its challenges. */
function registering(algorithm: 'MD5' | 'SHA-256' = 'SHA-256') {
  const clock = createManualClock()
  const told: (string | undefined)[] = []
  const registrar = createRegistrar({
    realm,
    credentialsOf: user => {
      const secret = `${user}:${realm}:${passwords[user]}`
      const hash = (name: string) => createHash(name).update(secret).digest('hex')
      return user in passwords ? { md5: hash('md5'), sha256: hash('sha256') } : undefined
    },
    onContact: (_, contact) => told.push(contact),
    clock,
    log: silentLog,
  })
  let sequence = 0
  let count = 0
  let nonce = ''

  const send = (
    sent: Sent,
    authorization?: string,
    source: Source = { address: '192.0.2.7', port: 5062 },
  ) => {
    const headers: Record<string, string | undefined> = {
      to: `<sip:${sent.user ?? 's1'}@jieting.example>`,
      contact: sent.contact ?? '<sip:s1@192.0.2.7:5060>',
      expires: sent.expires === undefined ? undefined : String(sent.expires),
      'call-id': 'one',
      cseq: `${++sequence} REGISTER`,
      authorization,
      ...sent.headers,
    }
    const get = (name: string) => headers[name]
    return registrar.receive({
      get,
      source_address: source.address,
      source_port: source.port,
      protocol: source.protocol ?? 'udp',
    })
  }
  const challenged = async () => {
    const { headers } = await send({})
    const challenge = headers['WWW-Authenticate'] ?? ''
    nonce = /nonce="([^"]+)"/.exec(challenge)?.[1] ?? ''
    count = 0
    return challenge
  }
  /** RFC 7616, section 3.4.1. */
  const authorization = (user: string, password: string, nc = ++count) => {
    const hash = (text: string) =>
      createHash(algorithm === 'MD5' ? 'md5' : 'sha256')
        .update(text)
        .digest('hex')
    const nc8 = nc.toString(16).padStart(8, '0')
    const uri = 'sip:jieting.example'
    const response = hash(
      `${hash(`${user}:${realm}:${password}`)}:${nonce}:${nc8}:abc:auth:${hash(`REGISTER:${uri}`)}`,
    )
    return `Digest username="${user}", realm="${realm}", nonce="${nonce}", uri="${uri}", algorithm=${algorithm}, qop=auth, nc=${nc8}, cnonce="abc", response="${response}"`
  }
  const register = async (sent: Sent = {}, source?: Source) => {
    if (!nonce) await challenged()
    return send(sent, authorization(sent.user ?? 's1', sent.password ?? 'open sesame'), source)
  }
  return { clock, told, registrar, send, challenged, authorization, register }
}

type Source = { readonly address: string; readonly port: number; readonly protocol?: string }

describe('the registrar', () => {
  it('challenges with MD5 alone, since old phones give up when they see anything else, and binds nobody yet', async () => {
    const { registrar, challenged } = registering()
    expect(await challenged()).toMatch(/^Digest [^\r\n]*algorithm=MD5,[^\r\n]*$/)
    expect(registrar.contactOf('s1')).toBeUndefined()
  })

  it.each(['MD5', 'SHA-256'] as const)(
    'binds a phone that proves itself by %s, until it expires',
    async algorithm => {
      const { clock, registrar, register } = registering(algorithm)
      const { status, headers } = await register({ expires: 120 })
      expect([status, headers.Contact]).toEqual([200, '<sip:s1@192.0.2.7:5060>;expires=120'])
      expect(registrar.contactOf('s1')).toBe('sip:s1@192.0.2.7:5060')
      await clock.advance(119_999)
      expect(registrar.contactOf('s1')).toBeDefined()
      await clock.advance(1)
      expect(registrar.contactOf('s1')).toBeUndefined()
    },
  )

  it.each([
    ['a wrong password', { user: 's1', password: 'guess' }],
    ['a user that nobody is', { user: 's9', password: 'open sesame' }],
  ])('does not bind %s', async (_, sent) => {
    const { registrar, register } = registering()
    expect((await register(sent)).status).toBe(401)
    expect(registrar.contactOf(sent.user)).toBeUndefined()
  })

  it.each([
    ['<sips:s1@192.0.2.7:5061>', 'sip:s1@192.0.2.7:40123;transport=tls'],
    ['<sip:s1@10.0.0.3:5061;transport=tls;ob>', 'sip:s1@192.0.2.7:40123;ob;transport=tls'],
  ])('rings a phone that came over TLS as %s over the connection that it has made', async (contact, at) => {
    const { registrar, register } = registering()
    await register({ contact }, { address: '192.0.2.7', port: 40123, protocol: 'tls' })
    expect(registrar.contactOf('s1')).toBe(at)
  })

  it('does not let one user bind another', async () => {
    const { registrar, challenged, authorization, send } = registering()
    await challenged()
    expect((await send({ user: 's1' }, authorization('s2', 'xyzzy'))).status).toBe(403)
    expect(registrar.contactOf('s1')).toBeUndefined()
  })

  it('takes each count of a nonce once, and says stale where the password was right', async () => {
    const { challenged, authorization, send } = registering()
    await challenged()
    expect((await send({}, authorization('s1', 'open sesame', 1))).status).toBe(200)
    const replayed = await send({}, authorization('s1', 'open sesame', 1))
    expect(replayed.status).toBe(401)
    expect(replayed.headers['WWW-Authenticate']).toContain('stale=true')
    expect((await send({}, authorization('s1', 'open sesame', 2))).status).toBe(200)
  })

  it('lets a nonce grow old, and takes none that it did not make', async () => {
    const { clock, challenged, authorization, send } = registering()
    await challenged()
    await clock.advance(300_000)
    const old = await send({}, authorization('s1', 'open sesame'))
    expect([old.status, old.headers['WWW-Authenticate']?.includes('stale=true')]).toEqual([401, true])
    const forged = authorization('s1', 'open sesame').replace(/nonce="[^"]+"/, 'nonce="a.b.c"')
    expect((await send({}, forged)).status).toBe(401)
  })

  it('calls a phone behind a translator by the address that it is heard from', async () => {
    const { registrar, register } = registering()
    await register(
      { contact: '"Seat" <sip:s1@10.0.0.5:5060;transport=udp;ob>;expires=300' },
      { address: '198.51.100.4', port: 40_123 },
    )
    expect(registrar.contactOf('s1')).toBe('sip:s1@198.51.100.4:40123;transport=udp;ob')
  })

  it('forgets one phone by Expires 0, and all by an asterisk', async () => {
    const { registrar, register } = registering()
    await register({ contact: '<sip:s1@192.0.2.7:1>' })
    await register({ contact: '<sip:s1@192.0.2.7:2>' })
    expect(registrar.contactOf('s1')).toBe('sip:s1@192.0.2.7:2')
    await register({ contact: '<sip:s1@192.0.2.7:2>', expires: 0 })
    expect(registrar.contactOf('s1')).toBe('sip:s1@192.0.2.7:1')
    await register({ contact: '*', expires: 0 })
    expect(registrar.contactOf('s1')).toBeUndefined()
  })

  it('tells where a phone is at each change, also when it falls silent, and leaves no timer', async () => {
    const { clock, told, registrar, register } = registering()
    await register({ contact: '<sip:s1@192.0.2.7:1>', expires: 60 })
    await register({ contact: '<sip:s1@192.0.2.7:2>', expires: 120 })
    await clock.advance(120_000)
    expect(told).toEqual(['sip:s1@192.0.2.7:1', 'sip:s1@192.0.2.7:2', 'sip:s1@192.0.2.7:2', undefined])
    await register({ contact: '<sip:s1@192.0.2.7:1>', expires: 60 })
    registrar.close()
    expect([registrar.contactOf('s1'), clock.pending()]).toEqual([undefined, 0])
  })

  it('refuses too short a time, and a REGISTER that is older than what it knows', async () => {
    const { register, registrar } = registering()
    const brief = await register({ expires: 5 })
    expect([brief.status, brief.headers['Min-Expires']]).toEqual([423, '60'])
    await register({ contact: '<sip:s1@192.0.2.7:2>', headers: { cseq: '90 REGISTER' } })
    const late = await register({ contact: '<sip:s1@192.0.2.7:3>', headers: { cseq: '89 REGISTER' } })
    expect(late.status).toBe(500)
    expect(registrar.contactOf('s1')).toBe('sip:s1@192.0.2.7:2')
  })

  const instance = (id: string, more = '') =>
    `"Desk, one" <sip:s1@192.0.2.7:5060>;+sip.instance="<urn:uuid:${id}>"${more}`

  it.each([
    ['an instance in front', instance('aa', ';expires=0')],
    ['an instance behind', '<sip:s1@192.0.2.7:5060>;expires=0;+sip.instance="<urn:uuid:aa>"'],
    ['blanks and quotes', '<sip:s1@192.0.2.7:5060> ; +sip.instance="<urn:uuid:AA>" ; Expires = "0"'],
    ['another address of it', '<sip:s1@192.0.2.99:5080>;+sip.instance="<urn:uuid:aa>";expires=0'],
  ])('lets a phone go at once that says expires=0 with %s', async (_, contact) => {
    const { registrar, told, register } = registering()
    await register({ contact: instance('aa') })
    expect(registrar.contactOf('s1')).toBe('sip:s1@192.0.2.7:5060')
    const { status, headers } = await register({ contact })
    expect([status, headers.Contact]).toEqual([200, undefined])
    expect(registrar.contactOf('s1')).toBeUndefined()
    expect(told.at(-1)).toBeUndefined()
  })

  it('takes an address that is spelt otherwise for the same one', async () => {
    const { registrar, register } = registering()
    await register({ contact: '<sip:s1@PHONE.example:5060>' })
    await register({ contact: '<SIP:s1@phone.example>;expires=0' })
    expect(registrar.contactOf('s1')).toBeUndefined()
  })

  it('follows a phone by its instance to another address, and keeps one phone', async () => {
    const { registrar, register } = registering()
    await register({ contact: instance('aa') })
    const moved = '<sip:s1@192.0.2.7:6070>;+sip.instance="<urn:uuid:aa>"'
    const { headers } = await register({ contact: moved })
    expect(headers.Contact).toMatch(/^<sip:s1@192\.0\.2\.7:6070>;expires=\d+$/)
    expect(registrar.contactOf('s1')).toBe('sip:s1@192.0.2.7:6070')
  })

  it('rings the phone that is preferred, and of equals the last', async () => {
    const { registrar, register } = registering()
    const three = ['5061>;q=0.3', '5062>;q=0.9', '5063>;q=0.9'].map(end => `<sip:s1@192.0.2.7:${end}`)
    await register({ contact: three.join(', ') })
    expect(registrar.contactOf('s1')).toBe('sip:s1@192.0.2.7:5063')
    await register({ contact: '<sip:s1@192.0.2.7:5063>;q=0.9;expires=0' })
    expect(registrar.contactOf('s1')).toBe('sip:s1@192.0.2.7:5062')
    expect((await register({ contact: '*', expires: 60 })).status).toBe(400)
    expect((await register({ contact: '*', expires: 0 })).status).toBe(200)
    expect(registrar.contactOf('s1')).toBeUndefined()
  })
})
