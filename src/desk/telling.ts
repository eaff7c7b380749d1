import { type Clock, type Log, reasonOf } from '../foundation/index.ts'
import type { QueueRules } from './queue-rules.ts'
import { insistMs, isFit, lackingOf, presentOf, type QueueSeat } from './skills.ts'
import type { DeskVisit, PlaceNews } from './visit.ts'
import { toldMinutes, type WaitEstimate } from './wait-estimate.ts'

export type TellingOptions = {
  readonly clock: Clock
  readonly log: Log
  readonly rules: QueueRules
  readonly estimate: WaitEstimate
  readonly seats: () => readonly QueueSeat[]
}

/** What callers are told of their place and their wait, and whether it was true. */
export function createTelling({ clock, log, rules, estimate, seats }: TellingOptions) {
  let outlooks: { readonly seats: readonly QueueSeat[]; readonly bySkills: Map<string, Outlook> } = {
    seats: [],
    bySkills: new Map(),
  }

  /** Never a larger number than before; undefined instead. */
  function minutesFor(visit: DeskVisit, place: number, outlook: Outlook): number | undefined {
    const waitMs = waitFor(visit, place, outlook)
    const minutes = waitMs === undefined ? undefined : toldMinutes(waitMs)
    if (minutes === undefined || minutes > (visit.wait?.least ?? minutes)) return undefined
    if (!visit.wait) estimate.told()
    visit.wait = {
      atMs: visit.wait?.atMs ?? clock.monotonicMs(),
      minutes: visit.wait?.minutes ?? minutes,
      least: minutes,
    }
    return minutes
  }

  /** What a wish for these skills leads to, shared by all who have it until a seat changes. */
  function outlookOf(skills: readonly string[]): Outlook {
    const signedIn = seats()
    if (outlooks.seats !== signedIn) outlooks = { seats: signedIn, bySkills: new Map() }
    const key = skills.join(' ')
    const found = outlooks.bySkills.get(key) ?? lookOut(signedIn, skills)
    outlooks.bySkills.set(key, found)
    return found
  }

  /** The wait for a seat with their skills until these are no longer insisted on, and for any seat from then on. */
  function waitFor({ sinceMs }: DeskVisit, place: number, { needed, serving, signedIn }: Outlook) {
    const anyMs = estimate.waitMs(place, signedIn)
    if (anyMs === undefined || needed.length === 0) return anyMs
    const insistedMs = Math.max(...needed.map(skill => insistMs(skill, rules))) - (clock.now() - sinceMs)
    return Math.max(anyMs, Math.min(insistedMs, estimate.waitMs(place, serving) ?? insistedMs))
  }

  function newsFor(visit: DeskVisit, place: number): PlaceNews {
    const outlook = outlookOf(visit.options.skills ?? [])
    return {
      lacking: outlook.lacking,
      waitMinutes: outlook.isFree ? undefined : minutesFor(visit, place, outlook),
    }
  }

  function tell(visit: DeskVisit, place: number) {
    if (visit.place === place) return
    visit.place = place
    if (!visit.options.onPlace) return
    try {
      visit.options.onPlace(place, place === 0 ? { lacking: [] } : newsFor(visit, place))
    } catch (error) {
      log.error({ call: visit.call.id, reason: reasonOf(error) }, 'telling a place failed')
    }
  }

  return {
    tell,
    /** A seat answered: from now on nothing may be played. */
    answered(visit: DeskVisit) {
      tell(visit, 0)
      const { wait } = visit
      if (wait) estimate.measured(clock.monotonicMs() - wait.atMs - wait.minutes * 60_000)
      visit.wait = undefined
    },
  }
}

type Outlook = {
  readonly lacking: readonly string[]
  /** Wished skills that some seat has. */
  readonly needed: readonly string[]
  /** Seats that have those. */
  readonly serving: number
  readonly signedIn: number
  /** One of them is free, and about to ring. */
  readonly isFree: boolean
}

function lookOut(signedIn: readonly QueueSeat[], skills: readonly string[]): Outlook {
  const lacking = lackingOf(skills, presentOf(signedIn))
  const needed = skills.filter(skill => !lacking.includes(skill))
  const serving = signedIn.filter(seat => isFit(seat, { skills: needed }))
  const isFree = serving.some(({ isReady }) => isReady)
  // A seat that leads callbacks takes another one next while any is owed, so it does not count for callers.
  const forCallers = (seats: readonly QueueSeat[]) => seats.filter(({ isLeading }) => !isLeading).length
  return { lacking, needed, serving: forCallers(serving), signedIn: forCallers(signedIn), isFree }
}

export type Telling = ReturnType<typeof createTelling>
