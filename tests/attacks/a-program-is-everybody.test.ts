/** The holder of the one token was everybody: made supervisors, decided as them, and nothing said that a program did. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createManualClock, silentLog } from '../../src/foundation/index.ts'
import { type Member, openPrograms, openStaff } from '../../src/staff/index.ts'
import type { Database } from '../../src/storage/index.ts'
import { type BuiltHouse, openBuiltHouse } from '../support/built-house.ts'
import { openTables } from '../support/hotline.ts'
import { testLedger } from '../support/ledger.ts'

const dayMs = 24 * 60 * 60_000
let house: BuiltHouse
let boss: Awaited<ReturnType<BuiltHouse['signsIn']>>
beforeAll(async () => {
  house = await openBuiltHouse([{ name: 'boss', display: 'Boss', role: 'admin' }])
  boss = await house.signsIn('boss')
}, 60_000)
afterAll(() => house.close())

const letIn = async (name: string, ...scopes: string[]) => {
  const made = await boss.post('/api/programs', { name, owner: '王工', scopes })
  expect(made.status).toBe(201)
  const { token }: { token: string } = made.json()
  return { token, ...house.program(token) }
}
const names = async () =>
  (await house.root.get('/api/staff')).json<{ members: readonly Member[] }>().members.map(({ name }) => name)
const codeOf = (answer: { json<Body>(): Body }) =>
  answer.json<{ faults: readonly { code: string; expected: string }[] }>().faults[0]?.code

it('a program does what its scopes say, and nothing else', async () => {
  const reader = await letIn('reader', 'orders:read')
  expect((await reader.get('/api/orders')).status).toBe(200)
  const order = { matter: '路灯坏了', category: 'street-light', street: '望京街道', place: '1号' }
  for (const refused of [
    await reader.post('/api/orders', order),
    await reader.get('/api/trail'),
    await reader.get('/api/staff'),
  ])
    expect([refused.status, codeOf(refused)]).toEqual([403, 'scope-missing'])
})

it.each([
  [
    'makes a supervisor',
    '/api/staff',
    { name: 'wang', role: 'supervisor', password: 'correct horse battery' },
  ],
  ['sets a password', '/api/staff/boss/password', { password: 'another long password' }],
  ['lets another program in', '/api/programs', { name: 'helper', owner: 'me', scopes: ['staff:write'] }],
])('no scope %s', async (what, path, body) => {
  const name = `all-${what.length}`
  const greedy = await letIn(name, 'staff:write', 'programs:write', 'orders:write')
  const answer = await greedy.post(path, body)
  expect([answer.status, codeOf(answer)]).toEqual([403, 'scope-missing'])
  expect(await names()).toEqual(['boss'])
})

it('what it did says that a program did, and which', async () => {
  const clerk = await letIn('clerk', 'orders:write', 'orders:read')
  const by = { role: 'seat', person: '李华' }
  const made = await clerk.post('/api/orders', {
    ...{ matter: '路灯坏了', category: 'street-light', caller: '13800138001', by },
    ...{ street: '望京街道', place: '1号' },
  })
  expect(made.status).toBe(201)
  const { order }: { order: { number: string } } = made.json()
  const { events }: { events: readonly { by: object }[] } = (
    await clerk.get(`/api/orders/${order.number}`)
  ).json()
  expect(events[0]?.by).toMatchObject({ ...by, via: 'program:clerk' })
  const entries = await house.trail({ person: 'program:clerk' })
  expect(entries.map(({ act, role }) => [act, role])).toContainEqual(['changed', 'program'])
})

it('is shut out at once when it is revoked, and its name is nobody else’s', async () => {
  const leaving = await letIn('leaving', 'orders:read')
  expect((await leaving.get('/api/orders')).status).toBe(200)
  expect((await boss.delete('/api/programs/leaving')).status).toBe(204)
  const after = await leaving.get('/api/orders')
  expect([after.status, codeOf(after)]).toEqual([401, 'token-wrong'])
  const again = await boss.post('/api/programs', { name: 'leaving', owner: '王工', scopes: ['orders:read'] })
  expect([again.status, codeOf(again)]).toEqual([409, 'program-exists'])
  expect(codeOf(await boss.delete('/api/programs/leaving'))).toBe('program-revoked')
  expect(codeOf(await boss.delete('/api/programs/nobody'))).toBe('program-unknown')
})

it.each([
  ['a subject that is not there', ['order:read'], 'scope-unknown'],
  ['everything', ['*'], 'request-invalid'],
  ['nothing', [], 'request-invalid'],
  ['the account of somebody', ['account:write'], 'scope-unknown'],
])('%s is no scope', async (_, scopes, code) => {
  const answer = await boss.post('/api/programs', { name: 'odd', owner: '王工', scopes })
  expect([answer.status >= 400, codeOf(answer)]).toEqual([true, code])
})

it('an administrator alone erases no order, nor does a program, nor who is new', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'jieting-'))
  const members = [
    { name: 'chief', display: '主任', role: 'admin' },
    { name: 'sun', display: '孙', role: 'supervisor' },
  ] as const
  const first = await openBuiltHouse(members, { DATA_DIR: dataDir })
  const wang = { role: 'unit', person: 'wang', unit: 'heating' } as const
  const demand = { category: 'heating', matter: '不热', street: '望京街道', place: '3号楼' } as const
  const contact = { mode: 'none' } as const
  const { number } = (await first.orderDesk.make({ ...demand, contact }, { role: 'seat', person: 's1' }))
    .order
  await first.orderDesk.act(number, { do: 'sign' }, wang)
  const closing = { do: 'close', result: 'solved', words: '好了', evidence: ['照片'] } as const
  await first.orderDesk.act(number, closing, wang)
  const path = `/api/orders/${number}/erasure`
  const [asking, agree] = [{ because: 'mistaken' }, { agreed: true }]
  // As new as anybody is here who was added a moment ago.
  const [newChief, newSun] = [await first.signsIn('chief'), await first.signsIn('sun')]
  expect(codeOf(await newChief.post(path, asking))).toBe('member-new')
  expect(codeOf(await newSun.post(`${path}/decision`, agree))).toBe('member-new')
  expect((await newSun.get(`/api/orders/${number}`)).status).toBe(200)
  await first.close()

  // The same house a day later, as far as they are concerned.
  const later = await openBuiltHouse([], { DATA_DIR: dataDir, SECOND_PERSON_HOURS: '0' })
  const [chief, sun] = [await later.signsIn('chief'), await later.signsIn('sun')]
  expect((await chief.post(path, asking)).status).toBe(204)
  const made = await chief.post('/api/programs', { name: 'eraser', owner: '王工', scopes: ['orders:write'] })
  const eraser = later.program(made.json<{ token: string }>().token)
  for (const [who, code] of [
    [chief, 'erasure-alone'],
    [later.root, 'member-needed'],
    [eraser, 'member-needed'],
  ] as const)
    expect([codeOf(await who.post(`${path}/decision`, agree)), code]).toEqual([code, code])
  expect((await chief.delete(`/api/orders/${number}`)).status).toBe(405)
  expect((await sun.post(`${path}/decision`, agree)).status).toBe(204)
  expect((await chief.get(`/api/orders/${number}`)).status).toBe(404)
  expect((await chief.get('/api/orders/erasures')).json()).toMatchObject({
    erasures: [{ order: number, because: 'mistaken', askedBy: 'chief', erased: { by: 'sun' } }],
  })
  await later.close()
  await rm(dataDir, { recursive: true })
}, 90_000)

it.each([
  [
    'makes a second administrator',
    'post',
    '/api/staff',
    { name: 'eve', role: 'admin', password: 'a long pass phrase' },
  ],
  ['sets a password', 'post', '/api/staff/boss/password', { password: 'another long password' }],
  ['takes a second factor away', 'post', '/api/staff/boss/factors/removal', {}],
  ['signs somebody out', 'delete', '/api/staff/boss/sessions', undefined],
  ['removes the administrator', 'delete', '/api/staff/boss', undefined],
  ['lets a program in', 'post', '/api/programs', { name: 'helper', owner: 'me', scopes: ['staff:write'] }],
] as const)(
  'the token of the installation %s only until there is an administrator',
  async (_, verb, path, body) => {
    const { root } = house
    const answer = verb === 'post' ? await root.post(path, body) : await root.delete(path)
    expect([answer.status, codeOf(answer)]).toEqual([403, 'admin-needed'])
    const there = await names()
    expect([there.includes('boss'), there.includes('eve')]).toEqual([true, false])
    expect((await boss.get('/api/account')).status).toBe(200)
  },
)

it('the token of the installation makes the first administrator, and no more', async () => {
  const empty = await openBuiltHouse([{ name: 's1', display: '一号', role: 'seat' }])
  try {
    const { root } = empty
    const member = (name: string) => ({ name, role: 'admin', password: 'correct horse battery' })
    expect((await root.post('/api/staff', member('first'))).status).toBe(201)
    expect(codeOf(await root.post('/api/staff', member('second')))).toBe('admin-needed')
    expect(codeOf(await root.get('/api/account'))).toBe('member-needed')
  } finally {
    await empty.close()
  }
})

it('an administrator whose page is open does not lose their password to whoever sits down there', async () => {
  const answer = await boss.post('/api/staff/boss/password', { password: 'another long password' })
  expect([answer.status, codeOf(answer)]).toEqual([403, 'password-own'])
  expect((await house.signsIn('boss')).answer.status).toBe(200)
})

/** In process: a day passes by a clock that is moved by hand, and no provider of identities is here. */
describe('by the day', () => {
  let database: Database
  beforeAll(async () => {
    database = await openTables()
  }, 60_000)
  afterAll(() => database.close())

  it('ends on its day, says when it was used, and keeps no token', async () => {
    const clock = createManualClock()
    const programs = openPrograms({ database, ledger: testLedger, clock, log: silentLog })
    const { token } = await programs.add(
      { name: 'short', owner: '王工', scopes: ['orders:read'], days: 1 },
      'boss',
    )
    await clock.advance(dayMs - 1)
    expect(await programs.find(token)).toEqual({ name: 'short', scopes: ['orders:read'] })
    const used = () => programs.list().then(all => all.find(({ name }) => name === 'short')?.usedAtMs)
    await expect.poll(used).toBe(clock.now())
    await clock.advance(1)
    expect(await programs.find(token)).toBeUndefined()
    expect(JSON.stringify(await programs.list())).not.toContain(token)
  })

  it('a member who is new takes part in no decision of two persons for a day, nor after a new password', async () => {
    const clock = createManualClock()
    const staff = openStaff({ database, ledger: testLedger, clock, log: silentLog })
    const member = {
      name: 'chen',
      display: '陈',
      role: 'supervisor' as const,
      password: 'correct horse battery',
    }
    await staff.add(member, 'boss')
    const check = () =>
      staff.checkSecondPerson('chen').then(
        () => 'may',
        error => error.code,
      )
    expect(await check()).toBe('member-new')
    await clock.advance(dayMs)
    expect(await check()).toBe('may')
    await staff.setPassword('chen', 'another long password', 'boss')
    expect(await check()).toBe('member-new')
    // Their name is not given to somebody else, either.
    await staff.remove('chen', 'boss')
    await expect(staff.add(member, 'boss')).rejects.toMatchObject({ code: 'member-was' })
    await staff.close()
  })

  it('a name is not taken over by another at the provider, and given back to the same', async () => {
    let subject = 'first'
    const arrive = async () => ({
      member: { name: 'zhou', display: '周', role: 'seat' as const, unit: undefined },
      subject,
    })
    const clock = createManualClock()
    const openId = { arrive, leave: () => Promise.reject(new Error('nobody leaves')) }
    const staff = openStaff({ database, ledger: testLedger, clock, log: silentLog, openId })
    const comes = () =>
      staff.openId
        ?.arrive({ address: '' }, 'https://here.example', { state: '', nonce: '', verifier: '' })
        .then(
          ({ member }) => member.name,
          error => error.code,
        )
    expect(await comes()).toBe('zhou')
    await staff.remove('zhou', 'boss')
    subject = 'second'
    expect(await comes()).toBe('member-was')
    subject = 'first'
    expect(await comes()).toBe('zhou')
    await staff.close()
  })
})
