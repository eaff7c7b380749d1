/** Pages of supervision beside three million orders: what units have to answer, returns, closings, scores, the ladder of callers. */
import { createLadder } from '../../src/callers/ladder/caller-ladder.ts'
import { exampleCity } from '../../src/city/index.ts'
import { createManualClock, silentLog, systemClock } from '../../src/foundation/index.ts'
import type { Orders } from '../../src/orders/index.ts'
import type { Database } from '../../src/storage/index.ts'
import { createDeductions } from '../../src/supervision/deductions/deductions.ts'
import { openSupervision } from '../../src/supervision/index.ts'
import { lastMonth } from '../../src/supervision/month.ts'
import { ordinaryScores } from '../../src/supervision/rules.ts'
import { testLedger } from '../support/ledger.ts'
import { openRoom } from '../surveys/house.ts'
import type { Timing } from './timing.ts'

const boss = { role: 'supervisor', person: 'b' } as const

export async function measureSupervised(orders: Orders, database: Database, time: Timing): Promise<void> {
  const units = [...orders.rules.units.keys()]
  const unit = { role: 'unit', person: 'u', unit: units[0] } as const
  await measureInstructions(orders, [boss, unit], time)
  await measureReturns(orders, units, time)
  await measureClosings(orders, units, time)
  await time('who of a unit has how many', at => orders.people(units[at % 3], boss))
  await time('alarms of what nobody signed', () => orders.health(), 20)
  await measureScores(orders, database, time)
  const ladder = createLadder({ database, clock: systemClock, log: silentLog })
  await time('the ladder of callers', () => ladder.list())
  await time('whether a caller is restricted', at => ladder.isRestricted(`+8613${700_000_000 + at * 60}`))
}

async function measureInstructions(
  { supervising }: Orders,
  readers: readonly Parameters<Orders['supervising']['counts']>[0][],
  time: Timing,
): Promise<void> {
  for (const reader of readers) {
    for (const show of ['open', 'problems', 'done'] as const) {
      let after: string | undefined
      for (let page = 0; page < 40; page++) {
        const { next } = await supervising.instructions({ show, limit: 100, after }, reader)
        if (next === undefined) break
        after = next
      }
      for (const [where, from] of [
        ['page 1', undefined],
        ['further down', after],
      ] as const)
        await time(`instructions that are ${show}, for a ${reader.role}, ${where}`, () =>
          supervising.instructions({ show, limit: 100, after: from }, reader),
        )
    }
    await time(`red instructions of the city, for a ${reader.role}`, () =>
      supervising.instructions({ show: 'open', limit: 100, level: 'city', light: 'red' }, reader),
    )
    await time(`counts of supervision, for a ${reader.role}`, () => supervising.counts(reader))
  }
  await time('places to be looked at', () => supervising.sites())
}

async function measureReturns({ returns }: Orders, units: readonly string[], time: Timing): Promise<void> {
  for (const days of [30, 366])
    for (const [whose, unit] of [
      ['all units', undefined],
      ['a unit', units[1]],
      ['one with few', units.at(-1)],
    ] as const) {
      const { next } = await returns.list({ days, unit, limit: 100 })
      await time(`returns of ${days} days, of ${whose}`, () => returns.list({ days, unit, limit: 100 }))
      if (next !== undefined)
        await time(`returns of ${days} days, of ${whose}, page 2`, () =>
          returns.list({ days, unit, limit: 100, after: next }),
        )
      await time(`figures of returns of ${days} days, of ${whose}`, () => returns.figures({ days, unit }), 20)
    }
}

async function measureClosings({ closings }: Orders, units: readonly string[], time: Timing): Promise<void> {
  for (const days of [30, 366]) {
    for (const judged of ['no', 'yes'] as const)
      for (const [whose, unit] of [
        ['all units', undefined],
        ['one with few', units.at(-1)],
      ] as const)
        await time(`closings of ${days} days to look at, judged: ${judged}, of ${whose}`, () =>
          closings.list({ days, judged, unit }),
        )
    await time(`figures of closings of ${days} days`, () => closings.figures({ days }), 20)
  }
}

async function measureScores({ rules }: Orders, database: Database, time: Timing): Promise<void> {
  const clock = systemClock
  const deductions = createDeductions({
    database,
    ledger: testLedger,
    rules: ordinaryScores,
    units: rules.units,
    clock,
  })
  await time('deductions', () => deductions.list({}, undefined))
  await time('deductions that wait for one', () => deductions.list({ state: 'proposed' }, undefined))
  await time('deductions of a unit', at => deductions.list({}, [...rules.units.keys()][at]))
  const surveys = await openRoom(database, { clock: createManualClock(clock.now()) })
  const supervision = openSupervision({
    deductions,
    surveys,
    units: rules.units,
    rules: ordinaryScores,
    city: exampleCity,
    clock,
  })
  const month = lastMonth(clock.now(), exampleCity.timeZone)
  await time(
    `the ranking of ${rules.units.size} units in a month`,
    () => supervision.ranking({ month }),
    5,
    60_000,
  )
  await time('the orders behind a figure', at =>
    supervision.behind({ month, unit: [...rules.units.keys()][at] ?? '', answer: 'not-solved' }),
  )
  await surveys.leave()
}
