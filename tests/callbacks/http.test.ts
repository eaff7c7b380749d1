/** Callbacks over HTTP and at the terminal, with the real room behind them. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createManualClock, silentLog, systemClock } from '../../src/foundation/index.ts'
import { createApp } from '../../src/http/app.ts'
import { type FrontDesk, openFrontDesk, readOrMakeToken } from '../../src/http/index.ts'
import { rangeOf } from '../../src/http/range.ts'
import type { Member } from '../../src/staff/index.ts'
import { type Database, openDatabase } from '../../src/storage/index.ts'
import type { CallFact } from '../../src/telephony/index.ts'
import { type } from '../cli/terminal.ts'
import { apiToken, bearer, createWeb, everybodyIs } from '../http/house.ts'
import { makeTables, openRoom } from './house.ts'

const own = { host: '12345.example', origin: 'https://12345.example' }
const wang = '+8613800138000'
const queued: CallFact = { kind: 'queued', place: 1 }
const hungUp: CallFact = { kind: 'ended', by: 'them', reason: 'hung-up' }

let database: Database
let room: Awaited<ReturnType<typeof openRoom>>
let member: Member = { name: 'zhao', display: '赵', role: 'seat' }
beforeAll(async () => {
  database = await openDatabase({ clock: systemClock, log: silentLog })
  await makeTables(database)
})
afterAll(() => database.close())
beforeEach(async () => {
  room = await openRoom(database)
  member = { name: 'zhao', display: '赵', role: 'seat' }
})
afterEach(() => room.close())

const webOf = () => createWeb({ callbacks: room.callbacks, staff: everybodyIs(() => member) }).web
const appOf = () => createApp({ apiToken, log: silentLog, clock: createManualClock(), ...webOf() })
const act = (id: string, payload: object) =>
  ({ method: 'POST', url: `/api/callbacks/${id}/acts`, headers: bearer, payload }) as const

describe('over HTTP', () => {
  it('lists, shows, takes and ends a callback, and names who has it to the second who takes it', async () => {
    await room.rings(wang, [1, queued], [30, hungUp])
    const app = await appOf()
    const { callbacks } = (await app.inject({ url: '/api/callbacks', headers: bearer })).json()
    expect(callbacks).toMatchObject([{ number: wang, state: 'open', reasons: ['gave-up'] }])
    const { id } = callbacks[0]
    const taken = await app.inject(act(id, { do: 'take', by: '赵' }))
    expect([taken.statusCode, taken.json()]).toMatchObject([200, { state: 'taken', takenBy: '赵' }])
    const second = await app.inject(act(id, { do: 'take', by: '钱' }))
    expect([second.statusCode, second.json().faults[0]]).toMatchObject([
      409,
      { code: 'callback-taken', found: 'one that 赵 has' },
    ])
    const ended = await app.inject(act(id, { do: 'end', result: 'wrong-number', by: '赵' }))
    expect(ended.json()).toMatchObject({ state: 'closed', end: 'wrong-number' })
    const shown = await app.inject({ url: `/api/callbacks/${id}`, headers: bearer })
    expect(shown.json().events.map(({ kind }: { kind: string }) => kind)).toEqual(['owed', 'taken', 'closed'])
    const counts = await app.inject({ url: '/api/callbacks/counts', headers: bearer })
    expect(counts.json()).toMatchObject({ owed: 0, made: 1, kept: 1 })
  })

  it('refuses what is no filter, no id, no result and nobody, each with what would do', async () => {
    const app = await appOf()
    for (const url of ['/api/callbacks?state=lost', '/api/callbacks?limit=0', '/api/callbacks/call_1'])
      expect((await app.inject({ url, headers: bearer })).statusCode).toBe(400)
    const unknown = await app.inject({ url: '/api/callbacks/back_0', headers: bearer })
    expect([unknown.statusCode, unknown.json().faults[0].code]).toEqual([404, 'callback-unknown'])
    expect((await app.inject(act('back_0', { do: 'end', result: 'fine' }))).statusCode).toBe(400)
    expect((await app.inject(act('back_0', { do: 'take' }))).json().faults[0].code).toBe('actor-wrong')
  })

  it('plays a message to staff, whole or in part, and to nobody else', async () => {
    const path = await room.leaves('call_5', 'demand', 'RIFF-0123456789')
    const call = await room.rings(wang, [5, { kind: 'promised', number: wang, message: path }])
    const [one] = await room.owed()
    const app = await appOf()
    const url = `/api/callbacks/${one?.id}/messages/${call}`
    const whole = await app.inject({ url, headers: bearer })
    expect([whole.statusCode, whole.headers['content-type'], whole.body]).toEqual([
      200,
      'audio/wav',
      'RIFF-0123456789',
    ])
    const part = await app.inject({ url, headers: { ...bearer, range: 'bytes=5-8' } })
    expect([part.statusCode, part.headers['content-range'], part.body]).toEqual([206, 'bytes 5-8/15', '0123'])
    const past = await app.inject({ url, headers: { ...bearer, range: 'bytes=15-' } })
    expect([past.statusCode, past.headers['content-range']]).toEqual([416, 'bytes */15'])
    member = { name: 'wei', display: '卫', role: 'unit', unit: 'heating' }
    const signedIn = await app.inject({
      method: 'POST',
      url: '/session',
      headers: own,
      payload: { name: 'wei', password: 'whatever it is' },
    })
    const cookie =
      [signedIn.headers['set-cookie']]
        .flat()
        .map(text => String(text).split(';')[0])
        .at(-1) ?? ''
    expect((await app.inject({ url, headers: { ...own, cookie } })).statusCode).toBe(403)
    expect((await app.inject({ url })).statusCode).toBe(401)
  })
})

describe('a range of bytes', () => {
  it.each([
    ['bytes=0-3', { from: 0, to: 3 }],
    ['bytes=4-', { from: 4, to: 9 }],
    ['bytes=-3', { from: 7, to: 9 }],
    ['bytes=2-99', { from: 2, to: 9 }],
    ['bytes=-99', { from: 0, to: 9 }],
    ['bytes=10-', 'none'],
    ['bytes=-0', 'none'],
    ['bytes=5-2', 'all'],
    ['bytes=0-1,4-5', 'all'],
    ['items=0-3', 'all'],
    [undefined, 'all'],
  ])('%s of ten is %o', (header, range) => {
    expect(rangeOf(header, 10)).toEqual(range)
  })
})

describe('at the terminal', () => {
  let desk: FrontDesk
  let dataDir: string
  const typed = (...args: readonly string[]) =>
    type(args, { DATA_DIR: dataDir, JIETING_URL: desk.url, HTTP_PORT: new URL(desk.url).port })
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'jieting-'))
    const { token } = await readOrMakeToken(dataDir)
    const shared = { host: '127.0.0.1', port: 0, log: silentLog, clock: systemClock }
    desk = await openFrontDesk({ ...shared, apiToken: token, ...webOf() })
  })
  afterEach(async () => {
    await desk.close()
    await rm(dataDir, { recursive: true })
  })

  it('lists whom we owe a call, takes one and says what came of it, in Chinese first', async () => {
    expect((await typed('callbacks', 'list')).out).toContain('没有待回电')
    await room.rings(wang, [1, queued], [30, hungUp])
    const listed = await typed('callbacks')
    expect(listed.out).toContain(wang)
    expect(listed.out).toContain('久等挂机')
    expect(listed.out).toContain('待回电 1')
    const [one] = await room.owed()
    const id = one?.id ?? ''
    expect((await typed('callbacks', 'take', id, '--by', '赵')).out).toContain('已领取')
    const second = await typed('callbacks', 'take', id, '--by', '钱')
    expect([second.code, second.err]).toEqual([1, expect.stringContaining('赵')])
    expect((await typed('callbacks', 'result', id, 'nobody', '--by', '赵')).out).toContain('再拨')
    expect((await typed('callbacks', 'show', id)).out).toContain('未联系上')
    expect((await typed('--lang', 'en', 'callbacks', 'list')).out).toContain('gave up')
  })
})
