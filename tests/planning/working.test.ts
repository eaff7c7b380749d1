import { describe, expect, it } from 'vitest'
import { createCalendar, exampleCity, instantOf } from '../../src/city/index.ts'
import type { SeatPresence } from '../../src/desk/index.ts'
import { createManualClock, silentLog } from '../../src/foundation/index.ts'
import { createWorking } from '../../src/planning/working.ts'

const calendar = createCalendar(exampleCity)
const at = (time: string) => instantOf(time, exampleCity.timeZone)
/** A Monday. */
const nowMs = at('2026-03-16 10:00')

/** Twenty by day and four by night on working days, three on others. */
function house(isKnown = true) {
  const clock = createManualClock(nowMs)
  let asked = 0
  const presence = async ({ startsMs }: { readonly startsMs: readonly number[] }) => {
    asked++
    return startsMs.flatMap((ms, stretch): readonly SeatPresence[] => {
      const { day, minute } = calendar(ms)
      const seats = day !== 'workday' ? 3 : minute >= 480 && minute < 1200 ? 20 : 4
      const seconds = { signedInSeconds: 1800 * seats, workingSeconds: 1800 * seats }
      return isKnown ? [{ stretch, ...seconds, talkingSeconds: 0, wrapUpSeconds: 0 }] : []
    })
  }
  const workingAt = createWorking({ desk: { presence }, city: exampleCity, clock, log: silentLog })
  return { clock, workingAt, asked: () => asked }
}

describe('how many work at a time', () => {
  it('is what it was in those half-hours of such days in the last two weeks', async () => {
    const { workingAt, clock } = house()
    expect(workingAt(nowMs)).toBeUndefined()
    await clock.advance(0)
    expect(workingAt(nowMs)).toBe(20)
    expect(workingAt(at('2026-03-16 20:00'))).toBe(4)
    expect(workingAt(at('2026-03-21 10:00'))).toBe(3)
  })

  it('is counted once in six hours', async () => {
    const { workingAt, clock, asked } = house()
    workingAt(nowMs)
    await clock.advance(6 * 3_600_000 - 1)
    workingAt(nowMs)
    expect(asked()).toBe(1)
    await clock.advance(1)
    workingAt(nowMs)
    expect(asked()).toBe(2)
  })

  it('is known of no kind of day on which nobody has been there', async () => {
    const { workingAt, clock } = house(false)
    workingAt(nowMs)
    await clock.advance(0)
    expect(workingAt(nowMs)).toBeUndefined()
  })
})
