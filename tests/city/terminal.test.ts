/** `jieting orders` and `jieting calls` on machines anywhere: the city's time, and whose it is where they differ. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { silentLog, systemClock } from '../../src/foundation/index.ts'
import { type FrontDesk, openFrontDesk } from '../../src/http/index.ts'
import { readOrderNumber } from '../../src/orders/index.ts'
import type { OrderQuery } from '../../src/orders/listing/api.ts'
import { shell } from '../cli/shell.ts'
import { apiToken, createWeb, noOrders } from '../http/house.ts'

const dueAtMs = Date.parse('2026-01-05T17:30Z')
let desk: FrontDesk
const asked: OrderQuery[] = []

beforeAll(async () => {
  const line = {
    number: readOrderNumber('2601050000012'),
    stage: 'waiting',
    cycle: 1,
    unit: 'heating',
    category: 'heating',
    type: undefined,
    kind: undefined,
    district: undefined,
    urgency: 'livelihood',
    elder: false,
    confidential: false,
    street: '望京街道',
    matter: '暖气不热',
    place: '幸福小区',
    rangAt: new Date(dueAtMs - 86_400_000),
    changedAt: new Date(dueAtMs - 86_400_000),
    yellowAt: null,
    reviewAt: null,
    ruleKind: undefined,
    ruleVerdict: undefined,
    personAsked: false,
    taskAt: null,
    assignee: undefined,
    mergedInto: undefined,
    likeOpen: 0,
    statesTold: 0,
    callers: 1,
    redAt: new Date(dueAtMs),
  } as const
  const list = async (query: OrderQuery) => {
    asked.push(query)
    return { lines: [line] }
  }
  desk = await openFrontDesk({
    host: '127.0.0.1',
    port: 0,
    apiToken,
    log: silentLog,
    clock: systemClock,
    ...createWeb({ orders: { ...noOrders, list } }).web,
  })
})
afterAll(() => desk.close())

it('calls kinds and units by their names, and finds a unit by it', async () => {
  const { out } = await typed('UTC', '--lang', 'en', 'orders', '--unit', '供热单位')
  expect(out).toMatch(/ No or poor heating +供热单位 /)
  expect(asked.map(({ unit }) => unit)).toContain('heating')
})

const typed = (TZ: string, ...args: readonly string[]) =>
  shell(args, { TZ, HTTP_PORT: new URL(desk.url).port, API_TOKEN: apiToken })

it.each([
  ['UTC', ['以上为北京市时间（Asia/Shanghai, UTC+08:00）']],
  ['Asia/Shanghai', []],
])('shows when an order is due on a machine in %s', async (zone, note) => {
  const { out, err } = await typed(zone, 'orders')
  expect(err).toBe('')
  expect(out).toMatch(/260105 000001 2 .* 暖气不热、停暖 +供热单位 +2026-01-06 01:30 /)
  expect(out.trimEnd().split('\n').slice(2).filter(Boolean)).toEqual(note)
})

it('shows when a call came in, in English as well', async () => {
  const { out } = await typed('America/New_York', '--lang', 'en', 'calls')
  expect(out).toMatch(/2026-01-05 10:00:00/)
  expect(out).toMatch(/Times are those of Beijing \(Asia\/Shanghai, UTC\+08:00\)$/m)
})
