/** From what calls asked for to how many people it takes: days as the city has them, medians, and what is said of gaps. */
import { describe, expect, it } from 'vitest'
import { type City, createCalendar, exampleCity, instantOf } from '../../src/city/index.ts'
import { createManualClock, silentLog } from '../../src/foundation/index.ts'
import { planQuerySchema } from '../../src/planning/api.ts'
import { halfHoursBetween } from '../../src/planning/half-hour.ts'
import { byErlangA, byErlangC, openPlanning } from '../../src/planning/index.ts'
import type { AskedFigures } from '../../src/telephony/api.ts'
import { nobodyThere } from './city-month.ts'

const berlin: City = { ...exampleCity, country: 'DE', timeZone: 'Europe/Berlin' }
const query = (asked: object = {}) => planQuerySchema.parse(asked)

/** A history in which each half-hour of the city came to what is told of it. */
function planningOf(
  come: (at: { readonly date: string; readonly clock: string }) => Partial<AskedFigures> | undefined,
  city: City = exampleCity,
  now = '2026-02-02 10:00',
) {
  const calendar = createCalendar(city)
  const asks: { readonly stretches: number; readonly soonMs: number }[] = []
  const planning = openPlanning({
    city,
    clock: createManualClock(instantOf(now, city.timeZone)),
    log: silentLog,
    wrapUpSeconds: 20,
    names: async () => new Map(),
    desk: nobodyThere,
    calls: {
      talksOfSeats: async () => [],
      async askedIn({ startsMs, soonMs }) {
        asks.push({ stretches: startsMs.length, soonMs })
        return startsMs.flatMap((startMs, stretch) => {
          const { date, minute } = calendar(startMs)
          const clock = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
          const figures = come({ date, clock })
          const none = { asked: 0, soon: 0, answered: 0, abandoned: 0, talkedSeconds: 0, waitedSeconds: 0 }
          return figures ? [{ stretch, ...none, ...figures }] : []
        })
      },
    },
  })
  return { planning, asks }
}

const busy = {
  asked: 100,
  soon: 80,
  answered: 90,
  abandoned: 10,
  talkedSeconds: 90 * 160,
  waitedSeconds: 1200,
}

describe('a plan', () => {
  it('takes the median of like days, and asks for as many as the formulas say', async () => {
    // 20 working days, 5 to 30 January but for the make-up days; one of them a surge.
    const { planning, asks } = planningOf(({ date, clock }) => {
      if (clock !== '09:00') return undefined
      return date === '2026-01-07' ? { ...busy, asked: 900 } : busy
    })
    const plan = await planning.plan(query())
    expect(asks).toEqual([{ stretches: 28 * 48, soonMs: 15_000 }])
    expect(plan).toMatchObject({ since: '2026-01-05', until: '2026-02-02', target: 0.95, soonSeconds: 15 })
    expect(plan.days).toBe(20)
    const nine = plan.halfHours.find(({ start }) => start === '09:00')
    const traffic = { calls: 100, seconds: 1800, handlingSeconds: 180, patienceSeconds: 120 }
    expect(nine).toMatchObject({ calls: 100, handlingSeconds: 180, patienceSeconds: 120, load: 10 })
    expect(byErlangC(traffic, nine!.byC.agents, 15).level).toBeGreaterThanOrEqual(0.95)
    expect(byErlangC(traffic, nine!.byC.agents - 1, 15).level).toBeLessThan(0.95)
    expect(byErlangA(traffic, nine!.byA.agents, 15).level).toBeGreaterThanOrEqual(0.95)
    expect(byErlangA(traffic, nine!.byA.agents - 1, 15).level).toBeLessThan(0.95)
    expect(nine!.byC.rostered).toBe(Math.ceil(nine!.byC.agents / 0.7))
    expect(nine!.there?.talking).toBeCloseTo(8)
    expect(plan.most).toEqual({ start: '09:00', byC: nine!.byC.agents, byA: nine!.byA.agents })
    expect(plan.halfHours).toHaveLength(48)
    expect(plan.halfHours[0]).toMatchObject({
      start: '00:00',
      calls: 0,
      byC: { agents: 0 },
      byA: { agents: 0 },
    })
  })

  it('tells working days from days of rest and holidays by the city’s calendar', async () => {
    const { planning } = planningOf(
      ({ clock }) => (clock === '09:00' ? busy : undefined),
      exampleCity,
      '2026-01-12',
    )
    const days = async (day: string) => (await planning.plan(query({ day, weeks: 2 }))).days
    // 29 December to 11 January: 1 to 3 January off, and Sunday the 4th worked for it.
    expect([await days('workday'), await days('restday'), await days('holiday')]).toEqual([9, 2, 3])
  })

  it('passes over days without a call, and plans nothing where there is no like day', async () => {
    const { planning } = planningOf(({ date, clock }) =>
      clock === '09:00' && date >= '2026-01-29' ? busy : undefined,
    )
    const plan = await planning.plan(query())
    expect([plan.days, plan.halfHours[18]?.calls]).toEqual([2, 100])
    const none = await planning.plan(query({ day: 'holiday' }))
    expect([none.days, none.halfHours, none.most]).toEqual([0, [], undefined])
  })

  it('grows, takes what is given of handling and patience, and a target of one’s own', async () => {
    const { planning, asks } = planningOf(({ clock }) => (clock === '09:00' ? busy : undefined))
    const plan = await planning.plan(
      query({
        growth: 1.5,
        handlingSeconds: 300,
        patienceSeconds: 60,
        target: 0.8,
        soonSeconds: 20,
        shrinkage: 0,
      }),
    )
    const nine = plan.halfHours[18]
    expect(nine).toMatchObject({ calls: 150, handlingSeconds: 300, patienceSeconds: 60, load: 25 })
    expect(nine?.byC.rostered).toBe(nine?.byC.agents)
    expect(asks[0]?.soonMs).toBe(20_000)
    expect(
      byErlangC({ calls: 150, seconds: 1800, handlingSeconds: 300 }, nine!.byC.agents, 20).level,
    ).toBeGreaterThan(0.8)
  })

  it('knows no patience where nobody gave up: then both formulas agree', async () => {
    const { planning } = planningOf(({ clock }) =>
      clock === '09:00' ? { ...busy, abandoned: 0 } : undefined,
    )
    const nine = (await planning.plan(query())).halfHours[18]
    expect(nine?.patienceSeconds).toBeUndefined()
    expect(nine?.byA).toEqual({ ...nine?.byC, abandons: 0 })
  })

  it('says that it does not know how long a call takes where none was answered', async () => {
    const { planning } = planningOf(({ clock }) =>
      clock === '09:00' ? { asked: 3, abandoned: 3 } : undefined,
    )
    await expect(planning.plan(query())).rejects.toMatchObject({
      code: 'handling-unknown',
      place: 'handlingSeconds at 09:00',
    })
    const plan = await planning.plan(query({ handlingSeconds: 180 }))
    expect(plan.halfHours[18]?.byC.agents).toBeGreaterThan(0)
  })

  it('plans a forecast of one’s own, with what history says of the rest', async () => {
    const { planning } = planningOf(({ clock }) => (clock === '09:00' ? busy : undefined))
    const own = {
      halfHours: [
        { start: '10:00', calls: 50 },
        { start: '20:30', calls: 2, handlingSeconds: 600 },
      ],
    }
    const plan = await planning.plan(query(), own)
    expect(plan.from).toBe('own')
    expect(plan.halfHours.filter(({ calls }) => calls > 0)).toMatchObject([
      { start: '10:00', calls: 50, handlingSeconds: 180, patienceSeconds: 120 },
      { start: '20:30', calls: 2, handlingSeconds: 600 },
    ])
    const nowhere = planningOf(() => undefined).planning
    await expect(nowhere.plan(query(), own)).rejects.toMatchObject({ place: 'handlingSeconds at 10:00' })
    await expect(planning.plan(query(), { halfHours: [{ start: '10:10', calls: 1 }] })).rejects.toMatchObject(
      { place: 'start', found: '10:10' },
    )
  })

  it('takes the largest half-hours that it may be asked for, and lets calls be taken in between', async () => {
    const { planning } = planningOf(() => undefined)
    const largest = { calls: 20_000, handlingSeconds: 3600, patienceSeconds: 3600 }
    const halfHours = ['09:00', '09:30', '10:00'].map(start => ({ start, ...largest }))
    let turns = 0
    const turn = () => {
      turns++
      waiting = setImmediate(turn)
    }
    let waiting = setImmediate(turn)
    const plan = await planning.plan(query({ target: 0.6 }), { halfHours })
    clearImmediate(waiting)
    expect(turns).toBeGreaterThanOrEqual(47)
    expect(plan.halfHours[18]?.byA.agents).toBeGreaterThan(24_000)
    await expect(
      planning.plan(query({ handlingSeconds: 7200, growth: 10 }), { halfHours }),
    ).rejects.toMatchObject({
      code: 'plan-invalid',
      place: 'calls',
    })
  })

  it('refuses a day that is none, and a target that nothing reaches', async () => {
    const { planning } = planningOf(() => undefined)
    await expect(planning.plan(query({ until: '2026-02-30' }))).rejects.toMatchObject({ found: '2026-02-30' })
    const sure = planningOf(() => undefined, { ...exampleCity, answerTarget: 1 }).planning
    await expect(sure.plan(query())).rejects.toMatchObject({ place: 'target' })
  })
})

describe('half-hours', () => {
  const of = (date: string, until: string, city = berlin) =>
    halfHoursBetween(createCalendar(city), instantOf(date, city.timeZone), instantOf(until, city.timeZone))

  it('are 46 on the day that clocks go forward, and 50 when they go back', () => {
    const [spring, autumn] = [of('2026-03-29', '2026-03-30'), of('2026-10-25', '2026-10-26')]
    expect([spring.length, autumn.length]).toEqual([46, 50])
    expect(spring.map(({ half }) => half)).not.toContain(4)
    expect(autumn.filter(({ half }) => half === 4)).toHaveLength(2)
  })

  it('begin on the hour of a zone that is 45 minutes off', () => {
    const kathmandu = of('2026-01-05', '2026-01-06', { ...berlin, timeZone: 'Asia/Kathmandu' })
    expect(kathmandu.map(({ half }) => half)).toEqual(Array.from({ length: 48 }, (_, half) => half))
    expect(new Date(kathmandu[0]?.startMs ?? 0).toISOString()).toBe('2026-01-04T18:15:00.000Z')
  })

  it('carry the median of a day that has one of them twice or not at all', async () => {
    const { planning } = planningOf(
      ({ clock }) => ({ ...busy, asked: clock === '02:00' ? 10 : 4 }),
      berlin,
      '2026-11-02',
    )
    const plan = await planning.plan(query({ day: 'restday' }))
    expect(plan.halfHours[4]?.calls).toBe(10)
  })
})
