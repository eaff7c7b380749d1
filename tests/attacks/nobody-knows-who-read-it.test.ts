/** Somebody reads what citizens told, is refused, signs in wrongly, changes rights: it is known who, what, whose and from where. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { TrailEntry, TrailPage } from '../../src/trail/api.ts'
import { type BuiltHouse, openBuiltHouse } from '../support/built-house.ts'

const caller = '13800138001'
let house: BuiltHouse
type Browser = Awaited<ReturnType<BuiltHouse['signsIn']>>
let [unit, boss, admin, officer]: Browser[] = []
let number = ''

beforeAll(async () => {
  house = await openBuiltHouse(
    [
      { name: 'h1', display: '热力', role: 'unit', unit: 'heating' },
      { name: 'boss', display: '班长', role: 'supervisor' },
      { name: 'root', display: '管理员', role: 'admin' },
      { name: 'dpo', display: '审计', role: 'auditor' },
    ],
    { TRAIL_LOOKS_PER_HOUR: '20' },
  )
  ;[unit, boss, admin, officer] = await Promise.all(
    ['h1', 'boss', 'root', 'dpo'].map(name => house.signsIn(name)),
  )
  const made = await house.orderDesk.make(
    {
      contact: { mode: 'sms', number: `+86${caller}` },
      category: 'heating',
      matter: '家里不热，门牌幸福小区',
      place: '3号楼',
      street: '望京街道',
    },
    { role: 'seat', person: 's1' },
  )
  number = made.order.number
  await house.orderDesk.act(number, { do: 'sign' }, { role: 'unit', person: 'h1', unit: 'heating' })
}, 120_000)
afterAll(() => house.close())

let sinceMs = 0
beforeEach(() => {
  sinceMs = Date.now()
})
async function entries(query = ''): Promise<readonly TrailEntry[]> {
  const page: TrailPage = (await officer!.get(`/api/trail?fromMs=${sinceMs}${query}`)).json()
  return page.entries.filter(({ act }) => act !== 'audited')
}

describe('whoever reads', () => {
  it.each<[string, () => Promise<unknown>, Partial<TrailEntry>]>([
    [
      'an order',
      () => boss!.get(`/api/orders/${number}`),
      { act: 'read', person: 'boss', role: 'supervisor' },
    ],
    [
      'an order typed with blanks',
      () => unit!.get(`/api/orders/${number.slice(0, 6)}%20${number.slice(6)}`),
      { act: 'read', person: 'h1' },
    ],
    [
      'a number that was masked',
      () => unit!.post(`/api/orders/${number}/acts`, { do: 'reveal', words: '上门' }),
      { act: 'revealed', person: 'h1' },
    ],
  ])('%s is known, with the order and from where', async (_what, ask, known) => {
    await ask()
    expect(await entries()).toContainEqual(
      expect.objectContaining({ ...known, about: number, address: '127.0.0.1', outcome: 'done' }),
    )
  })

  it('all of one caller is known by a mark of the number, however it is written, and not by the number', async () => {
    for (const written of [caller, `+86${caller}`, `+86 ${caller}`])
      await boss!.get(`/api/orders?caller=${encodeURIComponent(written)}`)
    const found = await entries(`&number=${caller}`)
    expect(found.filter(({ act }) => act === 'searched').length).toBeGreaterThanOrEqual(2)
    expect(JSON.stringify(await entries())).not.toMatch(/138\D?0013\D?8001|幸福/)
  })

  it('what is not theirs is known as refused', async () => {
    await officer!.get(`/api/orders/${number}`)
    await unit!.get('/api/staff')
    await unit!.get('/api/orders/2601010000992')
    expect((await entries()).filter(({ outcome }) => outcome === 'refused').length).toBeGreaterThanOrEqual(2)
  })

  it('by the token is known as a program', async () => {
    await house.root.get(`/api/orders/${number}`)
    expect(await entries()).toContainEqual(expect.objectContaining({ person: 'program', about: number }))
  })
})

describe('whoever comes in, or wants to', () => {
  it('is known: who signed in and out, and who was refused, whose typed name may be a password', async () => {
    const other = await house.signsIn('boss')
    await other.delete('/session')
    await house.signsIn('hunter2-secret', 'wrong wrong wrong')
    const found = await entries()
    expect(found.map(({ act, person }) => `${act} ${person}`)).toEqual(
      expect.arrayContaining(['signed-in boss', 'signed-out boss']),
    )
    const refused = found.find(({ act }) => act === 'sign-in-refused')
    expect(refused?.outcome).toBe('refused')
    expect(JSON.stringify(found)).not.toMatch(/hunter2|wrong/)
  })
})

describe('whoever changes rights', () => {
  it.each<[string, () => Promise<unknown>]>([
    [
      'by adding somebody',
      () => admin!.post('/api/staff', { name: 'eve', role: 'admin', password: 'a long pass phrase' }),
    ],
    [
      'by another password',
      () => admin!.post('/api/staff/eve/password', { password: 'another long phrase' }),
    ],
    ['by removing somebody', () => admin!.delete('/api/staff/eve')],
  ])('%s is known', async (_how, change) => {
    await change()
    const found = await entries()
    expect(found).toContainEqual(
      expect.objectContaining({ act: 'rights-changed', person: 'root', about: 'eve' }),
    )
    expect(JSON.stringify(found)).not.toContain('long')
  })
})

it('says once when somebody looked at more orders than is usual', async () => {
  for (let at = 0; at < 25; at++)
    await boss!.get(`/api/orders?caller=139000000${String(at).padStart(2, '0')}`)
  await entries()
  await boss!.get(`/api/orders?caller=13911111111`)
  const alarms = (await entries()).filter(({ act }) => act === 'alarm')
  expect(alarms).toMatchObject([{ person: 'boss', role: 'supervisor' }])
})

describe('the trail', () => {
  it('is for whoever answers for the protection of data alone', async () => {
    for (const who of [unit!, boss!]) expect((await who.get('/api/trail')).status).toBe(403)
    expect((await admin!.get('/api/trail')).status).toBe(200)
  })

  it('is told as lines of JSON and as syslog', async () => {
    await boss!.get(`/api/orders/${number}`)
    const json = (await officer!.get('/api/trail/export')).body.trim().split('\n')
    expect(json.map(line => (JSON.parse(line) as TrailEntry).act)).toContain('read')
    const lines = (await officer!.get('/api/trail/export?format=syslog')).body.trim().split('\n')
    expect(lines[0]).toMatch(/^<10[89]>1 \d{4}-\d\d-\d\dT[\d:.]+Z \S+ jieting \d+ [\w-]+ \[trail@32473 .*\]$/)
  })
})
