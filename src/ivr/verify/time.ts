import type { VoiceLanguage } from '../../speech/index.ts'
import type { FlowSet } from '../flow.ts'
import { inputsOf } from '../inputs.ts'
import { beginning, step } from '../step.ts'
import type { BranchFacts, FlowState, Input } from '../turn.ts'
import { type Course, courseAfter, noCourse } from './course.ts'
import type { Exploration, Move, Visit } from './explore.ts'
import type { Durations } from './lengths.ts'

/** The facts of an ordinary morning. */
const ordinary: BranchFacts = {
  elder: false,
  waiting: 0,
  moment: { minute: 600, weekday: 'wednesday', day: 'workday' },
}

/** The next input when the caller does nothing and all goes well. */
function passes(set: FlowSet, state: FlowState, course: Course): Input | undefined {
  if (course.speech) return { kind: 'promptDone' }
  const kinds = inputsOf(set, state)
  if (kinds.some(input => input.kind === 'facts')) return { kind: 'facts', facts: ordinary }
  return (
    kinds.find(input => input.kind === 'actionDone' && course.task) ??
    kinds.find(input => input.kind === 'silence' && course.waitMs !== undefined)
  )
}

/** Seconds until an awaited input comes. Recording does not count: it is the caller's own time. */
function secondsUntil({ kind }: Input, { doing }: FlowState, course: Course, durations: Durations): number {
  if (kind === 'promptDone') return (course.speech ?? []).reduce((sum, one) => sum + durations(one), 0)
  return kind === 'silence' && doing !== 'recording' ? (course.waitMs ?? 0) / 1000 : 0
}

/**
 * Seconds from the answer to the queue for a caller who does nothing, when all goes well. If that does not lead there,
 * seconds to the end of the first prompt, when they press 0.
 */
export function likeliestSeconds(
  set: FlowSet,
  flow: string,
  language: VoiceLanguage,
  durations: Durations,
): { readonly seconds: number; readonly byItself: boolean } {
  let state = beginning(flow)
  let course = noCourse
  let input: Input | undefined = { kind: 'started', facts: { caller: '13800138000', language } }
  let seconds = 0
  let firstSaid: number | undefined
  for (const seen = new Set<string>(); input && !seen.has(`${state.node} ${state.doing} ${state.phase}`); ) {
    seen.add(`${state.node} ${state.doing} ${state.phase}`)
    seconds += secondsUntil(input, state, course, durations)
    if (input.kind === 'promptDone') firstSaid ??= seconds
    const next = step(set, state, input)
    if (next.effects.some(effect => effect.kind === 'queue')) return { seconds, byItself: true }
    course = courseAfter(course, input, next.effects)
    state = next.state
    input = state.doing === 'over' ? undefined : passes(set, state, course)
  }
  return { seconds: firstSaid ?? 0, byItself: false }
}

/** Whether an input is an act of the caller. */
export const isCallers = ({ kind }: Input) => kind === 'key' || kind === 'utterance' || kind === 'hangup'

/** Whether this move leads into the queue. */
export const joinsLine = ({ effects }: Move) => effects.some(effect => effect.kind === 'queue')

/**
 * The most seconds to the queue for a caller who listens to everything and presses nothing, whatever happens or fails. If
 * that ends without the queue, it is the time until the last instant at which 0 leads there. Infinite for a loop.
 */
export type LongestFrom = (visit: Visit) => number

export function createLongest(durations: Durations): LongestFrom {
  const known = new Map<Visit, number>()
  const longest = (visit: Visit): number => {
    const met = known.get(visit)
    if (met !== undefined) return met
    known.set(visit, Number.POSITIVE_INFINITY)
    const ways = visit.moves.filter(move => !isCallers(move.input) && move.end !== visit)
    const seconds = ways.map(move => {
      const until = secondsUntil(move.input, visit.state, visit.course, durations)
      return joinsLine(move) ? until : until + longest(move.end)
    })
    const most = Math.max(0, ...seconds)
    known.set(visit, most)
    return most
  }
  return longest
}

/** The same from the answer on. */
export function longestSeconds({ visits }: Exploration, flow: string, longest: LongestFrom): number {
  const start = visits.find(({ state }) => state.doing === 'idle' && state.flow === flow)
  return start ? longest(start) : 0
}

/** The same from the beginning of each state, in the language that takes longest; 0 for the queue itself. */
export function longestByState(
  { set, visits }: Exploration,
  flow: string,
  longest: readonly LongestFrom[],
): Readonly<Record<string, number>> {
  const person = set.flows.get(flow)?.person
  const byState: Record<string, number> = {}
  for (const visit of visits) {
    const { node, held } = visit.state
    // A caller with held keys has pressed something.
    if (visit.state.flow !== flow || node === '' || held !== '') continue
    byState[node] = node === person ? 0 : Math.max(byState[node] ?? 0, ...longest.map(from => from(visit)))
  }
  return byState
}
