/** Signing in over HTTP with the real staff room: cookies, roles, other origins, what a thief gets out of it. */
import { once } from 'node:events'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { createManualClock, type SocketMount, silentLog, systemClock } from '../../src/foundation/index.ts'
import { createApp } from '../../src/http/app.ts'
import { ledgerMigrations } from '../../src/ledger/index.ts'
import { createOpenId, openStaff, type Role, staffMigrations } from '../../src/staff/index.ts'
import { type Database, migrate, openDatabase, sql } from '../../src/storage/index.ts'
import { testLedger } from '../support/ledger.ts'
import { openProvider } from '../support/openid-provider.ts'
import { apiToken, bearer, createWeb } from './house.ts'

const password = 'correct horse battery'
const host = '12345.example'
const origin = `http://${host}`
const own = { host, origin }

let database: Database
let provider: Awaited<ReturnType<typeof openProvider>>
let app: Awaited<ReturnType<typeof createApp>>
let clock: ReturnType<typeof createManualClock>
let staff: ReturnType<typeof openStaff>
const opened: string[] = []

beforeAll(async () => {
  database = await openDatabase({ clock: systemClock, log: silentLog })
  await migrate(database, [...ledgerMigrations, ...staffMigrations])
  provider = await openProvider()
})
afterAll(async () => {
  await provider.close()
  await database.close()
})
beforeEach(async () => {
  // Names are never given twice: what happened goes with them.
  await database.execute(sql`delete from staff`)
  await database.execute(sql`delete from ledger_links where room = 'staff'`)
  await database.execute(sql`delete from ledger_events where room = 'staff'`)
  clock = createManualClock()
  staff = openStaff({
    ledger: testLedger,
    database,
    clock,
    log: silentLog,
    openId: createOpenId({
      issuer: provider.issuer,
      clientId: 'hotline',
      clientSecret: 'client-secret',
      roleClaim: 'groups',
      nameClaim: 'preferred_username',
      unitClaim: 'unit',
      roleOf: new Map<string, Role>([
        ['hotline-seats', 'seat'],
        ['hotline-units', 'unit'],
        ['hotline-admins', 'admin'],
      ]),
    }),
  })
  const mount: SocketMount = {
    path: '/seat/line',
    maxMessageBytes: 100,
    origins: 'same',
    roles: ['seat'],
    open: (_, { member }) => void opened.push(member?.name ?? 'nobody'),
  }
  app = await createApp({
    apiToken,
    log: silentLog,
    clock,
    mounts: { sockets: [mount], requests: [] },
    ...createWeb({ staff }).web,
  })
  for (const role of ['seat', 'supervisor', 'admin'] as const)
    await staff.add({ name: role, display: role, role, password }, 'admin')
  await staff.add({ name: 'unit', display: 'unit', role: 'unit', unit: '住建委', password }, 'admin')
})
afterEach(() => app.close())

type Answer = { readonly headers: Readonly<Record<string, unknown>> }
const cookieOf = ({ headers }: Answer) =>
  [headers['set-cookie']]
    .flat()
    .map(text => String(text).split(';')[0])
    .at(-1) ?? ''
const signIn = (name: string, secret = password, headers: Record<string, string> = own) =>
  app.inject({ method: 'POST', url: '/session', headers, payload: { name, password: secret } })
const signedIn = async (name: string) => ({ ...own, cookie: cookieOf(await signIn(name)) })

describe('signing in', () => {
  it('gives a cookie that no script reads and no other site sends, and says who one is', async () => {
    const answer = await signIn('unit')
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['set-cookie']).toMatch(/^jieting=[^;]+; .*HttpOnly; SameSite=Lax$/)
    expect(answer.json().member).toEqual({ name: 'unit', display: 'unit', role: 'unit', unit: '住建委' })
    const me = await app.inject({ url: '/session', headers: { cookie: cookieOf(answer) } })
    expect(me.json()).toMatchObject({ openId: true, member: answer.json().member })
    expect((await app.inject('/session')).json()).toEqual({ openId: true })
  })

  it('answers a wrong name and a wrong password alike, letter by letter', async () => {
    const answers = [await signIn('seat', 'wrong password'), await signIn('nobody', 'wrong password')]
    expect(answers.map(one => one.statusCode)).toEqual([401, 401])
    expect(answers[0]?.body).toBe(answers[1]?.body)
    expect(answers.map(one => one.headers['set-cookie'])).toEqual([undefined, undefined])
  })

  it('makes who guesses wait, with 429', async () => {
    for (let tries = 0; tries < 5; tries++) await signIn('seat', 'wrong password')
    const answer = await signIn('seat')
    expect([answer.statusCode, answer.json().faults[0].code]).toEqual([429, 'too-many-tries'])
  })

  it('counts as one who asks through a proxy that writes another port each time', async () => {
    const behind = await createApp({
      apiToken,
      log: silentLog,
      clock,
      trustedProxies: ['127.0.0.1'],
      ...createWeb({ staff }).web,
    })
    const statuses: number[] = []
    for (let port = 40_000; port < 40_036; port++) {
      const headers = { ...own, 'x-forwarded-for': `198.51.100.7:${port}` }
      const payload = { name: `guess${port}`, password: 'wrong password' }
      statuses.push((await behind.inject({ method: 'POST', url: '/session', headers, payload })).statusCode)
    }
    await behind.close()
    expect(statuses.at(-1)).toBe(429)
  })

  it('lets no other site sign a browser in', async () => {
    const answer = await signIn('seat', password, { host, origin: 'https://evil.example' })
    expect([answer.statusCode, answer.json().faults[0].code]).toEqual([403, 'origin-refused'])
  })

  it('takes nothing of an earlier session over, and ends it', async () => {
    const before = await signedIn('admin')
    const after = cookieOf(
      await app.inject({
        method: 'POST',
        url: '/session',
        headers: before,
        payload: { name: 'seat', password },
      }),
    )
    const me = async (cookie: string) =>
      (await app.inject({ url: '/session', headers: { cookie } })).json().member?.name
    expect([await me(after), await me(before.cookie)]).toEqual(['seat', undefined])
  })

  it('says that it is secure where people come over https', async () => {
    const secure = await createApp({
      apiToken,
      log: silentLog,
      clock,
      publicUrl: 'https://12345.example',
      ...createWeb({ staff }).web,
    })
    // The proxy in front speaks plain http to us, under another host.
    const headers = { host: '10.0.0.7:8080', origin: 'https://12345.example' }
    const answer = await secure.inject({
      method: 'POST',
      url: '/session',
      headers,
      payload: { name: 'seat', password },
    })
    expect(answer.headers['set-cookie']).toMatch(/^__Host-jieting=[^;]+; .*Path=\/.*Secure/)
    await secure.close()
  })
})

describe('a role', () => {
  it.each([
    ['admin', 200, 200, 404],
    ['supervisor', 200, 403, 404],
    ['seat', 403, 403, 403],
    ['unit', 403, 403, 403],
  ])('of %s opens what it is for', async (name, calls, members, ready) => {
    const headers = await signedIn(name)
    const got = async (url: string, method: 'GET' | 'POST' = 'GET') =>
      (await app.inject({ url, method, headers })).statusCode
    expect([await got('/api/calls'), await got('/api/staff')]).toEqual([calls, members])
    expect(await got('/api/seats/s9/ready', 'POST')).toBe(ready)
  })

  it('lets nobody but admin do what no role is named for: to dial, above all', async () => {
    const payload = { number: '+8613800138000', flow: 'hotline' }
    const dial = async (name: string) =>
      (await app.inject({ url: '/api/dial', method: 'POST', headers: await signedIn(name), payload }))
        .statusCode
    expect(await dial('supervisor')).toBe(403)
    expect(await dial('seat')).toBe(403)
    expect(await dial('admin')).toBe(200)
  })
})

describe('a page that someone else serves', () => {
  it.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['a subdomain that is not ours', { origin: `http://evil.${host}` }],
    ['an opaque origin', { origin: 'null' }],
    ['no origin at all', {}],
  ])('changes nothing with a visitor’s cookie, with %s', async (_, from) => {
    const { cookie } = await signedIn('admin')
    const headers = { host, cookie, ...from }
    const answer = await app.inject({ method: 'DELETE', url: '/api/staff/seat', headers })
    expect([answer.statusCode, answer.json().faults[0].code]).toEqual([403, 'origin-refused'])
    expect((await staff.list()).map(({ name }) => name)).toContain('seat')
  })

  it('is no hindrance to a program, which has a token and no cookie', async () => {
    const answer = await app.inject({ method: 'POST', url: '/api/seats/s1/ready', headers: bearer })
    expect(answer.statusCode).toBe(200)
  })
})

describe('a stolen cookie', () => {
  const asks = async (cookie: string) =>
    (await app.inject({ url: '/api/calls', headers: { cookie } })).statusCode

  it('opens nothing once its owner has signed out', async () => {
    const headers = await signedIn('admin')
    expect(await asks(headers.cookie)).toBe(200)
    expect((await app.inject({ method: 'DELETE', url: '/session', headers })).statusCode).toBe(204)
    expect(await asks(headers.cookie)).toBe(401)
  })

  it('opens nothing after twelve hours, or once its owner is removed', async () => {
    const { cookie } = await signedIn('supervisor')
    await staff.remove('supervisor', 'admin')
    expect(await asks(cookie)).toBe(401)
    const other = await signedIn('admin')
    await clock.advance(12 * 60 * 60_000)
    expect(await asks(other.cookie)).toBe(401)
  })

  it('cannot be made or mended: each byte of it counts', async () => {
    const { cookie } = await signedIn('admin')
    for (const at of [10, 30, cookie.length - 5]) {
      const changed = cookie[at] === 'A' ? 'B' : 'A'
      expect(await asks(cookie.slice(0, at) + changed + cookie.slice(at + 1))).toBe(401)
    }
    expect(await asks('jieting=admin')).toBe(401)
    expect(await asks('jieting=')).toBe(401)
  })

  it('is no second chance for a wrong token', async () => {
    const headers = { ...(await signedIn('admin')), authorization: 'Bearer something-else' }
    expect((await app.inject({ url: '/api/calls', headers })).statusCode).toBe(401)
  })
})

describe('a socket for staff', () => {
  let url: string
  beforeEach(async () => {
    url = (await app.listen({ host: '127.0.0.1', port: 0 })).replace('http', 'ws')
    opened.length = 0
  })
  const connect = (cookie: string | undefined, from: string | undefined) =>
    new WebSocket(`${url}/seat/line`, {
      origin: from,
      headers: cookie === undefined ? {} : { cookie },
    })
  const refusal = async (socket: WebSocket) => String((await once(socket, 'error'))[0]).match(/\d{3}/)?.[0]
  const sameOrigin = () => url.replace('ws', 'http')

  it('opens for its role from our own page, and tells the room who it is', async () => {
    const { cookie } = await signedIn('seat')
    const socket = connect(cookie, sameOrigin())
    await once(socket, 'open')
    await expect.poll(() => opened).toEqual(['seat'])
    socket.close()
    await once(socket, 'close')
  })

  it('opens for nobody from another’s page, though the browser sends the cookie along', async () => {
    const { cookie } = await signedIn('seat')
    expect(await refusal(connect(cookie, 'https://evil.example'))).toBe('403')
    expect(await refusal(connect(cookie, undefined))).toBe('403')
    expect(await refusal(connect(undefined, sameOrigin()))).toBe('401')
    expect(await refusal(connect((await signedIn('unit')).cookie, sameOrigin()))).toBe('403')
    expect(opened).toEqual([])
  })

  it('closes when its session ends', async () => {
    const headers = await signedIn('seat')
    const socket = connect(headers.cookie, sameOrigin())
    await once(socket, 'open')
    const closed = once(socket, 'close')
    await app.inject({ method: 'DELETE', url: '/session', headers })
    const [code, reason] = await closed
    expect([code, String(reason)]).toEqual([1008, 'signed-out'])
  })
})

describe('the city’s own sign-in', () => {
  /** A browser that goes to the provider and comes back. */
  async function goRound(to = '/seat') {
    const left = await app.inject({ url: `/session/openid?to=${encodeURIComponent(to)}`, headers: { host } })
    const away = await fetch(String(left.headers.location), { redirect: 'manual' })
    const back = new URL(away.headers.get('location') ?? '')
    return { cookie: cookieOf(left), back: `${back.pathname}${back.search}` }
  }
  const comeBack = ({ cookie, back }: { cookie: string; back: string }) =>
    app.inject({ url: back, headers: { host, cookie } })
  const wang = { sub: 'u-7', preferred_username: 'wang', name: '王芳', groups: ['staff', 'hotline-seats'] }

  it('makes who comes from the provider a member, by the role that their claim stands for', async () => {
    provider.isUsedBy(wang)
    const answer = await comeBack(await goRound('/seat?lang=en'))
    expect([answer.statusCode, answer.headers.location]).toEqual([302, '/seat?lang=en'])
    const me = await app.inject({ url: '/session', headers: { cookie: cookieOf(answer) } })
    expect(me.json().member).toEqual({ name: 'wang', display: '王芳', role: 'seat' })
    provider.isUsedBy({ ...wang, groups: ['hotline-units'], unit: '水务局' })
    await comeBack(await goRound())
    expect(await staff.list()).toContainEqual({ name: 'wang', display: '王芳', role: 'unit', unit: '水务局' })
  })

  it.each([
    ['has no role here', { ...wang, groups: ['staff'] }, 403, 'openid-no-role'],
    ['has a name that fits no member', { ...wang, preferred_username: 'wang@city.gov' }, 403, 'openid-name'],
    ['has the name of somebody else', { ...wang, preferred_username: 'admin' }, 409, 'member-exists'],
    ['works for no unit', { ...wang, groups: 'hotline-units' }, 422, 'unit-missing'],
  ])('refuses who %s', async (_, claims, status, code) => {
    provider.isUsedBy(claims)
    const answer = await comeBack(await goRound())
    expect([answer.statusCode, answer.json().faults[0].code]).toEqual([status, code])
  })

  it('refuses a forged token, an old nonce, another’s way back, and the same way twice', async () => {
    provider.isUsedBy(wang)
    const codeOf = async (way: { cookie: string; back: string }) =>
      (await comeBack(way)).json().faults?.[0].code
    provider.forges(true)
    expect(await codeOf(await goRound())).toBe('openid-refused')
    provider.forges(false)
    provider.repeatsNonces(true)
    expect(await codeOf(await goRound())).toBe('openid-refused')
    provider.repeatsNonces(false)
    const [mine, theirs] = [await goRound(), await goRound()]
    expect(await codeOf({ cookie: mine.cookie, back: theirs.back })).toBe('openid-refused')
    expect(await codeOf({ cookie: '', back: mine.back })).toBe('openid-refused')
    expect((await comeBack(mine)).statusCode).toBe(302)
    expect(await codeOf(mine)).toBe('openid-refused')
  })

  it.each(['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)'])(
    'sends nobody on to %s',
    async to => {
      provider.isUsedBy(wang)
      expect((await comeBack(await goRound(to))).headers.location).toBe('/')
    },
  )

  it('says so when there is no provider', async () => {
    const lonely = createOpenId({
      issuer: 'http://127.0.0.1:9',
      clientId: 'a',
      clientSecret: 'b',
      roleOf: new Map(),
      roleClaim: 'r',
      nameClaim: 'n',
      unitClaim: 'u',
    })
    await expect(lonely.leave('http://x/back')).rejects.toMatchObject({ code: 'openid-away' })
  })
})
