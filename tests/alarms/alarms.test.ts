/** The webhook of whoever is on duty: real HTTP, the clock by hand. */
import { createHmac } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openAlarms } from '../../src/alarms/index.ts'
import { createManualClock, type Part, silentLog } from '../../src/foundation/index.ts'

const key = 'a key that only the two of us hold'
type Taken = {
  readonly kind: string
  readonly state: string
  readonly atMs: number
  readonly reason?: string
}
let taken: Taken[]
let asked: string[]
let answers: (kind: string, tries: number) => number | 'never'
let server: Server
let url = ''
let clock: ReturnType<typeof createManualClock>
let parts: Part[]

beforeEach(async () => {
  taken = []
  asked = []
  answers = () => 200
  parts = []
  clock = createManualClock()
  server = createServer(async (request, response) => {
    const body = await text(request)
    const [, atMs = '', mac] =
      /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(request.headers['x-jieting-signature'])) ?? []
    expect(mac).toBe(createHmac('sha256', key).update(`${atMs}.${body}`).digest('hex'))
    const alarm = JSON.parse(body) as Taken
    asked.push(alarm.kind)
    const status = answers(alarm.kind, asked.filter(kind => kind === alarm.kind).length)
    if (status === 'never') return
    if (status === 200) taken.push(alarm)
    response.writeHead(status).end('thanks')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/alarms`
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
})
const open = (health = async () => parts) =>
  openAlarms({ webhook: { url, key }, health, clock, log: silentLog })
const down = (part: string): Part => ({ part, up: false, needed: false, reason: 'nobody answers' })
/** Time of the clock; what goes over the wire meanwhile takes its own. */
const passes = async (ms: number) => {
  for (let at = 0; at < ms; at += 500) {
    await clock.advance(500)
    await new Promise(resolve => setTimeout(resolve, 5))
  }
}
/** Lets time pass until it is so, ten minutes of it at most. */
async function passesUntil(isSo: () => boolean): Promise<void> {
  for (let at = 0; at < 1_200 && !isSo(); at++) await passes(500)
  expect(isSo()).toBe(true)
}
const shown = () => taken.map(({ kind, state }) => `${kind} ${state}`)

it('is told within ten seconds, signed, and that all is well again', async () => {
  const alarms = open()
  parts = [down('queue')]
  const beganMs = clock.now()
  await passesUntil(() => shown().length > 0)
  expect(shown()).toEqual(['queue down'])
  expect((taken[0]?.atMs ?? Infinity) - beganMs).toBeLessThan(10_000)
  expect(taken[0]).toMatchObject({ reason: 'nobody answers' })
  parts = [{ part: 'queue', up: true, needed: false }]
  await passesUntil(() => shown().length > 1)
  expect(shown()).toEqual(['queue down', 'queue up'])
  alarms.close()
})

it('is tried three times, and is counted when nobody takes it', async () => {
  const alarms = open()
  answers = kind => (kind === 'queue' ? 500 : 200)
  parts = [down('queue'), down('trail')]
  const tries = () => asked.filter(kind => kind === 'queue').length
  await passesUntil(() => tries() === 3)
  await passes(20_000)
  expect(tries()).toBe(3)
  expect(shown()).toEqual(['trail down'])
  await passesUntil(() => alarms.figures.every(({ read }) => read() === 1))
  alarms.close()
})

it('is not held up by one that hangs, nor by a part that does not answer', async () => {
  answers = kind => (kind === 'queue' ? 'never' : 200)
  parts = [down('queue'), down('trail')]
  const alarms = open()
  await passesUntil(() => shown().includes('trail down'))
  alarms.close()
  const stuck = open(() => new Promise(() => undefined))
  await passesUntil(() => shown().includes('health down'))
  stuck.close()
})
