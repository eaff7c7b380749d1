/** Wrong links from one address shut the codes of everybody, a /64 was as many addresses as one likes, and anybody locked a named member out. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPasses } from '../../src/captions/passes.ts'
import { createManualClock, neighbourhoodOf, newId, newSecret, sourceOf } from '../../src/foundation/index.ts'
import { type BuiltHouse, openBuiltHouse } from '../support/built-house.ts'

/** In process: nobody here has an address of IPv6 to ring from, and the clock of the brake is moved by hand. */
describe('codes of captions', () => {
  it.each([
    ['links', () => newSecret(64)],
    ['links of a seat', () => newSecret(128)],
    ['what is no code: too many digits', () => '1'.repeat(13)],
    ['nothing at all', () => ''],
  ])('stay open to everybody however many wrong %s one address shows', (_, wrong) => {
    const passes = createPasses(createManualClock(), () => undefined)
    const call = newId('call')
    const { code, link } = passes.ofCall(call)
    for (let tries = 0; tries < 500; tries++) expect(passes.enter(wrong(), '192.0.2.1')).toBe('wrong')
    expect(passes.enter(code, '192.0.2.1')).toMatchObject({ call })
    expect(passes.enter(code, '198.51.100.1')).toMatchObject({ call })
    expect(passes.enter(link, '192.0.2.1')).toMatchObject({ call })
  })

  it('are guessed five times by a household, however many addresses of IPv6 it has', () => {
    const passes = createPasses(createManualClock(), () => undefined)
    const { code } = passes.ofCall(newId('call'))
    const wrong = code === '00000000' ? '11111111' : '00000000'
    const tries = Array.from({ length: 200 }, (_, index) =>
      passes.enter(wrong, `2001:db8:1:2::${index.toString(16)}`),
    )
    expect(tries.filter(one => one === 'wrong')).toHaveLength(5)
    expect(passes.enter(code, '2001:db8:1:3::1')).toMatchObject({ role: 'citizen' })
  })
})

/** A function of an address alone. */
describe('a source', () => {
  it.each([
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64', '2001:db8:1::/48'],
    ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64', '2001:db8:1::/48'],
    ['2001:db8::', '2001:db8:0:0::/64', '2001:db8:0::/48'],
    ['::1', '0:0:0:0::/64', '0:0:0::/48'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64', 'fe80:0:0::/48'],
    ['::ffff:192.0.2.7', '192.0.2.7', '192.0.2.0/24'],
    ['192.0.2.7', '192.0.2.7', '192.0.2.0/24'],
    ['192.0.2.7:40001', '192.0.2.7', '192.0.2.0/24'],
    ['[::ffff:192.0.2.7]:40002', '192.0.2.7', '192.0.2.0/24'],
    ['[2001:db8:1:2::3]:443', '2001:db8:1:2::/64', '2001:db8:1::/48'],
    ['[2001:db8:1:2::3]', '2001:db8:1:2::/64', '2001:db8:1::/48'],
  ])('%s is %s, in %s', (address, source, neighbourhood) => {
    expect([sourceOf(address), neighbourhoodOf(address)]).toEqual([source, neighbourhood])
  })
})

describe('a member', () => {
  let house: BuiltHouse
  beforeAll(async () => {
    house = await openBuiltHouse([
      { name: 'boss', display: '班长', role: 'supervisor' },
      { name: 's1', display: '一号', role: 'seat' },
    ])
  }, 120_000)
  afterAll(() => house.close())
  const signIn = (name: string, password: string, cookie: string) =>
    fetch(`${house.url}/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: house.url, cookie },
      body: JSON.stringify({ name, password }),
    }).then(({ status, headers }) => ({ status, cookie: headers.get('set-cookie')?.split(';')[0] ?? cookie }))
  const right = 'correct horse battery'

  it('is not locked out of the browser that they use, whoever guesses outside and however long', async () => {
    const own = await signIn('boss', right, '')
    const out = await fetch(`${house.url}/session`, {
      method: 'DELETE',
      headers: { origin: house.url, cookie: own.cookie },
    })
    const kept = out.headers.get('set-cookie')?.split(';')[0] ?? own.cookie
    for (let tries = 0; tries < 12; tries++) await signIn('boss', `wrong password ${tries}`, '')
    expect((await signIn('boss', right, '')).status).toBe(429)
    expect((await signIn('boss', right, kept)).status).toBe(200)
    // Signed out, that cookie opens nothing.
    const me = await fetch(`${house.url}/session`, { headers: { cookie: kept } })
    expect(await me.json()).toEqual({ openId: false })
  }, 60_000)

  it('is guessed no oftener from a browser that is known: for them, and for another name', async () => {
    const { cookie } = await signIn('s1', right, '')
    const statuses = []
    for (let tries = 0; tries < 7; tries++)
      statuses.push((await signIn('s1', 'wrong password', cookie)).status)
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429])
    // What s1 has signed in to is no way around the tries for boss.
    const others = []
    for (let tries = 0; tries < 8; tries++)
      others.push((await signIn('boss', 'wrong password', cookie)).status)
    expect(others).toContain(429)
  }, 60_000)
})
