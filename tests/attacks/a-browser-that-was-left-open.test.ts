/** A session went on for twelve hours whether anybody was there or not, and nobody could see or end it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createManualClock, silentLog, systemClock } from '../../src/foundation/index.ts'
import { ledgerMigrations } from '../../src/ledger/index.ts'
import { readSettings, sessionLimitsOf } from '../../src/settings/index.ts'
import { openStaff, type Role, staffMigrations } from '../../src/staff/index.ts'
import { type Database, migrate, openDatabase } from '../../src/storage/index.ts'
import { type BuiltHouse, openBuiltHouse } from '../support/built-house.ts'
import { testLedger } from '../support/ledger.ts'

const password = 'correct horse battery'
const minuteMs = 60_000
const from = {
  address: '192.0.2.1',
  userAgent: 'Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0',
}

/** By a clock that is moved by hand: what is promised here takes half an hour, and a whole shift. */
describe('a session in which nobody is any more', () => {
  let database: Database
  let turn = 0
  let clock = createManualClock()
  const open = () =>
    openStaff({ ledger: testLedger, database, clock, log: silentLog, ...sessionLimitsOf(readSettings({})) })
  let staff: ReturnType<typeof openStaff>
  beforeAll(async () => {
    database = await openDatabase({ clock: systemClock, log: silentLog })
    await migrate(database, [...ledgerMigrations, ...staffMigrations])
  })
  afterAll(() => database.close())
  beforeEach(() => {
    clock = createManualClock()
    staff = open()
  })
  async function signedIn(role: Role) {
    const name = `member-${turn++}`
    await staff.add(
      { name, display: name, role, unit: role === 'unit' ? '住建委' : undefined, password },
      'admin',
    )
    const { secret } = await staff.signIn(name, password, from)
    return { name, secret }
  }
  /** What pages ask by themselves, every ten seconds. */
  async function polls(secret: string, forMs: number) {
    for (let atMs = 0; atMs < forMs; atMs += 10_000) {
      await staff.who(secret)
      await clock.advance(10_000)
    }
  }

  it.each<[Role, number]>([
    ['admin', 30],
    ['supervisor', 30],
    ['auditor', 30],
    ['unit', 60],
  ])('ends for %s after %i minutes, however often a page asks by itself', async (role, minutes) => {
    const { secret } = await signedIn(role)
    await polls(secret, (minutes - 1) * minuteMs)
    expect(await staff.who(secret)).toBeDefined()
    await polls(secret, minuteMs)
    expect(await staff.who(secret)).toBeUndefined()
  })

  it('ends by itself, and so does what is open under it, without anybody who asks', async () => {
    const { secret } = await signedIn('admin')
    const held = await staff.who(secret)
    const over: string[] = []
    staff.notices.on('over', ({ session }) => over.push(session))
    await clock.advance(31 * minuteMs)
    await expect.poll(() => over).toEqual([held?.session])
  })

  it('goes on while somebody is there, up to its end', async () => {
    const { secret } = await signedIn('admin')
    const session = (await staff.who(secret))?.session ?? ''
    for (let at = 0; at < 35; at++) {
      await clock.advance(20 * minuteMs)
      staff.use(session)
      expect(await staff.who(secret)).toBeDefined()
    }
    await clock.advance(20 * minuteMs)
    expect(await staff.who(secret)).toBeUndefined()
  })

  it('is not over for want of use here while somebody is there at another node', async () => {
    const { secret } = await signedIn('admin')
    const session = (await staff.who(secret))?.session ?? ''
    const other = open()
    await clock.advance(20 * minuteMs)
    await other.who(secret)
    other.use(session)
    await expect
      .poll(async () => (await staff.sessions.of(`member-${turn - 1}`))[0]?.usedAtMs)
      .toBe(clock.now())
    await clock.advance(20 * minuteMs)
    expect(await staff.who(secret)).toBeDefined()
    await other.close()
  })

  it('lasts a shift for an agent at the desk', async () => {
    const { secret } = await signedIn('seat')
    await clock.advance(9 * 60 * minuteMs)
    expect(await staff.who(secret)).toBeDefined()
  })
})

describe('where a member is signed in', () => {
  let house: BuiltHouse
  beforeAll(async () => {
    house = await openBuiltHouse([
      { name: 'boss', display: '管理员', role: 'admin' },
      { name: 'li', display: '李主任', role: 'supervisor' },
      { name: 'zhao', display: '赵班长', role: 'supervisor' },
    ])
  }, 60_000)
  afterAll(() => house.close())
  type Listed = {
    readonly session: string
    readonly sessions: readonly { readonly id: string; readonly device: string }[]
  }

  type Browser = Awaited<ReturnType<BuiltHouse['signsIn']>>
  const account = async (of: Browser) => (await of.get('/api/account')).json() as Listed

  it('is shown to them: which device, from where, since when; they end one, or all others', async () => {
    const [here, there, elsewhere] = [
      await house.signsIn('li'),
      await house.signsIn('li'),
      await house.signsIn('li'),
    ]
    const { session, sessions } = await account(here)
    expect(sessions).toHaveLength(3)
    expect(sessions[0]).toMatchObject({ address: '127.0.0.1', device: '' })
    const thereId = (await account(there)).session
    expect((await here.delete(`/api/account/sessions/${thereId}`)).status).toBe(204)
    expect((await there.get('/api/orders')).status).toBe(401)
    expect((await elsewhere.get('/api/orders')).status).toBe(200)
    expect((await here.delete('/api/account/sessions')).status).toBe(204)
    expect((await elsewhere.get('/api/orders')).status).toBe(401)
    expect((await account(here)).sessions.map(({ id }) => id)).toEqual([session])
  })

  it('is ended by nobody else but an administrator', async () => {
    const [li, zhao, boss] = [
      await house.signsIn('li'),
      await house.signsIn('zhao'),
      await house.signsIn('boss'),
    ]
    const { session } = await account(li)
    expect((await zhao.delete(`/api/account/sessions/${session}`)).status).toBe(404)
    expect((await zhao.get('/api/staff/li/sessions')).status).toBe(403)
    expect((await zhao.delete(`/api/staff/li/sessions/${session}`)).status).toBe(403)
    expect((await boss.delete(`/api/staff/zhao/sessions/${session}`)).status).toBe(404)
    expect((await li.get('/api/orders')).status).toBe(200)
    const listed = ((await boss.get('/api/staff/li/sessions')).json() as Listed).sessions
    expect(listed.map(({ id }) => id)).toContain(session)
    expect((await boss.delete(`/api/staff/li/sessions/${session}`)).status).toBe(204)
    expect((await li.get('/api/orders')).status).toBe(401)
    const again = await house.signsIn('li')
    expect((await boss.delete('/api/staff/li/sessions')).status).toBe(204)
    expect((await again.get('/api/orders')).status).toBe(401)
  })
})
