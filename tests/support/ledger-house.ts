/** Orders, surveys, staff, programs and a trail with a past, on one database; what is done to it is undone when it was looked at. */
import { tmpdir } from 'node:os'
import { createCalendar, exampleCity } from '../../src/city/index.ts'
import { createManualClock, silentLog } from '../../src/foundation/index.ts'
import { queues, tables } from '../../src/hall/rooms.ts'
import { openJobs } from '../../src/jobs/index.ts'
import { exportLedger } from '../../src/ledger/export.ts'
import { audit, type Break, openAuditing, type Reported } from '../../src/ledger/index.ts'
import { reportedOrders } from '../../src/orders/index.ts'
import { openPrograms, openStaff, reportedPrograms, reportedStaff } from '../../src/staff/index.ts'
import { type Database, migrate, type Queries } from '../../src/storage/index.ts'
import { ordinaryRules, reportedSurveys } from '../../src/surveys/index.ts'
import { openTrail, reportedTrail } from '../../src/trail/index.ts'
import { hour, mondayTen, openRoom, openRoomDatabase } from '../surveys/house.ts'
import { appWith } from './authenticator.ts'
import { testKeys, testLedger } from './ledger.ts'
import { eraseByTwo, openTestOrders } from './order-desk.ts'

export const reported: readonly Reported[] = [
  reportedOrders(createCalendar(exampleCity)),
  reportedSurveys(ordinaryRules),
  reportedStaff,
  reportedPrograms,
  reportedTrail,
]

const seat = { role: 'seat', person: 's1' } as const
const unit = { role: 'unit', person: 'wang', unit: 'heating' } as const
const boss = { role: 'supervisor', person: 'li' } as const

export async function openLedgerHouse() {
  const database = await openRoomDatabase()
  await migrate(database, tables)
  const clock = createManualClock(mondayTen)
  const shared = { database, clock, log: silentLog }
  const jobs = openJobs({ ...shared, queues, pollMs: 1e9 })
  await jobs.prepare()
  const { orderDesk, orders } = await openTestOrders({ ...shared, jobs, dataDir: tmpdir() })
  const numbers: string[] = []
  for (const matter of ['不热', '漏水', '停暖']) {
    const what = { type: 'complaint', category: 'heating', kind: '01050101', district: '朝阳区' } as const
    const asked = { ...what, matter, street: '望京街道', place: '3号楼' }
    const { order } = await orderDesk.make(asked, seat)
    await orderDesk.act(order.number, { do: 'sign' }, unit)
    numbers.push(order.number)
  }
  // Of what nobody could place one is dispatched, and one waits.
  for (const matter of ['有异味', '不知道归谁管']) {
    const asked = { urgency: 'general', matter, street: '望京街道', place: '3号楼' } as const
    const { order } = await orderDesk.make(asked, seat)
    if (matter !== '有异味') continue
    await orderDesk.act(order.number, { do: 'dispatch', unit: 'heating', kind: '01050101' }, boss)
    // It has to answer, and so has whoever has it from then on.
    await orderDesk.act(order.number, { do: 'instruct', level: 'street', words: '尽快' }, boss)
    // Its unit says whose it is; the centre has the place looked at, and agrees.
    const back = { do: 'return', ground: 'not-our-duty', target: 'street', words: '不是暖气' } as const
    await orderDesk.act(order.number, back, unit)
    for (const outcome of ['site', 'upheld'] as const)
      await orderDesk.act(order.number, { do: 'decide-return', outcome, words: '看过' }, boss)
  }
  // Neighbours tell the same: one is handled with the first, and one was taken for the same by mistake.
  for (const matter of ['也不热', '水不干净']) {
    const asked = { category: 'heating', matter, street: '望京街道', place: '5号楼' } as const
    const { order } = await orderDesk.make(asked, seat)
    await orderDesk.act(order.number, { do: 'merge', into: numbers[0]! }, boss)
    if (matter !== '也不热') await orderDesk.act(order.number, { do: 'part' }, boss)
  }
  await orderDesk.act(numbers[0]!, { do: 'grant', unit: 'street', words: '会同' }, boss)
  const answer = { do: 'answer-instruction', words: '明天修好', pieces: [] } as const
  for (const [level, said] of [
    ['street', undefined],
    ['city', answer],
    ['district', { do: 'end-instruction', words: '误发' }],
    ['street', undefined],
  ] as const) {
    await orderDesk.act(numbers[0]!, { do: 'instruct', level, words: '说明进展' }, boss)
    if (said) await orderDesk.act(numbers[0]!, said, said.do === 'answer-instruction' ? unit : boss)
  }
  await orderDesk.act(numbers[0]!, { do: 'ask-site', words: '看一看' }, boss)
  const seen = {
    visitedAtMs: clock.now(),
    visitors: '李工',
    verdict: 'confirmed',
    words: '属实',
    pieces: [],
  } as const
  await orderDesk.act(numbers[0]!, { do: 'check-site', ...seen }, boss)
  for (const number of numbers.slice(1))
    await orderDesk.act(number, { do: 'instruct', level: 'city', words: '' }, boss)
  for (const number of numbers.slice(1))
    await orderDesk.act(number, { do: 'close', result: 'solved', words: '好了', evidence: ['照片'] }, unit)
  await eraseByTwo(orders, numbers[2]!)
  await orders.erasure.ask(numbers[1]!, 'mistaken', boss)

  const staff = openStaff({ ...shared, ledger: testLedger })
  const password = 'correct horse battery'
  await staff.add({ name: 'li', display: '李', role: 'supervisor', password }, 'me')
  await staff.add({ name: 'wang', display: '王', role: 'unit', unit: 'heating', password }, 'me')
  await staff.add({ name: 'gone', display: '赵', role: 'seat', password }, 'me')
  await staff.setPassword('wang', 'another horse battery', 'me')
  await staff.remove('gone', 'me')
  const { secret } = await staff.signIn('li', password, { address: '10.1.0.7' })
  const held = await staff.who(secret)
  if (!held) throw new Error('li has no session')
  const begun = await staff.factors.beginTotp(held, password)
  await staff.factors.confirmTotp(held, appWith(begun.secret, clock.now)(), '手机')
  await staff.factors.removeOf('li', 'wang')

  const programs = openPrograms({ ...shared, ledger: testLedger })
  for (const name of ['gateway', 'map'])
    await programs.add({ name, owner: '王工', scopes: ['orders:read'], days: 90 }, 'me')
  await programs.revoke('map', 'me')

  const trail = openTrail({
    ...shared,
    ledger: testLedger,
    key: testKeys.mark,
    keptDays: 730,
    mostLooks: 100,
  })
  for (const number of numbers) {
    const who = { person: 'li', role: 'supervisor', address: '10.1.0.7', way: 'GET /api/orders' }
    const act = number === numbers[1] ? 'erased' : 'read'
    trail.write({ act, outcome: 'done', ...who, about: number, whose: trail.mark('13800138000') })
  }
  await trail.flush()

  const surveys = await openRoom(database, {
    clock,
    phone: async ({ order }, told) => {
      if (order === 'A3') return { how: 'no-answer' }
      await told.answer({ name: 'contacted', value: 'yes' })
      await told.answer({ name: 'solved', value: 'no' })
      await told.answer({ name: 'rating', value: 5 })
      return { how: 'talked' }
    },
  })
  for (const [index, order] of ['A1', 'A2', 'A3'].entries())
    await surveys.closes(order, { number: `+8613800138${index}00`, unit: order === 'A2' ? '热力' : '城管局' })
  await surveys.closes('A4', { mode: 'sms' })
  await surveys.passes(30 * hour)
  for (const order of ['A1', 'A2']) await surveys.ask({ order, cycle: 1, by: 'li', because: 'withdrawn' })
  await surveys.decide({ order: 'A2', cycle: 1, by: 'chief', agreed: true })

  const auditing = openAuditing({ ...shared, keys: testKeys, reported, ways: [], timeZone: 'Asia/Shanghai' })
  await auditing.seal()
  const sentOut = await auditing.seals()

  const look = async (queries: Queries) =>
    (await audit(queries, { keys: testKeys, reported, sentOut })).breaks
  return {
    database,
    orders: numbers,
    look: () => look(database),
    exportOf: (queries: Queries, keys = testKeys) => exportLedger(queries, keys, reported),
    auditing,
    /** What an audit finds once this was done. Rejects where the database itself will not have it. */
    async after(forgery: (tx: Queries) => Promise<unknown>): Promise<readonly Break[]> {
      const undo = new Error('undo')
      let found: readonly Break[] = []
      await database
        .transaction(async tx => {
          await forgery(tx)
          found = await look(tx)
          throw undo
        }, 60_000)
        .catch((error: unknown) => {
          if (error !== undo) throw error
        })
      return found
    },
    async close() {
      auditing.close()
      await surveys.leave()
      await trail.close()
      await staff.close()
      await orders.close()
      await jobs.close()
      await database.close()
    },
  }
}

export type LedgerHouse = Awaited<ReturnType<typeof openLedgerHouse>>
export type { Database }
