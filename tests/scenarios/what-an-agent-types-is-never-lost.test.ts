import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { anyRow, type Database, sql } from '../../src/storage/index.ts'
import { type Hotline, openHotline, openTables } from '../support/hotline.ts'
import { exifWith, jpegSegment, jpegWith, pngPhoto } from '../support/photos.ts'

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

async function collected<T>(all: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const one of all) found.push(one)
  return found
}

const boss = { name: 'boss', role: 'supervisor' } as const
let entries = 0

/** An entry that answers. */
async function publishes() {
  const question = `供暖几号开始${entries++}`
  const content = {
    ...{ question, wordings: [], papers: [], steps: [], kinds: [], districts: [] },
    text: '供暖季为11月15日至次年3月15日',
    unit: 'centre',
    validUntil: new Date(hotline.clock.now() + 100 * 86_400_000).toISOString().slice(0, 10),
  }
  const { id } = await hotline.knowledge.draft(content, { name: 'author', role: 'supervisor' })
  await hotline.knowledge.submit(id, 1, { name: 'author', role: 'supervisor' })
  await hotline.knowledge.review({ entries: [{ id, version: 1, revision: 1 }], verdict: 'publish' }, boss)
  return { id, use: async () => (await hotline.knowledge.show(id, boss)).uses }
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
  expect((await hotline.drafts.callsToday('s1'))[0]).toMatchObject({
    orders: [made.order.number],
    sentAtMs: hotline.clock.now(),
  })
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

it('ends with the order that it is added to, once, and is known by its call from then on', async () => {
  const { caller, call } = await talks()
  const { order } = await hotline.orderDesk.make({ call, ...demand, anyway: true }, seat)
  const { draft } = await hotline.drafts.begin({ call, fields: { matter: '老人感冒了' } }, 's1')
  const add = { do: 'add', words: '老人感冒了', call, draft: draft.id } as const
  const added = await Promise.allSettled([1, 2].map(() => hotline.orderDesk.act(order.number, add, seat)))
  expect(added.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(added.find(one => one.status === 'rejected')).toMatchObject({ reason: { code: 'draft-over' } })
  const { events } = await hotline.orderDesk.show(order.number, seat)
  expect(events.map(({ kind }) => kind)).toEqual(['made', 'likened', 'added'])
  expect(events[2]?.data).toEqual({ words: '老人感冒了', call })
  const own = async () => (await hotline.drafts.callsToday('s1')).find(({ id }) => id === call)
  expect(await own()).toMatchObject({ draft: undefined, orders: [order.number] })

  const more = await hotline.drafts.begin({ call, fields: { matter: '孩子也感冒了' } }, 's1')
  await hotline.orderDesk.act(order.number, { ...add, words: '孩子也感冒了', draft: more.draft.id }, seat)
  expect(await own()).toMatchObject({ draft: undefined, orders: [order.number] })
  caller.hangsUp()
})

it('keeps what the citizen gave with the draft, without what it tells of them, until the order shows it', async () => {
  const { caller, call } = await talks()
  const photo = jpegWith(
    jpegSegment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), exifWith('taken at 39.99N', 1)])),
  )
  const given = async function* (...files: readonly (readonly [string, Buffer])[]) {
    for (const [name, bytes] of files)
      yield {
        name,
        bytes: (async function* () {
          yield bytes
        })(),
      }
  }
  const { draft } = await hotline.drafts.begin({ call, fields: {} }, 's1')
  const { files } = hotline.drafts
  await files.add(draft.id, given(['楼道.jpg', photo]), 's1')
  await expect(
    files.add(draft.id, given(['单元门.png', pngPhoto], ['说明.txt', Buffer.from('…')]), 's1'),
  ).rejects.toMatchObject({ faults: [{ code: 'evidence-type' }] })
  const { files: kept } = await files.add(draft.id, given(['单元门.png', pngPhoto]), 's1')
  expect(kept.map(({ name, type }) => [name, type])).toEqual([
    ['楼道.jpg', 'image/jpeg'],
    ['单元门.png', 'image/png'],
  ])
  const [first, second] = kept
  const folder = () => readdir(join(hotline.dataDir, 'evidence', draft.id))
  expect((await folder()).toSorted()).toEqual(kept.map(({ hash }) => hash).toSorted())

  // Another page finds it there.
  expect((await hotline.drafts.list('s1', call))[0]?.files).toEqual(kept)
  await hotline.drafts.files.drop(draft.id, second?.hash ?? '', 's1')
  expect(await folder()).toEqual([first?.hash])

  const { order, evidence, events } = await hotline.orderDesk.make(
    { call, draft: draft.id, ...demand, anyway: true },
    seat,
  )
  expect(evidence).toEqual([{ ...first, cycle: 1, given: true }])
  expect(events.map(({ kind }) => kind)).toEqual(['made', 'likened', 'evidenced'])
  await expect(folder()).rejects.toMatchObject({ code: 'ENOENT' })
  const shown = await hotline.orders.evidence.open(order.number, first?.hash ?? '', seat)
  const bytes = Buffer.concat(await collected(shown.bytes))
  expect(bytes.includes('taken at')).toBe(false)

  // What is given up is gone.
  const other = (await hotline.drafts.begin({ fields: { matter: '来信' } }, 's1')).draft
  await hotline.drafts.files.add(other.id, given(['信.png', pngPhoto]), 's1')
  await hotline.drafts.discard(other.id, 's1')
  await expect(readdir(join(hotline.dataDir, 'evidence', other.id))).rejects.toMatchObject({ code: 'ENOENT' })
  caller.hangsUp()
})

it('opens what was written of a call to whoever has or had its caller, and to those who oversee them', async () => {
  const { caller, call } = await talks()
  const as = (name: string, isOverseer = false) => ({ name, isOverseer })
  const allows = (name: string, isOverseer = false) =>
    hotline.drafts.allow(as(name, isOverseer), { call }).then(
      () => 'open',
      (error: { readonly code: string }) => error.code,
    )
  expect([await allows('s1'), await allows('s2')]).toEqual(['open', 'draft-of-another'])
  const { draft } = await hotline.drafts.begin({ call, fields: { matter: '停水' } }, 's1')
  expect([await allows('s2'), await allows('chief', true)]).toEqual(['draft-of-another', 'open'])
  await expect(
    hotline.orderDesk.make(
      { call, draft: draft.id, ...demand, anyway: true },
      { role: 'seat', person: 's2' },
    ),
  ).rejects.toMatchObject({ code: 'draft-of-another' })

  const desk = hotline.seat('s2')
  const moving = hotline.desk.at('s1')?.toSeat('s2')
  expect(await allows('s2')).toBe('draft-of-another')
  await desk.answers()
  await moving
  expect([await allows('s2'), await allows('s1')]).toEqual(['open', 'open'])
  caller.hangsUp()
  await hotline.happens('ended')
  expect([await allows('s2'), await allows('s1')]).toEqual(['open', 'open'])
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

it('makes an order by a kind of the catalogue, whose unit and limits are told before, and keeps what was taken instead', async () => {
  const { caller, call } = await talks()
  const kind = '01010102'
  const foreseen = await hotline.orders.foresee({ call, kind, district: '朝阳区' }, seat)
  const made = await hotline.orderDesk.make(
    {
      call,
      kind,
      district: '朝阳区',
      type: 'help',
      name: '王女士',
      matter: '高层水上不去',
      place: '3号楼',
      street: '望京街道',
      suggested: { text: '水上不去', objects: ['二次供水', '居民供水'] },
    },
    seat,
  )
  expect(made.order).toMatchObject({
    type: 'help',
    kind,
    kindName: '居民供水·水压低',
    district: '朝阳区',
    category: 'water-supply',
    unit: foreseen.unit,
    dueAtMs: foreseen.signByMs ?? foreseen.dueAtMs,
  })
  expect(made.name).toBe('王女士')
  expect(made.clocks.find(({ name }) => name === 'handling')?.dueAtMs).toBe(foreseen.dueAtMs)
  expect(await hotline.drafts.choices(1)).toMatchObject([
    { order: made.order.number, suggested: ['二次供水', '居民供水'], kind, object: '居民供水', by: 's1' },
  ])
  await expect(hotline.orders.foresee({ kind: '99999999' }, seat)).rejects.toMatchObject({
    code: 'kind-unknown',
  })
  const { matter } = demand
  await expect(hotline.orderDesk.make({ call, kind, matter }, seat)).rejects.toMatchObject({
    code: 'place-missing',
  })
  // Of a confidential order a unit reads no name.
  const unit = { role: 'unit', person: 'li', unit: made.order.unit } as const
  expect((await hotline.orderDesk.show(made.order.number, unit)).name).toBe('王女士')
  const hide = { do: 'set-confidential', confidential: true, words: '当事人要求' } as const
  await hotline.orderDesk.act(made.order.number, hide, seat)
  const seen = await hotline.orderDesk.show(made.order.number, unit)
  expect(JSON.stringify(seen)).not.toContain('王女士')
  caller.hangsUp()
})

it('closes a consultation with what was answered: no unit is told, nobody is rung about it', async () => {
  const { caller, call } = await talks()
  const { id, use } = await publishes()
  const answered = { words: '供暖季为11月15日至次年3月15日', article: `${id}@1` }
  const asked = { call, kind: '01010101', matter: '供暖几号开始' }
  const wrong = hotline.orderDesk.make({ ...asked, type: 'complaint', answered }, seat)
  await expect(wrong).rejects.toMatchObject({ code: 'answered-wrong-type' })
  const owedBefore = hotline.owed.length
  const made = await hotline.orderDesk.make({ ...asked, type: 'consultation', answered }, seat)
  expect(made.order).toMatchObject({ stage: 'closed', type: 'consultation', dueAtMs: undefined })
  expect(made.events.map(({ kind }) => kind)).toEqual(['made', 'closed'])
  expect(made.events[1]?.data).toMatchObject({ result: 'explained', ...answered })
  expect(hotline.owed).toHaveLength(owedBefore)
  expect(made.clocks.every(({ doneAtMs }) => doneAtMs !== undefined)).toBe(true)
  expect(await use()).toMatchObject({ cite: 1 })
  // What holds no more is cited in no order, and counts as no use.
  await hotline.knowledge.withdraw(id, 1, boss)
  await expect(
    hotline.orderDesk.make({ ...asked, type: 'consultation', answered, anyway: true }, seat),
  ).rejects.toMatchObject({ code: 'knowledge-not-current' })
  expect(await use()).toMatchObject({ cite: 1 })
  caller.hangsUp()
})

it('says an answer to the caller of this seat alone, stops at a key, and sends it to the number that rang', async () => {
  const { caller, call } = await talks()
  const { id, use } = await publishes()
  for (const wrong of [
    { call, seat: 's2' },
    { call: 'call_x', seat: 's1' },
  ])
    await expect(hotline.telling.readOut(id, { version: 1, ...wrong })).rejects.toMatchObject({
      code: 'knowledge-not-in-talk',
    })
  expect(await use()).toMatchObject({ 'read-out': 0 })
  await hotline.telling.readOut(id, { version: 1, call, seat: 's1' })
  await caller.hears('供暖季为11月15日')
  expect(await use()).toMatchObject({ 'read-out': 1 })
  await hotline.stored.flush()
  const [timeline] = await hotline.timelines()
  expect(JSON.stringify(timeline)).toContain('供暖季为11月15日')
  hotline.telling.hush(call, 's1')

  await hotline.telling.text(id, { version: 1, call })
  expect(await hotline.texts()).toMatchObject([
    { to: from, text: expect.stringContaining('供暖季为11月15日') },
  ])
  await expect(hotline.telling.text(id, { version: 1, number: '+33123456789' })).rejects.toMatchObject({
    code: 'reach-refused',
  })
  await expect(hotline.telling.text(id, { version: 1 })).rejects.toMatchObject({
    code: 'knowledge-no-number',
  })
  expect(await use()).toMatchObject({ sms: 1 })
  caller.hangsUp()
})
