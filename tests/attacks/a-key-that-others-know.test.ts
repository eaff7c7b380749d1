/** A token or key that somebody had copied was good for ever: there was no way to have another one in its place. */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { silentLog, systemClock } from '../../src/foundation/index.ts'
import { createApp } from '../../src/http/app.ts'
import { createKeys } from '../../src/http/keys/keys.ts'
import { readLedgerKeys } from '../../src/ledger/index.ts'
import { createSealing } from '../../src/staff/factors/sealing.ts'
import { readOrMakeKey } from '../../src/storage/index.ts'
import { createWeb, everybodyIs } from '../http/house.ts'
import { type BuiltHouse, openBuiltHouse } from '../support/built-house.ts'

let dataDir = ''
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'jieting-keys-'))
})
afterEach(() => rm(dataDir, { recursive: true }))

const sessionKeys = async () => {
  const { bytes, older } = await readOrMakeKey(undefined, dataDir, 'session-key', '32 bytes')
  return [bytes, ...older]
}

describe('the token of the installation', () => {
  it('is worth nothing as soon as another is in its place', async () => {
    await writeFile(join(dataDir, 'api-token'), 'the-token-that-was-copied\n', { mode: 0o600 })
    const keys = createKeys({ dataDir, apiToken: 'the-token-that-was-copied', given: {} })
    const app = await createApp({
      apiToken: keys.apiToken(),
      keys,
      log: silentLog,
      clock: systemClock,
      ...createWeb().web,
    })
    const ask = async (token: string) =>
      (await app.inject({ url: '/api/seats', headers: { authorization: `Bearer ${token}` } })).statusCode
    expect(await ask('the-token-that-was-copied')).toBe(200)
    expect(await keys.rotate('api-token', false)).toMatchObject({ takesHold: 'at-once', older: 0 })
    const now = (await readFile(join(dataDir, 'api-token'), 'utf8')).trim()
    expect([await ask('the-token-that-was-copied'), await ask(now)]).toEqual([401, 200])
    expect((await stat(join(dataDir, 'api-token'))).mode & 0o777).toBe(0o600)
    await app.close()
  })

  it('is not changed where the environment says it', async () => {
    const keys = createKeys({ dataDir, apiToken: 'x', given: { API_TOKEN: 'x' } })
    await expect(keys.rotate('api-token', false)).rejects.toMatchObject({
      code: 'key-elsewhere',
      place: 'API_TOKEN',
    })
    expect((await keys.list())[0]).toMatchObject({ name: 'api-token', from: 'environment' })
  })
})

describe('the session key', () => {
  const li = { name: 'li', display: '李', role: 'admin' } as const
  const openWith = (keys: readonly Uint8Array[]) =>
    createApp({
      apiToken: 'x',
      sessionKeys: keys,
      log: silentLog,
      clock: systemClock,
      ...createWeb({ staff: everybodyIs(() => li) }).web,
    })
  const cookieOf = (answer: { headers: Record<string, unknown> }) =>
    String([answer.headers['set-cookie']].flat()[0] ?? '').split(';')[0] ?? ''
  /** Whom that cookie is, and the cookie that comes in its place. */
  const visit = async (keys: readonly Uint8Array[], cookie: string) => {
    const app = await openWith(keys)
    const answer = await app.inject({ url: '/api/seats', headers: { cookie } })
    await app.close()
    return { status: answer.statusCode, cookie: cookieOf(answer) || cookie }
  }
  const signIn = async (keys: readonly Uint8Array[]) => {
    const app = await openWith(keys)
    const answer = await app.inject({
      method: 'POST',
      url: '/session',
      payload: { name: 'li', password: 'x' },
      headers: { origin: 'http://localhost', host: 'localhost' },
    })
    await app.close()
    return cookieOf(answer)
  }

  it('changes under people who go on: their cookies are sealed anew by the key that holds now', async () => {
    const before = await sessionKeys()
    const cookie = await signIn(before)
    await createKeys({ dataDir, apiToken: '', given: {} }).rotate('session-key', false)
    const now = await sessionKeys()
    expect([now.length, now[1]]).toEqual([2, before[0]])
    const visited = await visit(now, cookie)
    expect(visited.status).toBe(200)
    expect((await visit(now.slice(0, 1), visited.cookie)).status).toBe(200)
    expect((await visit(now.slice(0, 1), cookie)).status).toBe(401)
  })

  it('opens what the one before has sealed, and no more once that is forgotten', async () => {
    const keys = createKeys({ dataDir, apiToken: '', given: {} })
    const [first] = await sessionKeys()
    const sealed = createSealing(first!).seal(Buffer.from('a secret'), 'li')
    await keys.rotate('session-key', false)
    expect((await keys.list())[1]).toMatchObject({ name: 'session-key', from: 'file', older: 1 })
    const [second, ...older] = await sessionKeys()
    expect(String(createSealing(second!, older).open(sealed, 'li'))).toBe('a secret')
    await keys.rotate('session-key', true)
    const [third, ...none] = await sessionKeys()
    expect(none).toEqual([])
    expect(() => createSealing(third!, none).open(sealed, 'li')).toThrow(
      expect.objectContaining({ code: 'factor-sealed' }),
    )
  })

  it('may be given with those before it', async () => {
    const [one, other] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
    const given = `${one.toString('base64url')},${other.toString('base64url')}`
    expect(await readOrMakeKey(given, dataDir, 'session-key', '')).toEqual({ bytes: one, older: [other] })
  })
})

it('the key of the ledger is changed, and those before it stay: what they wrote would look forged', async () => {
  const keys = createKeys({ dataDir, apiToken: '', given: {} })
  const before = await readLedgerKeys(undefined, dataDir, () => undefined)
  expect(await keys.rotate('ledger-key', false)).toMatchObject({ older: 1, takesHold: 'next-start' })
  const now = await readLedgerKeys(undefined, dataDir, () => undefined)
  expect(now.older.map(({ mac }) => mac)).toEqual([before.mac])
  expect([now.mac, now.mark]).not.toEqual([before.mac, before.mark])
  await expect(keys.rotate('ledger-key', true)).rejects.toMatchObject({ code: 'key-lasting' })
  expect(await readLedgerKeys(undefined, dataDir, () => undefined)).toMatchObject({ mac: now.mac })
})

describe('the key of the ledger, changed in the built product', () => {
  type Audited = { readonly breaks: readonly unknown[] }
  const demand = { category: 'heating', matter: '不热', place: '3号楼', street: '望京街道' }
  const open = (env: Readonly<Record<string, string>> = {}) =>
    openBuiltHouse([], { DATA_DIR: dataDir, ...env })
  const breaksIn = async (house: BuiltHouse) =>
    (await house.root.post('/api/audit', {})).json<Audited>().breaks
  const search = (house: BuiltHouse) =>
    house.root.get(`/api/orders?caller=${encodeURIComponent('+8613800138001')}`)
  const searches = (house: BuiltHouse) => house.trail({ number: '13800138001', act: 'searched' })

  it('goes on over a restart: what was written before it holds, by the key that was, and what comes after by the new one', async () => {
    const before = await open()
    const { number } = (
      await before.orderDesk.make({ ...demand, caller: '13800138001' }, { role: 'seat', person: 's1' })
    ).order
    await search(before)
    await before.root.post('/api/audit/seals', {})
    const { code, out } = await before.jieting('keys', 'rotate', 'ledger-key')
    expect([code, out]).toEqual([0, expect.stringMatching(/start/)])
    // Until the next start the one that was holds on.
    const unit = { role: 'unit', person: 'wang', unit: 'heating' }
    await before.orderDesk.act(number, { do: 'sign' }, unit)
    expect(await breaksIn(before)).toEqual([])
    await before.close()

    const after = await open()
    const listed = (await after.root.get('/api/keys')).json<{ keys: readonly object[] }>().keys
    expect(listed).toContainEqual(expect.objectContaining({ name: 'ledger-key', older: 1 }))
    await after.orderDesk.act(number, { do: 'progress', words: '已派人', citizenKnows: false }, unit)
    await search(after)
    await after.root.post('/api/audit/seals', {})
    expect(await breaksIn(after)).toEqual([])
    expect(await searches(after)).not.toEqual([])
    const [ledger, seals] = [join(dataDir, 'ledger.jsonl'), join(dataDir, 'seals.jsonl')]
    expect((await after.jieting('audit', 'export', ledger)).code).toBe(0)
    const checked = await promisify(execFile)('node', ['examples/check-ledger.mjs', ledger, seals])
    expect(checked.stdout).toContain('nothing was changed')
    await after.close()

    // Whoever drops the key that was has what it wrote look forged.
    const [now = ''] = (await readFile(join(dataDir, 'ledger-key'), 'utf8')).trim().split(/\s+/)
    const without = await open({ LEDGER_KEY: now })
    expect(await breaksIn(without)).toContainEqual(
      expect.objectContaining({ stream: number, what: 'forged' }),
    )
    await without.close()
  }, 120_000)
})

describe('who changes a key', () => {
  let house: BuiltHouse
  beforeAll(async () => {
    house = await openBuiltHouse([
      { name: 'boss', display: '管理员', role: 'admin' },
      { name: 'zhao', display: '班长', role: 'supervisor' },
    ])
  }, 60_000)
  afterAll(() => house.close())

  it('is an administrator, and it is written down which key they changed', async () => {
    const [boss, zhao] = [await house.signsIn('boss'), await house.signsIn('zhao')]
    expect((await zhao.post('/api/keys/session-key/rotation', {})).status).toBe(403)
    expect((await boss.post('/api/keys/session-key/rotation', {})).status).toBe(200)
    const entries = await house.trail({ act: 'rights-changed' })
    expect(entries.map(({ person, about, outcome }) => [person, about, outcome])).toContainEqual([
      'boss',
      'session-key',
      'done',
    ])
  })
})
