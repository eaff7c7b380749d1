/** `maddr` in a seat's REGISTER was obeyed: its calls went to any host; and wrong passwords could be tried without end. */
import { createHash } from 'node:crypto'
import type { Socket } from 'node:dgram'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SeatView } from '../../src/desk/api.ts'
import { createManualClock, silentLog } from '../../src/foundation/index.ts'
import { createRegistrar } from '../../src/telephony/index.ts'
import { type BuiltHouse, openBuiltHouse } from '../support/built-house.ts'
import { bound } from '../support/raw-caller.ts'
import { headerOf, readSip, type SipText, statusOf, writeSip } from '../support/sip-message.ts'

const password = 'open sesame, said the phone'
const md5 = (text: string) => createHash('md5').update(text).digest('hex')

/** What a phone answers to the challenge of a registrar (RFC 7616). */
function proofFor(user: string, challenge: string, secret = password): string {
  const part = (name: string) => new RegExp(`${name}="([^"]+)"`).exec(challenge)?.[1] ?? ''
  const [realm, nonce, uri] = [part('realm'), part('nonce'), 'sip:jieting.example']
  const response = md5(
    `${md5(`${user}:${realm}:${secret}`)}:${nonce}:00000001:abc:auth:${md5(`REGISTER:${uri}`)}`,
  )
  return `Digest username="${user}", realm="${realm}", nonce="${nonce}", uri="${uri}", algorithm=MD5, qop=auth, nc=00000001, cnonce="abc", response="${response}"`
}

let house: BuiltHouse
const phones: Socket[] = []
beforeAll(async () => {
  house = await openBuiltHouse()
  for (const name of ['s1', 's2']) {
    const added = await house.root.post('/api/seats', { name, display: name, password })
    expect(added.status).toBe(201)
  }
}, 60_000)
afterAll(async () => {
  for (const phone of phones) phone.close()
  await house?.close()
})

let calls = 0
/** Somebody at an address of their own, who registers whom they like, from where they like. */
async function at(address: string) {
  const socket = await bound(address)
  phones.push(socket)
  const here = `${address}:${socket.address().port}`
  const call = `register-${calls++}`
  let count = 0
  const send = (user: string, contact: string, authorization?: string) =>
    new Promise<SipText>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error('no answer to REGISTER')), 10_000)
      socket.once('message', bytes => {
        clearTimeout(late)
        resolve(readSip(bytes.toString('latin1')))
      })
      const headers: [string, string][] = [
        ['Via', `SIP/2.0/UDP ${here};rport;branch=z9hG4bK${call}x${++count}`],
        ['Max-Forwards', '70'],
        ['From', `<sip:${user}@jieting.example>;tag=${call}`],
        ['To', `<sip:${user}@jieting.example>`],
        ['Call-ID', call],
        ['CSeq', `${count} REGISTER`],
        ['Contact', contact],
      ]
      if (authorization !== undefined) headers.push(['Authorization', authorization])
      const message = writeSip('REGISTER sip:jieting.example SIP/2.0', headers)
      socket.send(message, house.sip.port, house.sip.host)
    })
  return {
    here,
    async register(user: string, contact: string, secret = password): Promise<number> {
      const challenged = await send(user, contact)
      if (statusOf(challenged) !== 401) return statusOf(challenged)
      return statusOf(
        await send(user, contact, proofFor(user, headerOf(challenged, 'www-authenticate'), secret)),
      )
    },
  }
}
const contactOf = async (name: string) =>
  (await house.api<{ seats: readonly SeatView[] }>('/seats')).seats.find(seat => seat.name === name)?.contact

describe('a seat’s phone', () => {
  it.each<[string, (here: string) => string, (here: string) => string]>([
    ['a maddr', here => `<sip:s1@${here};maddr=203.0.113.9>`, here => `sip:s1@${here}`],
    [
      'a maddr in capitals',
      here => `<sip:s1@${here};MADDR=203.0.113.9;transport=udp>`,
      here => `sip:s1@${here};transport=udp`,
    ],
    [
      'an escaped maddr',
      here => `<sip:s1@${here};%6daddr=203.0.113.9;line=x7>`,
      here => `sip:s1@${here};line=x7`,
    ],
    [
      'somebody’s address within, and a method',
      () => '<sip:s1@10.0.0.5;maddr=203.0.113.9;ttl=255;method=REFER>',
      here => `sip:s1@${here}`,
    ],
    ['another host', () => '<sip:s1@203.0.113.9>', here => `sip:s1@${here}`],
    ['a route', here => `<sip:s1@${here}?Route=%3Csip:203.0.113.9;lr%3E>`, here => `sip:s1@${here}`],
  ])('that names %s is rung where it was heard from', async (_, named, reachedAt) => {
    const phone = await at('127.0.8.7')
    expect(await phone.register('s1', named(phone.here))).toBe(200)
    expect(await contactOf('s1')).toBe(reachedAt(phone.here))
  })
})

describe('whoever guesses the password of a phone', () => {
  it('is heard ten times a minute, also with the right one after that; the phone itself goes on from where it is', async () => {
    const thief = await at('127.0.8.66')
    const wrong: number[] = []
    for (let tries = 0; tries < 14; tries++)
      wrong.push(await thief.register('s2', `<sip:s2@${thief.here}>`, 'wrong'))
    expect(wrong).toEqual([...Array(10).fill(401), ...Array(4).fill(503)])
    const phone = await at('127.0.8.7')
    expect(await phone.register('s2', `<sip:s2@${phone.here}>`)).toBe(200)
    // The right one comes too late as well, or each guess would tell.
    expect(await thief.register('s2', `<sip:s2@${thief.here}>`)).toBe(503)
    expect(await contactOf('s2')).toBe(`sip:s2@${phone.here}`)
  })

  it('is heard a hundred times a minute, whatever names are tried', async () => {
    const thief = await at('127.0.8.67')
    const ends: number[] = []
    for (let tries = 0; tries < 110; tries++)
      ends.push(await thief.register(`x${tries}`, `<sip:x@${thief.here}>`, 'wrong'))
    expect(ends.filter(end => end === 503)).toHaveLength(10)
  })

  /** In process: from outside it would be waited for a minute. */
  it('is heard again a minute later', async () => {
    const clock = createManualClock()
    const registrar = createRegistrar({
      realm: 'jieting',
      clock,
      log: silentLog,
      credentialsOf: user => ({ md5: md5(`${user}:jieting:${password}`), sha256: '' }),
      onContact: () => undefined,
    })
    let count = 0
    const send = async (secret: string) => {
      const headers: Record<string, string | undefined> = {
        to: '<sip:s1@jieting.example>',
        contact: '<sip:s1@203.0.113.9>',
        'call-id': 'one',
      }
      const ask = () =>
        registrar.receive({
          get: name => (name === 'cseq' ? `${++count} REGISTER` : headers[name]),
          source_address: '203.0.113.9',
          source_port: 5062,
          protocol: 'udp',
        })
      headers.authorization = proofFor('s1', (await ask()).headers['WWW-Authenticate'] ?? '', secret)
      return (await ask()).status
    }
    for (let tries = 0; tries < 11; tries++) await send('wrong')
    expect(await send(password)).toBe(503)
    await clock.advance(60_000)
    expect(await send(password)).toBe(200)
    registrar.close()
  })
})
