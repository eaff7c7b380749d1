/** A seat that had signed out went on reading and typing in the call, by the socket of captions. */
import { once } from 'node:events'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { type SocketMount, silentLog, systemClock } from '../../src/foundation/index.ts'
import type { CaptionPass } from '../../src/http/contract.ts'
import { openStaff } from '../../src/staff/index.ts'
import { type BuiltHouse, openBuiltHouse } from '../support/built-house.ts'
import { type GuardedHouse, openGuardedHouse } from '../support/guarded-house.ts'
import { hire } from '../support/hire.ts'
import { testLedger } from '../support/ledger.ts'
import { openCaller, type RawCaller } from '../support/raw-caller.ts'
import { type Browser, usualPassword } from '../support/visitors.ts'

let house: BuiltHouse
let caller: RawCaller
let boss: Browser
let turn = 0
let name = ''
let seat: Browser
/** A member with the rights to open captions of any call, who opens them. */
let paths: readonly string[] = []
beforeAll(async () => {
  house = await openBuiltHouse([{ name: 'boss', display: '班长', role: 'admin' }])
  boss = await house.signsIn('boss')
  caller = await openCaller(house, '13800138000', '127.0.6.1')
}, 60_000)
beforeEach(async () => {
  name = `seat-${turn++}`
  await hire(house.url, boss, { name, role: 'admin', password: usualPassword })
  seat = await house.signsIn(name)
  const up = (await house.newestCall())?.call.id
  const pass = (await seat.post(`/api/calls/${up}/captions`, {})).json<CaptionPass>()
  paths = [pass.live, `${new URL(pass.link).pathname}/live`, '/orders/live', '/floor/live', '/phone/line']
}, 30_000)
afterAll(async () => {
  caller.hangsUp()
  caller.close()
  await house.close()
})

const connect = (path: string, cookie: string, url = house.url) =>
  new WebSocket(`${url.replace('http', 'ws')}${path}`, {
    headers: { origin: url, ...(cookie === '' ? undefined : { cookie }) },
  })
/** The code with which each closed. */
async function closing(sockets: readonly WebSocket[], end: () => Promise<unknown>) {
  const over = Promise.all(sockets.map(async socket => Number((await once(socket, 'close'))[0])))
  await end()
  return over
}

describe('every socket of a session', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['is signed out', () => seat.delete('/session')],
    ['is removed', () => boss.delete(`/api/staff/${name}`)],
    [
      'has another password',
      () => boss.post(`/api/staff/${name}/password`, { password: 'another long password' }),
    ],
  ])('closes when its member %s', async (_, end) => {
    const sockets = paths.map(path => connect(path, seat.cookie))
    await Promise.all(sockets.map(socket => once(socket, 'open')))
    expect(await closing(sockets, end)).toEqual([1008, 1008, 1008, 1008, 1008])
  })

  it('stays open in another browser, whose session goes on', async () => {
    const elsewhere = await house.signsIn(name)
    const here = connect('/phone/line', seat.cookie)
    const there = connect('/phone/line', elsewhere.cookie)
    await Promise.all([once(here, 'open'), once(there, 'open')])
    await closing([here], () => seat.delete('/session'))
    expect(there.readyState).toBe(there.OPEN)
    await closing([there], async () => there.close())
  })
})

describe('what a signed-out seat still has', () => {
  it.each([
    ['without a cookie', () => ''],
    ['with the cookie of the session that is over', () => seat.cookie],
  ])('its pass to the captions opens nothing, %s', async (_, cookie) => {
    const [path = ''] = paths
    await seat.delete('/session')
    const socket = connect(path, cookie())
    const [message] = await once(socket, 'message')
    expect(JSON.parse(String(message))).toEqual({ kind: 'refused', why: 'wrong' })
    await once(socket, 'close')
  })

  it('nor does another member’s, who is signed in', async () => {
    const [path = ''] = paths
    const socket = connect(path, boss.cookie)
    const [message] = await once(socket, 'message')
    expect(JSON.parse(String(message))).toEqual({ kind: 'refused', why: 'wrong' })
    await once(socket, 'close')
  })
})

/** In process: what a page says is heard by a room of the test's own, and two nodes share one database. */
describe('what a session leaves behind', () => {
  const heard: string[] = []
  let inside: GuardedHouse
  let own: Browser
  beforeAll(async () => {
    const mount: SocketMount = {
      path: '/phone/line',
      maxMessageBytes: 100,
      origins: 'same',
      open: socket => socket.onMessage(message => void heard.push(String(message))),
    }
    inside = await openGuardedHouse([{ name: 'ours', display: '坐席', role: 'seat' }], [mount])
  }, 60_000)
  afterAll(() => inside.close())
  beforeEach(async () => {
    own = await inside.signsIn('ours')
  })

  it('is heard no more from a page that does not answer our close', async () => {
    const socket = connect('/phone/line', own.cookie, inside.url)
    await once(socket, 'open')
    socket.pause()
    await own.delete('/session')
    socket.send('still here')
    socket.resume()
    await once(socket, 'close')
    expect(heard).not.toContain('still here')
  })

  it('closes when its member is signed out at another node', async () => {
    const sockets = ['/phone/line', '/orders/live'].map(path => connect(path, own.cookie, inside.url))
    await Promise.all(sockets.map(socket => once(socket, 'open')))
    const end = async () => {
      const shared = { clock: systemClock, log: silentLog }
      const other = openStaff({ ledger: testLedger, database: inside.database, ...shared })
      await other.setPassword('ours', 'another long password', 'admin')
      await other.close()
    }
    expect(await closing(sockets, end)).toEqual([1008, 1008])
  })
})
