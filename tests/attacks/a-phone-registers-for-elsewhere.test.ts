/** `maddr` in a seat's REGISTER was obeyed: its calls went to any host; and wrong passwords could be tried without end. */
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createManualClock, silentLog } from '../../src/foundation/index.ts'
import { createRegistrar } from '../../src/telephony/index.ts'

const realm = 'jieting'
const uri = 'sip:jieting.example'
const password = 'open sesame'
const md5 = (text: string) => createHash('md5').update(text).digest('hex')

function open() {
  const clock = createManualClock()
  const registrar = createRegistrar({
    realm,
    clock,
    log: silentLog,
    credentialsOf: user =>
      user.startsWith('s') ? { md5: md5(`${user}:${realm}:${password}`), sha256: '' } : undefined,
    onContact: () => undefined,
  })
  let count = 0
  const send = (user: string, contact: string, authorization: string | undefined, address: string) => {
    const headers: Record<string, string | undefined> = {
      to: `<sip:${user}@jieting.example>`,
      contact,
      'call-id': 'one',
      cseq: `${++count} REGISTER`,
      authorization,
    }
    return registrar.receive({
      get: name => headers[name],
      source_address: address,
      source_port: 5062,
      protocol: 'udp',
    })
  }
  async function register(
    contact: string,
    { user = 's1', secret = password, address = '192.0.2.7' } = {},
  ): Promise<number> {
    const { headers } = await send(user, contact, undefined, address)
    const nonce = /nonce="([^"]+)"/.exec(headers['WWW-Authenticate'] ?? '')?.[1] ?? ''
    const response = md5(
      `${md5(`${user}:${realm}:${secret}`)}:${nonce}:00000001:abc:auth:${md5(`REGISTER:${uri}`)}`,
    )
    const proof = `Digest username="${user}", realm="${realm}", nonce="${nonce}", uri="${uri}", algorithm=MD5, qop=auth, nc=00000001, cnonce="abc", response="${response}"`
    return (await send(user, contact, proof, address)).status
  }
  return { clock, registrar, register }
}

describe('a seat’s phone', () => {
  it.each([
    ['<sip:s1@192.0.2.7:5062;maddr=203.0.113.9>', 'sip:s1@192.0.2.7:5062'],
    ['<sip:s1@192.0.2.7:5062;MADDR=203.0.113.9;transport=tcp>', 'sip:s1@192.0.2.7:5062;transport=tcp'],
    ['<sip:s1@192.0.2.7:5062;%6daddr=203.0.113.9;line=x7>', 'sip:s1@192.0.2.7:5062;line=x7'],
    ['<sip:s1@10.0.0.5;maddr=203.0.113.9;ttl=255;method=REFER>', 'sip:s1@192.0.2.7:5062'],
    ['<sip:s1@203.0.113.9>', 'sip:s1@192.0.2.7:5062'],
    ['<sip:s1@192.0.2.7:5062?Route=%3Csip:203.0.113.9;lr%3E>', 'sip:s1@192.0.2.7:5062'],
  ])('that says %s is rung at %s', async (contact, reachedAt) => {
    const { registrar, register } = open()
    expect(await register(contact)).toBe(200)
    expect(registrar.contactOf('s1')).toBe(reachedAt)
    registrar.close()
  })
})

describe('whoever guesses the password of a phone', () => {
  it('is heard ten times a minute, and then told when to come again; the phone itself goes on from where it is', async () => {
    const { registrar, register, clock } = open()
    const wrong = { secret: 'wrong', address: '203.0.113.9' }
    const ends = []
    for (let tries = 0; tries < 14; tries++) ends.push(await register('<sip:s1@203.0.113.9>', wrong))
    expect(ends).toEqual([...Array(10).fill(401), ...Array(4).fill(503)])
    expect(await register('<sip:s1@192.0.2.7:5062>')).toBe(200)
    // The right one comes too late as well, or each guess would tell.
    expect(await register('<sip:s1@203.0.113.9>', { address: '203.0.113.9' })).toBe(503)
    await clock.advance(60_000)
    expect(await register('<sip:s1@203.0.113.9>', { address: '203.0.113.9' })).toBe(200)
    registrar.close()
  })

  it('is heard a hundred times a minute, whatever names are tried', async () => {
    const { registrar, register } = open()
    const ends = []
    for (let tries = 0; tries < 110; tries++)
      ends.push(
        await register('<sip:x@203.0.113.9>', { user: `s${tries}`, secret: 'wrong', address: '203.0.113.9' }),
      )
    expect(ends.filter(end => end === 503)).toHaveLength(10)
    registrar.close()
  })
})
