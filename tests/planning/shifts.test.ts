/** Who was there when: from the states of seats, and where none were kept, from the calls that they had. */
import { expect, it } from 'vitest'
import { exampleCity, instantOf } from '../../src/city/index.ts'
import type { SeatSpell } from '../../src/desk/api.ts'
import { createManualClock, silentLog } from '../../src/foundation/index.ts'
import { planQuerySchema } from '../../src/planning/api.ts'
import { openPlanning } from '../../src/planning/index.ts'
import { cityMonth, cityShifts, nowMs } from './city-month.ts'

const at = (clock: string, date = '2026-02-02') => instantOf(`${date} ${clock}`, exampleCity.timeZone)
const names = async () => new Map([['li', '李工']])

function planningOver(
  spells: readonly SeatSpell[],
  talks: readonly { seat: string; fromMs: number; untilMs: number }[] = [],
) {
  const asked: object[] = []
  const planning = openPlanning({
    calls: { askedIn: async () => [], talksOfSeats: async () => talks },
    desk: {
      presence: async () => [],
      async spells(query) {
        asked.push(query)
        return spells
      },
    },
    names,
    city: exampleCity,
    clock: createManualClock(nowMs),
    log: silentLog,
    wrapUpSeconds: 5,
  })
  return { planning, asked }
}

it('joins calls and what is between them to one spell of work, by who sat there, from midnight to midnight', async () => {
  const spell = (state: SeatSpell['state'], from: number, until: number, rest: Partial<SeatSpell> = {}) => ({
    seat: 's1',
    state,
    fromMs: from,
    untilMs: until,
    ...rest,
  })
  const li = { member: 'li' }
  const { planning, asked } = planningOver([
    spell('ready', at('22:00', '2026-02-01'), at('01:00'), { seat: 's2' }),
    spell('ready', at('08:00'), at('08:20'), li),
    spell('offered', at('08:20'), at('08:21'), li),
    spell('talking', at('08:21'), at('08:30'), li),
    spell('wrap-up', at('08:30'), at('08:31'), li),
    spell('away', at('08:31'), at('08:40'), { ...li, reason: 'rest' }),
    spell('away', at('08:40'), at('09:00'), { ...li, reason: 'meal' }),
    spell('set-aside', at('09:00'), at('09:10'), { ...li, reason: 'no-answer' }),
    spell('signed-out', at('09:10'), at('18:00'), li),
    // The same person at another seat.
    spell('talking', at('18:00'), at('19:00'), { ...li, seat: 's7' }),
  ])
  const shifts = await planning.shifts('2026-02-02')
  expect(asked).toEqual([{ from: at('00:00'), until: at('00:00', '2026-02-03') }])
  expect(shifts).toMatchObject({ date: '2026-02-02', by: 'states' })
  const minute = 60_000
  expect(shifts.people).toEqual([
    {
      name: 's2',
      display: 's2',
      workedMs: 60 * minute,
      talkedMs: 0,
      breakMs: 0,
      spells: [{ kind: 'working', reason: undefined, fromMs: at('00:00'), untilMs: at('01:00') }],
    },
    {
      name: 'li',
      display: '李工',
      workedMs: 91 * minute,
      talkedMs: 69 * minute,
      breakMs: 29 * minute,
      spells: [
        { kind: 'working', reason: undefined, fromMs: at('08:00'), untilMs: at('08:31') },
        { kind: 'break', reason: 'rest', fromMs: at('08:31'), untilMs: at('08:40') },
        { kind: 'break', reason: 'meal', fromMs: at('08:40'), untilMs: at('09:00') },
        { kind: 'offline', reason: 'no-answer', fromMs: at('09:00'), untilMs: at('09:10') },
        { kind: 'working', reason: undefined, fromMs: at('18:00'), untilMs: at('19:00') },
      ],
    },
  ])
})

it('takes calls where no states were kept, with half an hour between them at most, and says so', async () => {
  const talk = (seat: string, from: string, until: string) => ({ seat, fromMs: at(from), untilMs: at(until) })
  const { planning } = planningOver(
    [],
    [talk('s1', '08:00', '08:10'), talk('s1', '08:30', '08:40'), talk('s1', '10:00', '10:05')],
  )
  const { by, people } = await planning.shifts()
  expect(by).toBe('calls')
  expect(people[0]?.spells.map(({ fromMs, untilMs }) => [fromMs, untilMs])).toEqual([
    [at('08:00'), at('08:40')],
    [at('10:00'), at('10:05')],
  ])
  expect(people[0]).toMatchObject({ talkedMs: 25 * 60_000, workedMs: 45 * 60_000 })
})

it('is today when no day is named, and no day that is none', async () => {
  const { planning } = planningOver([])
  expect(await planning.shifts()).toMatchObject({
    date: '2026-02-02',
    people: [],
    untilMs: at('00:00', '2026-02-03'),
  })
  await expect(planning.shifts('2026-02-31')).rejects.toMatchObject({ code: 'plan-invalid', place: 'date' })
})

it('draws a plan against who was there on days like it, and predicts what they could do', async () => {
  const { names: named, ...desk } = cityShifts()
  const planning = openPlanning({
    calls: cityMonth(),
    desk,
    names: named,
    city: exampleCity,
    clock: createManualClock(nowMs),
    log: silentLog,
    wrapUpSeconds: 5,
  })
  const plan = await planning.plan(planQuerySchema.parse({}))
  expect(plan.thereBy).toBe('states')
  const [nine, eleven] = [plan.halfHours[19], plan.halfHours[22]]
  // Eleven of the morning's shift, and from ten on six more.
  expect(nine?.there).toEqual({ signedIn: 11, working: 11, talking: 11 })
  expect(eleven?.there).toMatchObject({ signedIn: 17, working: 17 })
  expect(nine!.predicted).toBeLessThan(0.7)
  expect(eleven!.predicted).toBeGreaterThan(0.95)
  // Wrap-up was none by the states, whatever the setting says.
  expect(nine?.handlingSeconds).toBe(175)
})
