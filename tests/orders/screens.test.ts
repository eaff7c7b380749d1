/** Who is told that orders changed, and how often. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { createManualClock, type ManualClock, silentLog, systemClock } from '../../src/foundation/index.ts'
import { openOrderScreens } from '../../src/orders/index.ts'
import { tellChange } from '../../src/orders/screens.ts'
import { type Database, openDatabase } from '../../src/storage/index.ts'

let database: Database
let clock: ManualClock
let screens: ReturnType<typeof openOrderScreens>

beforeAll(async () => {
  database = await openDatabase({ clock: systemClock, log: silentLog })
})
afterAll(() => database.close())
beforeEach(() => {
  clock = createManualClock()
  screens = openOrderScreens({ database, clock, log: silentLog, unitOf: member => member?.unit })
})
afterEach(() => screens.close())

function opens(unit?: string) {
  const told: string[][] = []
  const page: { backlog: number; readonly told: string[][]; close?: () => void } = { backlog: 0, told }
  screens.mount.open(
    {
      send: message => void told.push(JSON.parse(String(message)).changed),
      backlog: () => page.backlog,
      ping: async () => undefined,
      onMessage: () => undefined,
      onClose: listen => {
        page.close = listen
      },
      close: () => page.close?.(),
    },
    {
      url: '/orders/live',
      params: {},
      query: {},
      headers: {},
      address: '127.0.0.1',
      member: { name: 'x', display: 'x', role: 'unit', unit },
    },
  )
  return page
}

const tell = (number: string, ...units: string[]) => database.transaction(tx => tellChange(tx, number, units))
const secondsGo = async (seconds: number) => {
  for (let at = 0; at < seconds; at++) await clock.advance(1_000)
}

it('tells a unit of its own orders, and a supervisor of all, once a second', async () => {
  const [heating, water, all] = [opens('heating'), opens('water'), opens()]
  await tell('1', 'heating')
  await tell('1', 'heating')
  // Returned: it concerns who had it and who has it.
  await tell('2', 'heating', 'water')
  expect([heating.told, water.told, all.told]).toEqual([[[]], [[]], [[]]])
  await secondsGo(1)
  const last = [heating, water, all].map(({ told }) => told.at(-1))
  expect(last).toEqual([['1', '2'], ['2'], ['1', '2']])
})

it('says that it is there, and lets who does not keep up hear all at once', async () => {
  const page = opens('heating')
  await secondsGo(6)
  expect(page.told.filter(changed => changed.length === 0).length).toBeGreaterThan(1)
  page.backlog = 9
  await tell('1', 'heating')
  await secondsGo(2)
  await tell('2', 'heating')
  page.backlog = 0
  await secondsGo(1)
  expect(page.told.at(-1)).toEqual(['1', '2'])
})
