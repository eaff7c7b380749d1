/** Whoever made an account, or passed its first password on, signed in by it for ever: there was no way to change it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BuiltHouse, openBuiltHouse } from '../support/built-house.ts'

const first = 'for the first day only'
const own = 'nobody knows it but me'
let house: BuiltHouse
let boss: Awaited<ReturnType<BuiltHouse['signsIn']>>
let turn = 0
let name = ''
beforeAll(async () => {
  house = await openBuiltHouse([{ name: 'boss', display: '管理员', role: 'admin' }])
  boss = await house.signsIn('boss')
}, 60_000)
afterAll(() => house.close())

/** A member who was added over the API, by the administrator. */
async function added() {
  name = `li-${turn++}`
  expect((await boss.post('/api/staff', { name, role: 'supervisor', password: first })).status).toBe(201)
  return house.signsIn(name, first)
}
type Signed = Awaited<ReturnType<typeof added>>
type Refusal = { readonly faults: readonly { readonly code: string }[] }
const codeOf = (answer: Awaited<ReturnType<Signed['get']>>) => [
  answer.status,
  (answer.json() as Refusal).faults[0]?.code,
]
const choose = (li: Signed, next = own, password = first) =>
  li.post('/api/account/password', { password, next })
const standing = async (li: Signed) => (await li.get('/session')).json() as { owes?: string; member?: object }

describe('who signs in by a password that somebody else has set', () => {
  it('finds every door shut but the one to their own, and is told which', async () => {
    const li = await added()
    expect(await standing(li)).toMatchObject({ owes: 'password', member: { name } })
    for (const path of ['/api/orders', '/api/staff', '/api/trail'])
      expect(codeOf(await li.get(path))).toEqual([403, 'password-temporary'])
    expect(codeOf(await li.delete('/api/account/sessions'))).toEqual([403, 'password-temporary'])
    expect((await choose(li)).status).toBe(204)
    expect((await li.get('/api/orders')).status).toBe(200)
    expect((await standing(li)).owes).toBeUndefined()
    expect((await house.signsIn(name, first)).answer.status).toBe(401)
    expect((await house.signsIn(name, own)).answer.status).toBe(200)
  })

  it('meets it again once an administrator has set another', async () => {
    const li = await added()
    await choose(li)
    expect(
      (await boss.post(`/api/staff/${name}/password`, { password: 'set by the boss again' })).status,
    ).toBe(204)
    expect((await li.get('/api/orders')).status).toBe(401)
    const again = await house.signsIn(name, 'set by the boss again')
    expect(codeOf(await again.get('/api/orders'))).toEqual([403, 'password-temporary'])
  })
})

describe('who changes their own', () => {
  it('is asked for the present one, and not for ever', async () => {
    const li = await added()
    const codes = []
    for (let tries = 0; tries < 6; tries++)
      codes.push(codeOf(await choose(li, own, `wrong password ${tries}`)))
    expect(codes).toEqual([
      ...Array.from({ length: 5 }, () => [403, 'password-wrong']),
      [429, 'too-many-tries'],
    ])
  })

  it.each([
    ['the present one again', first, 'password-same'],
    ['one that everybody tries', 'passwordpassword', 'password-weak'],
  ])('does not take %s', async (_, next, code) => {
    expect(codeOf(await choose(await added(), next))).toEqual([422, code])
  })

  it('ends what is open under it elsewhere, and goes on here', async () => {
    const li = await added()
    await choose(li)
    const elsewhere = await house.signsIn(name, own)
    expect((await elsewhere.get('/api/orders')).status).toBe(200)
    expect((await choose(li, 'another that I alone know', own)).status).toBe(204)
    expect((await elsewhere.get('/api/orders')).status).toBe(401)
    expect((await li.get('/api/orders')).status).toBe(200)
  })

  it('is written down as the one who did', async () => {
    const li = await added()
    await choose(li)
    const entries = await house.trail({ person: name, act: 'rights-changed' })
    expect(entries).toMatchObject([
      { way: 'POST /api/account/password', outcome: 'done', role: 'supervisor' },
    ])
    expect(JSON.stringify(entries)).not.toMatch(/nobody knows|first day/)
  })
})

it('is no door for a program, nor for a page of somebody else', async () => {
  const li = await added()
  expect((await house.root.post('/api/account/password', { password: first, next: own })).status).toBe(403)
  const foreign = await fetch(`${house.url}/api/account/password`, {
    method: 'POST',
    headers: { cookie: li.cookie, origin: 'https://evil.example', 'content-type': 'application/json' },
    body: JSON.stringify({ password: first, next: own }),
  })
  expect(foreign.status).toBe(403)
  expect((await standing(li)).owes).toBe('password')
})
