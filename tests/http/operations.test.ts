/** Figures, readiness and the API's document at a port of their own. */
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { silentLog, systemClock } from '../../src/foundation/index.ts'
import { type FrontDesk, openFrontDesk } from '../../src/http/index.ts'
import { bearer, createWeb } from './house.ts'

const host = '127.0.0.1'
const shared = {
  host,
  port: 0,
  log: silentLog,
  clock: systemClock,
  apiToken: 'a-token-for-this-test-alone',
  pagesDir: join(import.meta.dirname, '..', '..', 'dist', 'web'),
}
const apart = ['/metrics', '/readyz', '/docs', '/docs/json']
const statuses = (url: string | undefined, paths: readonly string[], headers: Record<string, string> = {}) =>
  Promise.all(paths.map(async path => (await fetch(`${url}${path}`, { headers })).status))

describe('with a port of their own', () => {
  let desk: FrontDesk
  beforeAll(async () => {
    desk = await openFrontDesk({ ...shared, ...createWeb().web, operations: { host, port: 0 } })
  })
  afterAll(() => desk.close())

  it('are there, and at the port of pages nowhere', async () => {
    expect(await statuses(desk.operationsUrl, apart)).toEqual([200, 200, 200, 200])
    expect(await statuses(desk.url, apart)).toEqual([404, 404, 404, 404])
    expect(await statuses(desk.url, apart, bearer)).toEqual([404, 404, 404, 404])
  })

  it('nothing else is at that port, with the token or without', async () => {
    const others = ['/', '/orders', '/session', '/api/calls', '/current-incidents']
    expect(await statuses(desk.url, others, bearer)).toEqual([200, 200, 200, 200, 200])
    expect(await statuses(desk.operationsUrl, others, bearer)).toEqual([404, 404, 404, 404, 404])
    const signIn = { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }
    expect((await fetch(`${desk.operationsUrl}/session`, signIn)).status).toBe(404)
  })

  it('whether it lives is told at both, and the page of the document has its files', async () => {
    expect(await statuses(desk.url, ['/livez'])).toEqual([200])
    expect(await statuses(desk.operationsUrl, ['/livez', '/icon.svg'])).toEqual([200, 200])
    const page = await (await fetch(`${desk.operationsUrl}/docs`)).text()
    const [, file = ''] = /src="(\/assets\/[^"]+)"/.exec(page) ?? []
    expect(await statuses(desk.operationsUrl, [file])).toEqual([200])
  })

  it('a port that is taken is named by its setting', async () => {
    const port = Number(new URL(desk.operationsUrl ?? '').port)
    await expect(
      openFrontDesk({ ...shared, ...createWeb().web, operations: { host, port } }),
    ).rejects.toMatchObject({ code: 'port-taken', place: 'OPERATIONS_PORT' })
  })
})

it('without one they are at the port of pages, as before', async () => {
  const desk = await openFrontDesk({ ...shared, ...createWeb().web })
  expect(desk.operationsUrl).toBeUndefined()
  expect(await statuses(desk.url, apart)).toEqual([200, 200, 200, 200])
  await desk.close()
})
