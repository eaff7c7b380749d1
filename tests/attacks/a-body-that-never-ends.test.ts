/** A body that came byte by byte was waited for over eight minutes. */
import { connect, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { silentLog, systemClock } from '../../src/foundation/index.ts'
import { type FrontDesk, openFrontDesk } from '../../src/http/index.ts'
import { apiToken, createWeb } from '../http/house.ts'

const patienceMs = 500
let desk: FrontDesk
beforeAll(async () => {
  desk = await openFrontDesk({
    ...createWeb().web,
    apiToken,
    log: silentLog,
    clock: systemClock,
    host: '127.0.0.1',
    port: 0,
    bodyPatienceMs: patienceMs,
  })
})
afterAll(() => desk.close())

/** Sends the head of a request and then its body, a piece every so many ms; what came back until it was closed. */
async function send(path: string, head: readonly string[], pieces: readonly string[], everyMs: number) {
  const { hostname, port } = new URL(desk.url)
  const socket: Socket = connect(Number(port), hostname)
  let answer = ''
  socket.on('data', bytes => {
    answer += bytes
  })
  socket.on('error', () => undefined)
  const closed = new Promise<void>(resolve => socket.on('close', () => resolve()))
  socket.write(
    [`POST ${path} HTTP/1.1`, `Host: ${hostname}`, 'Connection: close', ...head, '', ''].join('\r\n'),
  )
  const sending = (async () => {
    for (const piece of pieces) {
      await delay(everyMs)
      if (!socket.writable) return
      socket.write(piece)
    }
  })()
  await closed
  await sending
  return answer
}
const json = (bytes: number) => ['Content-Type: application/json', `Content-Length: ${bytes}`]
const drips = Array<string>(60).fill(' ')

it.each([
  ['with a length', '/session', json(1000)],
  ['in chunks', '/session', ['Content-Type: application/json', 'Transfer-Encoding: chunked']],
  ['for a program', '/api/orders', [...json(1000), `Authorization: Bearer ${apiToken}`]],
])('is told so and closed, %s', async (_, path, head) => {
  const beganMs = performance.now()
  const answer = await send(
    path,
    head,
    head.includes('Transfer-Encoding: chunked') ? drips.map(() => '1\r\n \r\n') : drips,
    50,
  )
  expect(answer).toMatch(/^HTTP\/1\.1 408 /)
  expect(answer).toContain(`within ${patienceMs / 1000} s`)
  expect(performance.now() - beganMs).toBeLessThan(60 * 50)
})

it('is waited for where it ends in time, and a pause after that costs nothing', async () => {
  const body = JSON.stringify({ name: 'nobody', password: 'wrong password' })
  const answer = await send('/session', json(body.length), [body.slice(0, 10), body.slice(10)], 100)
  expect(answer).not.toMatch(/^HTTP\/1\.1 408 /)
  await delay(patienceMs)
  expect((await fetch(`${desk.url}/health`)).status).toBeLessThan(500)
})
