/** Whoever had learnt a password was its owner: nothing else was asked, and a city could not ask for more. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { audit } from '../../src/ledger/index.ts'
import { reportedStaff } from '../../src/staff/index.ts'
import { type SQL, sql } from '../../src/storage/index.ts'
import { appWith, bytesOf } from '../support/authenticator.ts'
import { type BuiltHouse, openBuiltHouse } from '../support/built-house.ts'
import { type GuardedHouse, openGuardedHouse } from '../support/guarded-house.ts'
import { hire } from '../support/hire.ts'
import { testKeys } from '../support/ledger.ts'
import type { Answer, Browser as Signed } from '../support/visitors.ts'

const password = 'correct horse battery'
const admins = ['root', 'boss', 'chief'].map(one => ({ name: one, display: one, role: 'admin' as const }))

let house: BuiltHouse
let root: Signed
let turn = 0
let name = ''
beforeAll(async () => {
  house = await openBuiltHouse(admins, { SECOND_FACTOR_ROLES: 'auditor', SECOND_PERSON_HOURS: '0' })
  root = await house.signsIn('root')
}, 60_000)
afterAll(() => house.close())
beforeEach(() => {
  name = `li-${turn++}`
})

const added = async (role: 'supervisor' | 'seat' | 'auditor' = 'supervisor') => {
  await hire(house.url, root, { name, role, password })
  return house.signsIn(name)
}
const codeOf = (answer: Answer) => [
  answer.status,
  (answer.json() as { faults: { code: string }[] }).faults[0]?.code,
]
async function enrols(li: Signed) {
  const begun = (await li.post('/api/account/totp', { password })).json() as { secret: string; uri: string }
  const app = appWith(begun.secret)
  // The step before this one: those that follow are left for signing in.
  const answer = await li.post('/api/account/totp/confirm', { code: app(-1), label: '我的手机' })
  return { answer, app, ...begun, codes: (answer.json() as { recovery: string[] }).recovery }
}
/** By the password, and nothing else yet. */
const first = () => house.signsIn(name)
async function second(half: Signed, code: string) {
  const answer = await fetch(`${house.url}/session/second`, {
    method: 'POST',
    headers: { cookie: half.cookie, origin: house.url, 'content-type': 'application/json' },
    body: JSON.stringify({ code }),
  })
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  const orders = await fetch(`${house.url}/api/orders`, { headers: { cookie } })
  return [answer.status, orders.status]
}

describe('a password alone', () => {
  it('opens nothing once its owner has a second factor, not even the way to change it', async () => {
    const { answer, codes } = await enrols(await added())
    expect([answer.status, codes.length]).toEqual([200, 10])
    const half = await first()
    expect((await half.get('/session')).json()).toMatchObject({ owes: 'second-factor', second: ['totp'] })
    const tried = await Promise.all([
      half.get('/api/orders'),
      half.get('/api/account'),
      half.post('/api/account/password', { password, next: 'one that the thief knows' }),
      half.post('/api/account/totp', { password }),
      half.post('/api/account/recovery', { password }),
    ])
    expect(tried.map(codeOf)).toEqual(tried.map(() => [401, 'second-factor-needed']))
  })

  it('goes on with the code that the app shows, which is good once', async () => {
    const { app } = await enrols(await added())
    const half = await first()
    expect(await second(half, '000000')).toEqual([401, 401])
    const code = app()
    expect(await second(half, code)).toEqual([200, 200])
    // What the first step opened is over, and the code is worth nothing any more.
    expect(await second(half, app(1))).toEqual([401, 401])
    expect(await second(await first(), code)).toEqual([401, 401])
    expect(await second(await first(), app(1))).toEqual([200, 200])
  })

  it('goes on without the device by a code that was kept, each once, and typed as people do', async () => {
    const { codes } = await enrols(await added())
    const [one = '', two = ''] = codes
    expect(await second(await first(), ` ${one.toUpperCase()} `)).toEqual([200, 200])
    expect(await second(await first(), one)).toEqual([401, 401])
    expect(await second(await first(), two.replaceAll('-', ''))).toEqual([200, 200])
  })

  it('is no help to who guesses codes', async () => {
    const { app } = await enrols(await added())
    const half = await first()
    const statuses = []
    for (let tries = 0; tries < 7; tries++) statuses.push((await second(half, `00000${tries}`))[0])
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429])
    expect((await second(await first(), app()))[0]).toBe(429)
  })

  it('is written down when the second step fails, under the name of whose password it was', async () => {
    await enrols(await added())
    await second(await first(), '000000')
    const entries = await house.trail({ person: name })
    expect(entries).toContainEqual(
      expect.objectContaining({ act: 'sign-in-refused', way: 'POST /session/second', outcome: 'refused' }),
    )
    expect(entries.filter(({ way }) => way === 'POST /api/account/totp/confirm')).toMatchObject([
      { act: 'rights-changed', about: 'second-factor' },
    ])
  })
})

describe('a session that was taken over', () => {
  it('adds, removes and renews nothing without the password', async () => {
    const li = await added()
    const { codes } = await enrols(li)
    const { factors } = (await li.get('/api/account')).json() as { factors: { id: string }[] }
    const wrong = { password: 'what the thief guesses' }
    const tried = [
      await li.post('/api/account/totp', wrong),
      await li.post('/api/account/passkeys/options', wrong),
      await li.post('/api/account/recovery', wrong),
      await li.post(`/api/account/factors/${factors[0]?.id}/remove`, wrong),
    ]
    expect(tried.map(codeOf)).toEqual(tried.map(() => [403, 'password-wrong']))
    expect(codes).toHaveLength(10)
    expect((await li.post('/api/account/recovery', { password })).status).toBe(200)
    expect(await second(await first(), codes[0] ?? '')).toEqual([401, 401])
  })
})

describe('a role that the city asks for more', () => {
  it('finds every door shut until a second factor is there, and keeps one', async () => {
    const li = await added('auditor')
    expect((await li.get('/session')).json()).toMatchObject({ owes: 'enrolment' })
    expect(codeOf(await li.get('/api/trail'))).toEqual([403, 'second-factor-missing'])
    await enrols(li)
    expect((await li.get('/api/trail')).status).toBe(200)
    const { factors } = (await li.get('/api/account')).json() as { factors: { id: string }[] }
    const path = `/api/account/factors/${factors[0]?.id}/remove`
    expect(codeOf(await li.post(path, { password }))).toEqual([409, 'factor-last'])
  })
})

describe('who has lost the device and the codes', () => {
  const removal = (by: Signed) => by.post(`/api/staff/${name}/factors/removal`, {})

  it('at a desk is helped by one administrator', async () => {
    await enrols(await added('seat'))
    expect((await removal(root)).json()).toEqual({ state: 'removed' })
    expect((await (await first()).get('/session')).json()).not.toHaveProperty('owes')
  })

  it('with rights over others is helped by two, neither of them alone nor themselves', async () => {
    const li = await added('supervisor')
    await enrols(li)
    const boss = await house.signsIn('boss')
    expect((await removal(root)).json()).toEqual({ state: 'asked' })
    expect(codeOf(await removal(root))).toEqual([403, 'removal-alone'])
    expect((await removal(li)).status).toBe(403)
    expect((await (await first()).get('/session')).json()).toMatchObject({ owes: 'second-factor' })
    expect((await removal(boss)).json()).toEqual({ state: 'removed' })
    expect((await li.get('/api/orders')).status).toBe(401)
    expect((await (await first()).get('/api/orders')).status).toBe(200)
    const entries = await house.trail({ about: name })
    expect(entries.map(({ person, outcome }) => `${person} ${outcome}`)).toEqual(
      expect.arrayContaining(['root done', 'root refused', 'boss done', `${name} refused`]),
    )
  })
})

/** In process, since whoever has the database has what the product alone may open. */
describe('whoever has the database', () => {
  let inside: GuardedHouse
  beforeAll(async () => {
    inside = await openGuardedHouse(admins)
  }, 60_000)
  afterAll(() => inside.close())
  const enrolled = async () => {
    await inside.staff.add({ name, display: name, role: 'supervisor', password }, 'root')
    return enrols(await inside.signsIn(name))
  }

  it('reads no secret there', async () => {
    const { secret, codes } = await enrolled()
    const tables = ['staff_factors', 'staff_recovery', 'staff_sessions', 'ledger_events']
    const rows = await Promise.all(
      tables.map(table => inside.database.query(sql`select * from ${sql.identifier(table)}`, z.unknown())),
    )
    const kept = JSON.stringify(rows)
    for (const text of [secret, bytesOf(secret).toString('base64url'), bytesOf(secret).toString('hex')])
      expect(kept).not.toContain(text)
    expect(kept).not.toContain(codes[0])
  })

  it.each<[string, () => SQL]>([
    ['drops a second factor', () => sql`delete from staff_factors where member = ${name}`],
    ['puts another secret in', () => sql`update staff_factors set material = 'x' where member = ${name}`],
    ['gives it to somebody else', () => sql`update staff_factors set member = 'root' where member = ${name}`],
    ['adds a recovery code', () => sql`insert into staff_recovery (member, mark) values (${name}, 'x')`],
    [
      'asks for a removal as another',
      () =>
        sql`insert into staff_factor_removals (member, asked_by, asked_at) values (${name}, 'chief', now())`,
    ],
    [
      'calls a password the owner’s own',
      () => sql`update staff set temporary = not temporary where name = ${name}`,
    ],
  ])('is found by the audit when they %s', async (_, forge) => {
    await enrolled()
    const breaks = async () =>
      (await audit(inside.database, { keys: testKeys, reported: [reportedStaff], sentOut: [] })).breaks
    expect(await breaks()).toEqual([])
    const undo = new Error('undone')
    await inside.database
      .transaction(async tx => {
        await tx.execute(forge())
        const { breaks: found } = await audit(tx, {
          keys: testKeys,
          reported: [reportedStaff],
          sentOut: [],
        })
        expect(found.map(({ stream }) => stream)).toContain(name)
        throw undo
      })
      .catch(error => expect(error).toBe(undo))
  })
})
