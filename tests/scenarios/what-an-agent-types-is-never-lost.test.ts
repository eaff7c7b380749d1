import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { anyRow, type Database, sql } from '../../src/storage/index.ts'
import { type Hotline, openHotline, openTables } from '../support/hotline.ts'

let database: Database
let hotline: Hotline
let from: string
let callers = 0
beforeAll(async () => {
  database = await openTables()
})
afterAll(() => database.close())
beforeEach(async () => {
  hotline = await openHotline(database)
  from = `1380013810${callers++}`
})
afterEach(() => hotline.close())

const seat = { role: 'seat', person: 's1' } as const
const demand = { category: 'heating', matter: '暖气不热', place: '3号楼', street: '望京街道' } as const

/** Rings, and talks to the seat. */
async function talks(name = 's1') {
  const desk = hotline.seat(name)
  const caller = hotline.rings({ from })
  await caller.hears('12345热线')
  await hotline.clock.advance(5_000)
  caller.presses('0')
  await desk.answers()
  await hotline.happens('connected')
  await hotline.stored.flush()
  const [call = ''] = await hotline.callsUp()
  return { caller, call }
}

it('keeps what was typed when the caller hangs up and the house is started anew, and leads back to it', async () => {
  const { caller, call } = await talks()
  const { draft } = await hotline.drafts.begin({ call, fields: { matter: '暖' } }, 's1')
  await hotline.drafts.change(draft.id, { seq: draft.seq, fields: { matter: '暖气不热' } }, 's1')
  caller.hangsUp()
  await hotline.happens('ended')
  await hotline.leave()
  hotline = await openHotline(database)
  expect(await hotline.drafts.list('s1', call)).toMatchObject([
    { id: draft.id, fields: { matter: '暖气不热' } },
  ])
  const [own] = await hotline.drafts.callsToday('s1')
  expect(own).toMatchObject({ id: call, number: from, direction: 'in', draft: draft.id, orders: [] })
  expect(await hotline.drafts.callsToday('s2')).toEqual([])

  const made = await hotline.orderDesk.make({ call, draft: draft.id, ...demand }, seat)
  expect(await hotline.drafts.list('s1', call)).toEqual([])
  expect((await hotline.drafts.callsToday('s1'))[0]).toMatchObject({ orders: [made.order.number] })
  const kept = await database.query(sql`select written from drafts where id = ${draft.id}`, anyRow)
  expect(kept).toEqual([{ written: {} }])
})

it('lets whoever the caller is handed to go on in the same draft, and makes one order of it', async () => {
  const { caller, call } = await talks()
  const { draft } = await hotline.drafts.begin({ call, fields: { matter: '停水' } }, 's1')
  const other = await hotline.drafts.begin({ call, fields: { matter: '停电', place: '3号楼' } }, 's2')
  expect(other.draft).toMatchObject({ id: draft.id, fields: { matter: '停水', place: '3号楼' } })
  expect(other.refused).toEqual(['matter'])
  const sent = await Promise.allSettled(
    ['s1', 's2'].map(person =>
      hotline.orderDesk.make({ call, draft: draft.id, ...demand, anyway: true }, { role: 'seat', person }),
    ),
  )
  expect(sent.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(sent.find(one => one.status === 'rejected')).toMatchObject({ reason: { code: 'draft-over' } })
  const { lines } = await hotline.orders.list({ call, limit: 20 }, seat)
  expect(lines).toHaveLength(1)
  await expect(
    hotline.drafts.change(draft.id, { seq: 9, fields: { matter: '…' } }, 's1'),
  ).rejects.toMatchObject({ code: 'draft-over' })
  caller.hangsUp()
})

it('keeps what somebody came with who did not ring for its agent alone', async () => {
  const { draft } = await hotline.drafts.begin({ fields: { matter: '来信：路灯不亮' } }, 's1')
  await expect(hotline.drafts.show(draft.id, 's2')).rejects.toMatchObject({ code: 'draft-of-another' })
  await hotline.drafts.discard(draft.id, 's1')
  await expect(hotline.drafts.show(draft.id, 's1')).rejects.toMatchObject({ code: 'draft-over' })

  await expect(hotline.drafts.show('draft_x', 's1')).rejects.toMatchObject({ code: 'draft-unknown' })
})

it('forgets with the caller what was written of them, and lets go of what nobody came back to', async () => {
  const { caller, call } = await talks()
  await hotline.drafts.begin({ call, fields: { matter: '停水' } }, 's1')
  await hotline.drafts.begin({ fields: { number: '139 0013 9007' } }, 's3')
  caller.hangsUp()
  const [forgets] = hotline.drafts.forgetters
  if (!forgets) throw new Error('nobody forgets drafts')
  const nobody = { forms: [], digits: '', calls: [], orders: [] }
  const ofCall = { ...nobody, calls: [call] }
  const ofNumber = { ...nobody, digits: '13900139007' }
  expect([
    await forgets.export(ofCall),
    await forgets.export(ofNumber),
    await forgets.export(nobody),
  ]).toMatchObject([[{ call_id: call }], [{ call_id: null }], []])
  expect(await forgets.forget(ofNumber, { orders: [] })).toEqual({ count: 1 })
  const held = { forms: [], calls: [call], orders: [] }
  const sweep = (by: typeof held) =>
    forgets.sweeps?.[0]?.sweep({ beforeMs: hotline.clock.now() + 1, limit: 1_000, held: by })
  await sweep(held)
  expect(await hotline.drafts.list('s1', call)).toHaveLength(1)
  await sweep({ ...held, calls: [] })
  expect(await hotline.drafts.list('s1', call)).toEqual([])
})
