/** Files that show what was done: who may add and see them, what is taken, and that they go with their order. */
import { createHash } from 'node:crypto'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import { createManualClock, Fault, silentLog } from '../../src/foundation/index.ts'
import { queues } from '../../src/hall/rooms.ts'
import { createApp } from '../../src/http/app.ts'
import { type Jobs, openJobs } from '../../src/jobs/index.ts'
import { type Database, sql } from '../../src/storage/index.ts'
import { apiToken, bearer, createWeb } from '../http/house.ts'
import { zipped } from '../support/documents.ts'
import { openTables } from '../support/hotline.ts'
import { openTestOrders } from '../support/order-desk.ts'
import { pngPhoto } from '../support/photos.ts'

const seat = { role: 'seat', person: 's1' } as const
const wang = { role: 'unit', person: 'wang', unit: 'heating' } as const
const demand = { category: 'heating', matter: '暖气不热', street: '望京街道', place: '3号楼' } as const
const as = 'role=unit&person=wang&unit=heating'

const png = pngPhoto
/** The beginnings by which their types are known; what follows is anything. */
const pdf = Buffer.from('%PDF-1.7\n%…\n')
const wav = Buffer.concat([Buffer.from('RIFF\x24\0\0\0WAVEfmt \x10\0\0\0'), Buffer.alloc(64)])
/** A container of ISO 14496-12: its brand says what is in it, and not always truly. */
const ofBrand = (brand: string) =>
  Buffer.concat([
    Buffer.from(`\0\0\0\x20ftyp${brand}\0\0\x02\0isomiso2mp41\0\0\0\0`, 'latin1'),
    Buffer.alloc(200),
  ])
const typeOf = (kind: string) => `application/vnd.openxmlformats-officedocument.${kind}`
const writtenIn = (part: string, kind: string) =>
  zipped({
    '[Content_Types].xml': `<Types><Override PartName="/${part}" ContentType="${typeOf(kind)}.main+xml"/></Types>`,
    [part]: '<x/>',
  })
const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

let folder: string
let database: Database
let jobs: Jobs
let office: Awaited<ReturnType<typeof openTestOrders>>
let app: Awaited<ReturnType<typeof createApp>>
let refusal: Fault | undefined
let number: string
const clock = createManualClock()

beforeAll(async () => {
  database = await openTables()
})
afterAll(() => database.close())
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jieting-'))
  refusal = undefined
  const shared = { database, clock, log: silentLog }
  jobs = openJobs({ ...shared, queues })
  office = await openTestOrders({ ...shared, jobs, dataDir: folder })
  office.orders.follow({
    closed: async () => undefined,
    async erased() {
      if (refusal) throw refusal
    },
  })
  jobs.run(office.orders.handlers)
  app = await createApp({ apiToken, log: silentLog, clock, ...createWeb({ orders: office.orders }).web })
  number = (await office.orderDesk.make(demand, seat)).order.number
  await office.orderDesk.act(number, { do: 'sign' }, wang)
})
afterEach(async () => {
  await app.close()
  await jobs.close()
  await rm(folder, { recursive: true })
})

type Sent = readonly [name: string, bytes: Buffer]

const boundary = 'a-boundary-of-this-test'
function formOf(files: readonly Sent[]): Buffer {
  const parts = files.flatMap(([name, bytes]) => [
    Buffer.from(
      `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: image/png\r\n\r\n`,
    ),
    bytes,
    Buffer.from('\r\n'),
  ])
  return Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)])
}

const show = (files: readonly Sent[], by = as) =>
  app.inject({
    method: 'POST',
    url: `/api/orders/${number}/evidence?${by}`,
    payload: formOf(files),
    headers: { ...bearer, 'content-type': `multipart/form-data; boundary=${boundary}` },
  })
const openFile = (bytes: Buffer) =>
  app.inject({ url: `/api/orders/${number}/evidence/${hashOf(bytes)}`, headers: bearer })
const kept = () => readdir(join(folder, 'evidence', number)).catch(() => [])

it('keeps photos, documents and recordings by what they are, and gives them back as they were', async () => {
  const answer = await show([
    ['../../阀门.png', png],
    ['报告.pdf', pdf],
    ['录音', wav],
  ])
  expect(answer.statusCode).toBe(200)
  expect(answer.json().evidence).toEqual([
    { hash: hashOf(png), name: '阀门.png', type: 'image/png', bytes: png.length, cycle: 1 },
    { hash: hashOf(pdf), name: '报告.pdf', type: 'application/pdf', bytes: pdf.length, cycle: 1 },
    { hash: hashOf(wav), name: '录音', type: 'audio/wav', bytes: wav.length, cycle: 1 },
  ])
  expect((await kept()).toSorted()).toEqual([hashOf(png), hashOf(pdf), hashOf(wav)].toSorted())
  expect((await stat(join(folder, 'evidence', number))).mode & 0o777).toBe(0o700)

  const photo = await openFile(png)
  expect(photo.rawPayload.equals(png)).toBe(true)
  expect(photo.headers).toMatchObject({
    'content-type': 'image/png',
    'x-content-type-options': 'nosniff',
    'content-disposition': `inline; filename="evidence"; filename*=UTF-8''${encodeURIComponent('阀门.png')}`,
    'cache-control': 'private, no-store',
  })
  expect(photo.headers['content-security-policy']).toMatch(/^sandbox; default-src 'none'/)
  expect((await openFile(pdf)).headers['content-disposition']).toMatch(/^attachment; /)
  expect((await app.inject({ url: `/api/orders/${number}/evidence/${hashOf(png)}` })).statusCode).toBe(401)
})

it('takes what a file is from its bytes, not from its name, and all of a request or none', async () => {
  const page = Buffer.from('<!doctype html><script>alert(1)</script>')
  const answer = await show([
    ['真.png', png],
    ['假.png', page],
  ])
  expect(answer.statusCode).toBe(415)
  expect(answer.json().faults).toMatchObject([{ code: 'evidence-type', place: '假.png' }])
  expect(await kept()).toEqual([])
  expect((await show([['空.png', Buffer.alloc(0)]])).json().faults[0].code).toBe('evidence-empty')
  expect((await show([])).statusCode).toBe(400)
})

it.each([
  ['录音.m4a', ofBrand('isom'), 'video/mp4'],
  ['录音.m4a', ofBrand('M4A '), 'audio/x-m4a'],
  ['照片.heic', ofBrand('mif1'), 'image/heif'],
  ['照片.heic', ofBrand('heic'), 'image/heic'],
  ['录像.mp4', ofBrand('mp42'), 'video/mp4'],
  ['录像.mov', ofBrand('qt  '), 'video/quicktime'],
  ['录像.3gp', ofBrand('3gp4'), 'video/3gpp'],
  [
    '说明.docx',
    writtenIn('word/document.xml', 'wordprocessingml.document'),
    typeOf('wordprocessingml.document'),
  ],
  ['清单.xlsx', writtenIn('xl/workbook.xml', 'spreadsheetml.sheet'), typeOf('spreadsheetml.sheet')],
])('takes what telephones record and offices write: %s, %#', async (name, bytes, type) => {
  const answer = await show([[name, bytes]])
  expect([answer.statusCode, answer.json().evidence?.[0]?.type]).toEqual([200, type])
})

it('refuses what is too big without keeping any of it, and still hears the file to its end', async () => {
  const big = Buffer.concat([png, Buffer.alloc(20 * 1024 * 1024)])
  const answer = await show([
    ['大.png', big],
    ['小.png', png],
  ])
  expect(answer.statusCode).toBe(413)
  expect(answer.json().faults).toMatchObject([{ code: 'evidence-too-big', expected: 'at most 20 MB' }])
  expect(await kept()).toEqual([])
})

it('closes with a file where evidence is wanted, and wants a new one once it was reopened', async () => {
  const close = { do: 'close', result: 'solved', words: '已修好', evidence: [] } as const
  await expect(office.orderDesk.act(number, close, wang)).rejects.toMatchObject({ code: 'evidence-missing' })
  await show([['阀门.png', png]])
  // Once more is not twice.
  expect((await show([['again.png', png]])).json().evidence).toHaveLength(1)
  expect((await office.orderDesk.act(number, close, wang)).order.stage).toBe('closed')
  expect((await show([['late.pdf', pdf]])).json().faults[0].code).toBe('order-stage')
  expect(await kept()).toEqual([hashOf(png)])

  await database.transaction(tx =>
    office.orders.answered(tx, { order: number, cycle: 1, contacted: 'yes', solved: 'no' }),
  )
  await expect(office.orderDesk.act(number, close, wang)).rejects.toMatchObject({ code: 'evidence-missing' })
  expect((await show([['old.png', png]])).json().faults[0].code).toBe('evidence-known')
  // What a closing rested on stays, and so does its file.
  const take = { do: 'withdraw-evidence', hash: hashOf(png) } as const
  await expect(office.orderDesk.act(number, take, wang)).rejects.toMatchObject({ code: 'evidence-unknown' })
  expect((await openFile(png)).statusCode).toBe(200)
  await show([['新.pdf', pdf]])
  expect((await office.orderDesk.act(number, close, wang)).order.stage).toBe('closed')
})

it('lets the unit that leads take a wrong one back, and its bytes are gone', async () => {
  await show([['错.png', png]])
  const after = await office.orderDesk.act(number, { do: 'withdraw-evidence', hash: hashOf(png) }, wang)
  expect([after.evidence, await kept()]).toEqual([[], []])
  expect((await openFile(png)).statusCode).toBe(404)
  expect(after.events.map(({ kind }) => kind)).toEqual(['made', 'signed', 'evidenced', 'withdrawn'])
})

it('takes nothing from another unit, and shows it nothing', async () => {
  expect((await show([['x.png', png]], 'role=unit&person=z&unit=water')).statusCode).toBe(403)
  expect(await kept()).toEqual([])
  await show([['x.png', png]])
  const other = { role: 'unit', person: 'z', unit: 'water' } as const
  await expect(office.orderDesk.evidence.open(number, hashOf(png), other)).rejects.toMatchObject({
    code: 'order-of-another-unit',
  })
})

it('erases files with their order, once it is closed, its citizen was asked and two members want it', async () => {
  await show([['阀门.png', png]])
  const { erasure } = office.orders
  const boss = (person: string) => ({ role: 'supervisor', person }) as const
  const ask = (person: string) => erasure.ask(number, 'citizen', boss(person))
  const decide = (person: string, agreed = true) => erasure.decide(number, agreed, boss(person))
  await expect(ask('li')).rejects.toMatchObject({ code: 'order-stage' })
  await office.orderDesk.act(number, { do: 'close', result: 'solved', words: '好了', evidence: [] }, wang)
  refusal = new Fault({ code: 'survey-open', place: 'order', found: 'one', expected: 'none' })
  await expect(decide('li')).rejects.toMatchObject({ code: 'erasure-missing' })
  await ask('li')
  await expect(ask('zhou')).rejects.toMatchObject({ code: 'erasure-asked' })
  await expect(decide('li')).rejects.toMatchObject({ code: 'erasure-alone' })
  await expect(decide('li', false)).rejects.toMatchObject({ code: 'erasure-alone' })
  await decide('zhou', false)
  await expect(decide('zhou')).rejects.toMatchObject({ code: 'erasure-missing' })
  await ask('li')
  await expect(decide('zhou')).rejects.toMatchObject({ code: 'survey-open' })
  expect(await kept()).toHaveLength(1)
  expect(await erasure.list()).toMatchObject([{ order: number, because: 'citizen', askedBy: 'li' }])
  expect((await office.orderDesk.show(number, boss('sun'))).erasure?.askedBy).toBe('li')
  expect((await office.orderDesk.show(number, wang)).erasure).toBeUndefined()

  refusal = undefined
  await decide('zhou')
  await jobs.runDue()
  expect(await readdir(join(folder, 'evidence'))).toEqual([])
  await expect(office.orderDesk.show(number, seat)).rejects.toMatchObject({ code: 'order-unknown' })
  const left = await database.query(
    sql`select actor, asked_by as asked, because from order_erasures where number = ${number}`,
    z.object({ actor: z.unknown(), asked: z.string(), because: z.string() }),
  )
  expect(left).toEqual([{ actor: boss('zhou'), asked: 'li', because: 'citizen' }])
  expect((await erasure.list()).map(({ erased }) => erased?.by)).toEqual(['zhou'])
})
