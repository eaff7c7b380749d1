import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import { createManualClock, silentLog, systemClock } from '../../src/foundation/index.ts'
import { ledgerMigrations } from '../../src/ledger/index.ts'
import { openStaff, staffMigrations } from '../../src/staff/index.ts'
import { type Database, migrate, openDatabase, sql } from '../../src/storage/index.ts'
import { testLedger } from '../support/ledger.ts'

const password = 'correct horse battery'
const home = { address: '192.0.2.1' }
let database: Database
beforeAll(async () => {
  database = await openDatabase({ clock: systemClock, log: silentLog })
  await migrate(database, [...ledgerMigrations, ...staffMigrations])
})
afterAll(() => database.close())
beforeEach(async () => {
  // Names are never given twice: what happened goes with them.
  await database.execute(sql`delete from staff`)
  await database.execute(sql`delete from ledger_links where room = 'staff'`)
  await database.execute(sql`delete from ledger_events where room = 'staff'`)
})

function open() {
  const clock = createManualClock()
  return { clock, staff: openStaff({ ledger: testLedger, database, clock, log: silentLog }) }
}
const li = { name: 'li', display: '李工', role: 'admin', password } as const
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    error => error.code as string,
  )

it('signs in whom it knows, and tells nobody which of name and password was wrong', async () => {
  const { staff } = open()
  await staff.add(li, 'admin')
  const { secret, member } = await staff.signIn('li', password, home)
  expect(member).toEqual({ name: 'li', display: '李工', role: 'admin' })
  expect(await staff.who(secret)).toMatchObject({ member })
  const wrong = await staff.signIn('li', 'wrong password', home).catch(error => error)
  const unknown = await staff.signIn('nobody', 'wrong password', home).catch(error => error)
  expect(wrong.message).toBe(unknown.message)
  expect([wrong.code, unknown.code]).toEqual(['sign-in-refused', 'sign-in-refused'])
})

it('keeps a password as argon2id alone, and of a session only the hash of its secret', async () => {
  const { staff } = open()
  await staff.add(li, 'admin')
  const { secret } = await staff.signIn('li', password, home)
  const rows = await database.query(
    sql`select password, id from staff join staff_sessions on member = name`,
    z.object({ password: z.string(), id: z.string() }),
  )
  expect(rows[0]?.password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(JSON.stringify(rows)).not.toContain(secret)
})

it('makes who is wrong often wait, whether the name is there or not, and lets others in', async () => {
  const { staff, clock } = open()
  await staff.add(li, 'admin')
  await staff.add({ ...li, name: 'wang' }, 'admin')
  for (const name of ['li', 'nobody'])
    for (let tries = 0; tries < 5; tries++)
      expect(await codeOf(staff.signIn(name, 'wrong password', home))).toBe('sign-in-refused')
  expect(await codeOf(staff.signIn('li', password, home))).toBe('too-many-tries')
  expect(await codeOf(staff.signIn('nobody', password, home))).toBe('too-many-tries')
  expect(await codeOf(staff.signIn('wang', password, home))).toBe('done')
  await clock.advance(1_000)
  expect(await codeOf(staff.signIn('li', password, home))).toBe('done')
})

it('does not let a hundred tries at once round the count', async () => {
  const { staff } = open()
  await staff.add(li, 'admin')
  const all = await Promise.all(
    Array.from({ length: 40 }, () => codeOf(staff.signIn('li', 'wrong one', home))),
  )
  expect(all.filter(code => code === 'sign-in-refused')).toHaveLength(5)
})

it('makes an address wait that tries name after name, and one account of its own does not free it', async () => {
  const { staff } = open()
  await staff.add(li, 'admin')
  for (let name = 0; name < 30; name++) await codeOf(staff.signIn(`guess-${name}`, 'wrong password', home))
  expect(await codeOf(staff.signIn('guess-30', 'wrong password', home))).toBe('too-many-tries')
  expect(await codeOf(staff.signIn('li', password, { address: '192.0.2.2' }))).toBe('done')
})

it.each([
  ['signs out', (staff: ReturnType<typeof open>['staff'], secret: string) => staff.signOut(secret)],
  ['is given another password', staff => staff.setPassword('li', 'another long password', 'admin')],
  ['is removed', staff => staff.remove('li', 'admin')],
] as readonly [string, (staff: ReturnType<typeof open>['staff'], secret: string) => Promise<void>][])(
  'ends the session of who %s, at once, and says so',
  async (_, act) => {
    const { staff } = open()
    await staff.add(li, 'admin')
    const { secret } = await staff.signIn('li', password, home)
    const session = (await staff.who(secret))?.session
    const over: string[] = []
    staff.notices.on('over', notice => over.push(notice.session))
    await act(staff, secret)
    expect(await staff.who(secret)).toBeUndefined()
    expect(over).toEqual([session])
  },
)

it('ends a session after twelve hours, and obeys another node’s sign-out within ten seconds', async () => {
  const { staff, clock } = open()
  await staff.add(li, 'admin')
  const one = await staff.signIn('li', password, home)
  await clock.advance(12 * 60 * 60_000)
  expect(await staff.who(one.secret)).toBeUndefined()
  const two = await staff.signIn('li', password, home)
  await database.execute(sql`delete from staff_sessions`)
  expect(await staff.who(two.secret)).toBeDefined()
  await clock.advance(10_000)
  expect(await staff.who(two.secret)).toBeUndefined()
})

it('goes on believing a session while the database is away', async () => {
  const clock = createManualClock()
  let isAway = false
  const flaky: Database = {
    ...database,
    query: (...asked) => (isAway ? Promise.reject(new Error('away')) : database.query(...asked)),
  }
  const staff = openStaff({ ledger: testLedger, database: flaky, clock, log: silentLog })
  await staff.add(li, 'admin')
  const { secret } = await staff.signIn('li', password, home)
  isAway = true
  await clock.advance(60_000)
  expect(await staff.who(secret)).toMatchObject({ member: { name: 'li' } })
  await expect(staff.who('a-secret-of-nobody')).rejects.toThrow('away')
})

it('wants a unit of role unit, and of no other; and names that are new', async () => {
  const { staff } = open()
  expect(await codeOf(staff.add({ ...li, role: 'unit' }, 'admin'))).toBe('unit-missing')
  expect(await codeOf(staff.add({ ...li, unit: '住建委' }, 'admin'))).toBe('unit-needless')
  expect(await staff.add({ ...li, role: 'unit', unit: '住建委' }, 'admin')).toMatchObject({ unit: '住建委' })
  expect(await codeOf(staff.add(li, 'admin'))).toBe('member-exists')
  expect(await codeOf(staff.remove('wang', 'admin'))).toBe('member-unknown')
  expect(await codeOf(staff.setPassword('wang', password, 'admin'))).toBe('member-unknown')
})

it('gives somebody another role, ends what was opened under the old one, and says who did it', async () => {
  const { clock, staff } = open()
  await staff.add(li, 'root')
  await staff.add({ ...li, name: 'wang', display: '王工', role: 'supervisor' }, 'li')
  await clock.advance(86_400_000)
  const { secret } = await staff.signIn('wang', password, home)
  await staff.checkSecondPerson('wang')
  expect(await staff.changeRights('wang', { display: '王芳' }, 'li')).toMatchObject({ role: 'supervisor' })
  expect(await staff.who(secret)).toMatchObject({ member: { display: '王芳' } })
  const atUnit = { role: 'unit', unit: 'gas' } as const
  expect(await staff.changeRights('wang', atUnit, 'li')).toEqual({ name: 'wang', display: '王芳', ...atUnit })
  expect(await staff.who(secret)).toBeUndefined()
  // New rights decide on nothing of two persons for a day.
  expect(await codeOf(staff.checkSecondPerson('wang'))).toBe('member-new')
  // Whoever leaves a unit has none.
  expect((await staff.changeRights('wang', { role: 'seat' }, 'li')).unit).toBeUndefined()
  expect(await staff.rightsChanges('wang')).toMatchObject([
    { kind: 'changed', by: 'li', role: 'seat' },
    { kind: 'changed', by: 'li', role: 'unit', unit: 'gas' },
    { kind: 'changed', by: 'li', display: '王芳' },
    { kind: 'added', by: 'li', role: 'supervisor' },
  ])
  expect(await codeOf(staff.changeRights('wang', { unit: 'gas' }, 'li'))).toBe('unit-needless')
  expect(await codeOf(staff.changeRights('wang', { role: 'unit' }, 'li'))).toBe('unit-missing')
  expect(await codeOf(staff.changeRights('li', { role: 'seat' }, 'li'))).toBe('rights-own')
  expect(await codeOf(staff.changeRights('nobody', { role: 'seat' }, 'li'))).toBe('member-unknown')
})
