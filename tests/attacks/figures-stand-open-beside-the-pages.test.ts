/** Low, in one: figures, readiness and the API's document stood open beside citizens' pages, and the token was printed. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkSettings } from '../../src/settings/index.ts'
import { freePort } from '../support/baresip.ts'
import { type RunningHotline, runHotline } from '../support/running-hotline.ts'

let hotline: RunningHotline
let dataDir: string
let operations: string
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'jieting-'))
  const port = await freePort()
  operations = `http://127.0.0.1:${port}`
  hotline = await runHotline({ DATA_DIR: dataDir, OPERATIONS_PORT: String(port), API_TOKEN: '' })
}, 60_000)
afterAll(async () => {
  await hotline?.close()
  await rm(dataDir, { recursive: true })
}, 60_000)

const statusOf = async (url: string, init?: RequestInit) => (await fetch(url, init)).status

describe('whoever has reached the pages', () => {
  it.each(['/metrics', '/readyz', '/docs', '/docs/json', '/metrics/', '//metrics', '/%6detrics', '/METRICS'])(
    'finds no %s there, with the token or without',
    async path => {
      const token = (await readFile(join(dataDir, 'api-token'), 'utf8')).trim()
      expect(await statusOf(`${hotline.url}${path}`)).not.toBe(200)
      expect(
        await statusOf(`${hotline.url}${path}`, { headers: { authorization: `Bearer ${token}` } }),
      ).not.toBe(200)
      const forwarded = { 'x-forwarded-host': new URL(operations).host, host: new URL(operations).host }
      expect(await statusOf(`${hotline.url}${path}`, { headers: forwarded })).not.toBe(200)
    },
  )

  it('is told at the port of operators, where no page and no API is', async () => {
    expect(await statusOf(`${operations}/metrics`)).toBe(200)
    const token = (await readFile(join(dataDir, 'api-token'), 'utf8')).trim()
    const headers = { authorization: `Bearer ${token}` }
    for (const path of ['/api/calls', '/', '/session', '/api/orders'])
      expect(await statusOf(`${operations}${path}`, { headers })).toBe(404)
  })
})

it('whoever reads what a start prints finds no token in it', async () => {
  const token = (await readFile(join(dataDir, 'api-token'), 'utf8')).trim()
  expect(token.length).toBeGreaterThan(24)
  expect(hotline.printed()).not.toContain(token)
})

it.each([
  ['TEXT_WEBHOOK', 'http://10.0.0.7/sms'],
  ['TEXT_WEBHOOK', 'http://gateway.example/sms'],
  ['TEXT_WEBHOOK', 'http://127.0.0.1.evil.example/sms'],
  ['OIDC_ISSUER', 'http://id.example'],
  ['TWILIO_API_URL', 'http://api.twilio.example'],
  ['ALARM_WEBHOOK', 'http://alarms.example'],
])('a start sends nothing in the clear to %s at %s', (name, value) => {
  expect(checkSettings({ [name]: value }).faults).toContainEqual(expect.objectContaining({ place: name }))
  expect(
    checkSettings({ [name]: value.replace('http:', 'https:') }).faults.filter(({ found }) =>
      found?.includes('http'),
    ),
  ).toEqual([])
})
