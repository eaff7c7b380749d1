import { afterAll, beforeAll, expect, it } from 'vitest'
import { deskMigrations } from '../../src/desk/index.ts'
import { seatPresence } from '../../src/desk/seat-presence.ts'
import { upsertSpells } from '../../src/desk/store.ts'
import { silentLog, systemClock } from '../../src/foundation/index.ts'
import { type Database, migrate, openDatabase } from '../../src/storage/index.ts'

let database: Database
beforeAll(async () => {
  database = await openDatabase({ clock: systemClock, log: silentLog })
  await migrate(database, deskMigrations)
})
afterAll(() => database.close())

const startMs = Date.UTC(2026, 0, 5, 1)
const minute = 60_000
const at = (minutes: number) => startMs + minutes * minute

it('counts a spell in every stretch that it touches, and nobody who has signed out', async () => {
  await upsertSpells(database, [
    { seat: 's1', state: 'ready', fromMs: at(-600), untilMs: at(10) },
    { seat: 's1', state: 'talking', fromMs: at(10), untilMs: at(40) },
    { seat: 's1', state: 'wrap-up', fromMs: at(40), untilMs: at(41) },
    { seat: 's1', state: 'away', reason: 'meal', fromMs: at(41), untilMs: at(90) },
    { seat: 's2', state: 'signed-out', fromMs: at(0), untilMs: at(90) },
    { seat: 's3', state: 'offline', fromMs: at(80), untilMs: at(600) },
  ])
  const seconds = (signedIn: number, working: number, talking: number, wrapUp: number) => ({
    signedInSeconds: signedIn * 60,
    workingSeconds: working * 60,
    talkingSeconds: talking * 60,
    wrapUpSeconds: wrapUp * 60,
  })
  const startsMs = [at(0), at(30), at(60)]
  expect(await seatPresence(database, { startsMs, untilMs: at(90) })).toEqual([
    { stretch: 0, ...seconds(30, 30, 20, 0) },
    { stretch: 1, ...seconds(30, 11, 10, 1) },
    { stretch: 2, ...seconds(40, 0, 0, 0) },
  ])
  expect(await seatPresence(database, { startsMs: [at(700)], untilMs: at(730) })).toEqual([])
  expect(await seatPresence(database, { startsMs: [], untilMs: at(730) })).toEqual([])
})
