import { type Calendar, createCalendar, exampleCity, instantOf } from '../../src/city/index.ts'
import type { SeatSpell } from '../../src/desk/api.ts'
import type { SeatPresence } from '../../src/desk/index.ts'
import type { AskedFigures } from '../../src/telephony/api.ts'

/** Monday, 2 February 2026, 21:00 in Beijing. */
export const nowMs = instantOf('2026-02-02 21:00', exampleCity.timeZone)
const minuteMs = 60_000

type Stretches = { readonly startsMs: readonly number[]; readonly untilMs: number }

/** States of seats were not kept. */
export const nobodyThere = { presence: async () => [], spells: async () => [] }

/** A morning peak, a smaller one after noon, and quiet nights. */
const callsOf = (half: number) =>
  Math.round(110 * Math.exp(-(((half - 19) / 4) ** 2)) + 80 * Math.exp(-(((half - 30) / 6) ** 2)) + 4)

/** A month of calls, half as many when people are off, as the records of calls tell it. */
export function cityMonth(calendar: Calendar = createCalendar(exampleCity)) {
  return {
    talksOfSeats: async () => [],
    async askedIn({ startsMs }: Stretches): Promise<readonly AskedFigures[]> {
      return startsMs.map((startMs, stretch) => {
        const { minute, day } = calendar(startMs)
        const asked = Math.round(callsOf(minute / 30) * (day === 'workday' ? 1 : 0.5))
        const abandoned = Math.round(asked * 0.06)
        const answered = asked - abandoned
        return {
          stretch,
          asked,
          soon: Math.round(asked * 0.85),
          answered,
          abandoned,
          talkedSeconds: answered * 175,
          waitedSeconds: asked * 8,
        }
      })
    },
  }
}

/** Shifts of a day, each of so many agents, in hours; whoever works has lunch in the middle. */
const shifts = [
  { agents: 4, from: 0, until: 8 },
  { agents: 11, from: 8, until: 16 },
  { agents: 6, from: 10, until: 18 },
  { agents: 4, from: 16, until: 24 },
]

/** Who sat there, as the states of seats tell it: the same shifts every day. */
export function cityShifts(calendar: Calendar = createCalendar(exampleCity)) {
  const dayStart = (atMs: number) => atMs - calendar(atMs).minute * minuteMs
  const spellsOf = (startMs: number): readonly SeatSpell[] =>
    shifts.flatMap(({ agents, from, until }, shift) =>
      Array.from({ length: agents }, (_, agent) => {
        const seat = `s${shift * 20 + agent + 1}`
        const at = (hours: number) => startMs + (hours * 60 + agent * 3) * minuteMs
        const end = Math.min(at(until), startMs + 24 * 60 * minuteMs)
        const lunch = at((from + until) / 2)
        return [
          { seat, member: seat, state: 'ready', fromMs: at(from), untilMs: at(from + 1) },
          { seat, member: seat, state: 'talking', fromMs: at(from + 1), untilMs: lunch },
          {
            seat,
            member: seat,
            state: 'away',
            reason: 'meal',
            fromMs: lunch,
            untilMs: lunch + 40 * minuteMs,
          },
          { seat, member: seat, state: 'ready', fromMs: lunch + 40 * minuteMs, untilMs: end },
        ] as const
      }).flat(),
    )
  return {
    async spells({ from }: { readonly from: number }): Promise<readonly SeatSpell[]> {
      return spellsOf(dayStart(from)).filter(({ fromMs }) => fromMs < nowMs)
    },
    async presence({ startsMs }: Stretches): Promise<readonly SeatPresence[]> {
      return startsMs.map((startMs, stretch) => {
        const seconds = (states: readonly string[]) =>
          spellsOf(dayStart(startMs))
            .filter(({ state }) => states.includes(state))
            .map(
              ({ fromMs, untilMs }) => Math.min(untilMs, startMs + 30 * minuteMs) - Math.max(fromMs, startMs),
            )
            .reduce((sum, overlapMs) => sum + Math.max(0, overlapMs) / 1000, 0)
        return {
          stretch,
          signedInSeconds: seconds(['ready', 'talking', 'away']),
          workingSeconds: seconds(['ready', 'talking']),
          talkingSeconds: seconds(['talking']),
          wrapUpSeconds: 0,
        }
      })
    },
    names: async () => new Map(Array.from({ length: 90 }, (_, seat) => [`s${seat}`, `坐席${seat}号`])),
  }
}
