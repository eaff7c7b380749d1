import { z } from 'zod'
import { ms } from '../foundation/schema.ts'

/** The staff needed by half-hour, and who was there when. */

const dayKind = z
  .enum(['workday', 'restday', 'holiday'], { error: 'workday, restday or holiday' })
  .describe('By the city’s calendar: a make-up Saturday is a workday')

const between = (from: number, to: number) => {
  const error = `a number from ${from} to ${to}`
  return z.coerce.number({ error }).min(from, { error }).max(to, { error })
}
const weeksForm = { error: 'a whole number of weeks from 1 to 53' }
const date = z
  .string({ error: 'a date, as 2026-01-05' })
  .regex(/^\d{4}-\d{2}-\d{2}$/, { error: 'a date, as 2026-01-05' })

export const planQuerySchema = z.object({
  day: dayKind.default('workday'),
  weeks: z.coerce
    .number(weeksForm)
    .int(weeksForm)
    .min(1, weeksForm)
    .max(53, weeksForm)
    .default(4)
    .describe('How many weeks before `until` are looked at'),
  until: date.describe('The day before which history ends; today when absent').optional(),
  growth: between(0.01, 10).default(1).describe('By which the calls of history are multiplied, as 1.1'),
  target: between(0.01, 0.9999)
    .describe('Share of calls to be answered in time; answerTarget of the city when absent')
    .optional(),
  soonSeconds: between(0, 600)
    .describe('Within which a call is answered in time; soonSeconds of the city when absent')
    .optional(),
  shrinkage: between(0, 0.9)
    .default(0.3)
    .describe('Share of paid time for breaks, training, illness: the roster is that much longer'),
  handlingSeconds: between(1, 7200)
    .describe('Mean time a call takes an agent; what history says when absent')
    .optional(),
  patienceSeconds: between(1, 3600)
    .describe('Mean patience of callers; what history says when absent')
    .optional(),
})

const start = z.string().describe('When the half-hour begins, as 08:30 on the city’s clocks')
const calls = z.number().describe('Calls that ask for a person')
const handlingSeconds = z.number().describe('Mean time a call takes an agent, talk and wrap-up, in s')
const patienceSeconds = z.number().describe('Mean patience of callers, in s; absent: nobody gives up')

/** A planner's own forecast, used instead of history. */
export const ownForecastSchema = z.object({
  halfHours: z
    .array(
      z.object({
        start: z.string().max(16),
        calls: z.number().min(0).max(20_000),
        handlingSeconds: handlingSeconds.min(1).max(7200).optional(),
        patienceSeconds: patienceSeconds.min(1).max(3600).optional(),
      }),
    )
    .max(48, { error: 'at most 48 half-hours' })
    .readonly(),
})

const share = (what: string) => z.number().describe(`${what}, from 0 to 1`)
const agents = z.int().describe('Agents at their seats')
const staffing = {
  agents: agents.describe('The fewest with whom the target is met'),
  rostered: z.int().describe('The same with shrinkage: how many are on the roster'),
  level: share('Calls answered in time with that many'),
  waitSeconds: z.number().describe('Mean wait of all callers, in s'),
  occupancy: share('Time for which they have a caller'),
}

export const thereSchema = z
  .object({
    signedIn: z
      .number()
      .describe('Seats with somebody signed in, on a break or not; absent where only calls tell')
      .optional(),
    working: z.number().describe('Of those: ready, ringing, talking or wrapping up').optional(),
    talking: z.number().describe('Of those: talking'),
  })
  .describe('Who was there: means over the half-hour, medians over the days')

export const planHalfHourSchema = z.object({
  start,
  calls,
  handlingSeconds: handlingSeconds.optional(),
  patienceSeconds: patienceSeconds.optional(),
  load: z.number().describe('Agents who talk at one time, in the mean, if nobody waited (erlangs)'),
  byC: z.object(staffing).describe('By Erlang C: everybody waits, however long it takes'),
  byA: z
    .object({ ...staffing, abandons: share('Callers who give up') })
    .describe('By Erlang A: callers who wait give up when their patience is over'),
  there: thereSchema.optional(),
  predicted: share('Answered in time by Erlang A with those who worked').optional(),
  seen: share('Answered in time, in history').optional(),
})

export const planSchema = z
  .object({
    day: dayKind,
    from: z.enum(['history', 'own']).describe('What calls are expected by'),
    days: z.int().describe('Days of that kind in history'),
    since: z.string().describe('The first day looked at, as 2026-01-05'),
    until: z.string().describe('The day before which history ends'),
    target: share('Of calls, to be answered in time'),
    soonSeconds: z.number(),
    shrinkage: z.number(),
    growth: z.number(),
    /** The source for who was there: recorded seat states, or else the seats' calls. */
    thereBy: z.enum(['states', 'calls']).describe('What says who was there'),
    halfHours: z.array(planHalfHourSchema).readonly(),
    most: z
      .object({ start, byC: z.int(), byA: z.int() })
      .describe('The half-hour for which most are needed')
      .optional(),
  })
  .describe('How many people it takes by half-hour of a day')

export const shiftsQuerySchema = z.object({
  date: date.describe('A day in the city; today when absent').optional(),
})

export const shiftsSchema = z
  .object({
    date: z.string(),
    fromMs: ms('When the day begins, ms since 1970'),
    untilMs: ms('When it ends'),
    by: z
      .enum(['states', 'calls'])
      .describe('States of seats, or where none were kept, the calls that they had'),
    people: z
      .array(
        z.object({
          name: z.string().describe('Of the member where known, else of the seat'),
          display: z.string().describe('The name that people read'),
          workedMs: ms('Ready, ringing, talking or wrapping up'),
          talkedMs: ms('Of that: talking'),
          breakMs: ms('Signed in, and on a break'),
          spells: z
            .array(
              z.object({
                kind: z.enum(['working', 'break', 'offline']).describe('offline: no phone, or set aside'),
                reason: z.string().optional(),
                fromMs: ms('ms since 1970'),
                untilMs: ms('ms since 1970'),
              }),
            )
            .readonly(),
        }),
      )
      .readonly(),
  })
  .describe('Who was there when, on one day')

export type PlanQuery = z.output<typeof planQuerySchema>
export type OwnForecast = z.output<typeof ownForecastSchema>
export type Plan = z.output<typeof planSchema>
export type PlanHalfHour = z.output<typeof planHalfHourSchema>
export type There = z.output<typeof thereSchema>
export type Shifts = z.output<typeof shiftsSchema>
export type ShiftPerson = Shifts['people'][number]
export type ShiftSpell = ShiftPerson['spells'][number]
