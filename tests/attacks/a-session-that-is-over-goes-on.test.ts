/** A seat that had signed out went on reading and typing in the call, by the socket of captions. */
import { once } from 'node:events'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { createCaptions, openLive } from '../../src/captions/index.ts'
import { createMailbox, type SocketMount, silentLog, systemClock } from '../../src/foundation/index.ts'
import { openStaff } from '../../src/staff/index.ts'
import { type Call, openLoopbackLine } from '../../src/telephony/index.ts'
import { type GuardedHouse, openGuardedHouse } from '../support/guarded-house.ts'
import { testLedger } from '../support/ledger.ts'

const shared = { clock: systemClock, log: silentLog }
const captions = createCaptions(shared)
const live = openLive({ ...shared, captions })
const calls = createMailbox<Call>()
const line = openLoopbackLine({
  ...shared,
  journal: { write: () => undefined },
  onCall: async call => {
    captions.begin(call)
    calls.put(call)
  },
  onFailure: () => undefined,
})
const heard: string[] = []
const mountAt = (path: string, roles?: readonly string[]): SocketMount => ({
  path,
  maxMessageBytes: 100,
  origins: 'same',
  roles,
  open: socket => socket.onMessage(message => void heard.push(String(message))),
})

let house: GuardedHouse
let call: Call['id']
let turn = 0
let name = ''
let seat: Awaited<ReturnType<GuardedHouse['signsIn']>>
beforeAll(async () => {
  house = await openGuardedHouse(
    [{ name: 'boss', display: '班长', role: 'admin' }],
    [live.mount, mountAt('/floor/live', ['seat']), mountAt('/phone/line')],
  )
  line.ring({ from: '13800138000', to: '12345' })
  const rung = await calls.take()
  if (!rung) throw new Error('no call')
  call = rung.id
})
beforeEach(async () => {
  name = `seat-${turn++}`
  await house.staff.add({ name, display: name, role: 'seat', password: 'correct horse battery' }, 'admin')
  seat = await house.signsIn(name)
})
afterAll(async () => {
  await house.close()
  live.close()
  await line.close()
})

const connect = (path: string, cookie: string) =>
  new WebSocket(`${house.url.replace('http', 'ws')}${path}`, {
    headers: { origin: house.url, ...(cookie === '' ? undefined : { cookie }) },
  })
const paths = () => [
  `/c/${captions.passes.forSeat(call, name)}/live`,
  `/c/${captions.passes.ofCall(call).link}/live`,
  '/orders/live',
  '/floor/live',
  '/phone/line',
]
/** The code with which each closed. */
async function closing(sockets: readonly WebSocket[], end: () => Promise<unknown>) {
  const over = Promise.all(sockets.map(async socket => Number((await once(socket, 'close'))[0])))
  await end()
  return over
}

describe('every socket of a session', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['is signed out', () => seat.delete('/session')],
    ['is removed', () => house.staff.remove(name, 'admin')],
    ['has another password', () => house.staff.setPassword(name, 'another long password', 'admin')],
    [
      'is signed out at another node',
      async () => {
        const other = openStaff({ ledger: testLedger, database: house.database, ...shared })
        await other.setPassword(name, 'another long password', 'admin')
        await other.close()
      },
    ],
  ])('closes when its member %s', async (_, end) => {
    const sockets = paths().map(path => connect(path, seat.cookie))
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
    const [path = ''] = paths()
    await seat.delete('/session')
    const socket = connect(path, cookie())
    const [message] = await once(socket, 'message')
    expect(JSON.parse(String(message))).toEqual({ kind: 'refused', why: 'wrong' })
    await once(socket, 'close')
  })

  it('nor does another member’s, who is signed in', async () => {
    const [path = ''] = paths()
    const other = await house.signsIn('boss')
    const socket = connect(path, other.cookie)
    const [message] = await once(socket, 'message')
    expect(JSON.parse(String(message))).toEqual({ kind: 'refused', why: 'wrong' })
    await once(socket, 'close')
  })

  it('nobody hears a page any more that does not answer our close', async () => {
    const socket = connect('/phone/line', seat.cookie)
    await once(socket, 'open')
    socket.pause()
    await seat.delete('/session')
    socket.send('still here')
    socket.resume()
    await once(socket, 'close')
    expect(heard).not.toContain('still here')
  })
})
