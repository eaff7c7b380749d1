import { Fault, type Place } from '../../foundation/index.ts'
import type { VoiceLanguage } from '../../speech/index.ts'
import type { RuleName } from '../faults.ts'
import type { Audience, FlowSet } from '../flow.ts'
import type { FlowNeeds } from '../needs.ts'
import type { Input } from '../turn.ts'
import { type Exploration, explore } from './explore.ts'
import { type Durations, durationsIn, durationsOf, isMeasured, type Lengths } from './lengths.ts'
import { type Lived, liveThrough, movesTo, tellPath } from './path.ts'
import type { Finding, Rule } from './rule.ts'
import { rules } from './rules.ts'
import { createLongest, type LongestFrom, likeliestSeconds, longestByState, longestSeconds } from './time.ts'

/** A rule that a flow breaks, with the shortest path that shows it. */
export type Failure = {
  /** The rule's name. */
  readonly rule: RuleName
  /** The rule in one sentence. */
  readonly says: string
  readonly place: Place
  readonly found: string
  readonly expected: string
  /** What a caller experiences until it shows; empty if nobody gets there. */
  readonly path: readonly Lived[]
  /** The flow that the call begins in, and the inputs to `step` that show it. */
  readonly begins: string
  readonly inputs: readonly Input[]
}

/** Seconds of prompts and pauses from the answer to the queue for a person. */
export type TimeToPerson = {
  /** For a caller who presses nothing, when all goes well. */
  readonly likeliest: Readonly<Record<VoiceLanguage, number>>
  /** Whether silence leads to the queue. If not, `likeliest` ends with the greeting, after which 0 is pressed. */
  readonly byItself: boolean
  /** For a caller who presses nothing and listens to everything, whatever happens, in the language that takes longest. */
  readonly longest: number
  /** The same from the beginning of each state. */
  readonly byState: Readonly<Record<string, number>>
  /** Whether `likeliest` was measured from sound only. If not, some prompts were estimated by syllables. */
  readonly measured: boolean
}

export type FlowVerdict = {
  readonly flow: string
  readonly audience: Audience
  readonly nodes: number
  /** The number of situations explored. */
  readonly situations: number
  readonly failures: readonly Failure[]
  readonly timeToPerson: TimeToPerson
}

export type Verdict = {
  readonly flows: readonly FlowVerdict[]
  readonly situations: number
  /** The number of inputs tried in them. */
  readonly moves: number
}

/**
 * Proves flows, or reports why they fail. It tries every input in every situation that a caller can reach, with the same
 * step function that leads real calls.
 * @param lengths measured durations of prompts; others are estimated by syllables
 * @param needs what the rooms that use the flows must find in them
 */
export function verify(set: FlowSet, lengths: Lengths = {}, needs: FlowNeeds = {}): Verdict {
  const explored = explore(set, needs)
  const durations = durationsOf(lengths)
  const failures = rules.flatMap(rule => failuresOf(rule, explored, durations))
  const longest = [...set.languages.keys()].map(language =>
    createLongest(durationsIn(set, language, durations)),
  )
  const flows = [...set.flows.values()].map(
    (flow): FlowVerdict => ({
      flow: flow.name,
      audience: flow.audience,
      nodes: flow.nodes.size,
      situations: explored.visits.filter(({ state }) => state.flow === flow.name).length,
      failures: failures.filter(one => one.flow === flow.name).map(one => one.failure),
      timeToPerson: timeToPerson(explored, flow.name, lengths, longest),
    }),
  )
  return { flows, situations: explored.visits.length, moves: explored.moves }
}

/** The faults that keep a set from answering calls. */
export const proveFlows = (set: FlowSet, lengths: Lengths = {}, needs: FlowNeeds = {}): readonly Fault[] =>
  faultsIn(verify(set, lengths, needs))

export function faultsIn(verdict: Verdict): readonly Fault[] {
  return verdict.flows.flatMap(({ failures }) =>
    failures.map(({ rule, place, found, expected, path }) => {
      const way = path.length > 0 ? ` (${tellPath(path)})` : ''
      return new Fault({ code: rule, place, found: `${found}${way}`, expected })
    }),
  )
}

/** One failure per place and finding: the first, which has the shortest path. */
function failuresOf(rule: Rule, explored: Exploration, durations: Durations) {
  const shown = new Map<string, { readonly flow: string; readonly failure: Failure }>()
  for (const finding of rule.check(explored, durations)) {
    const key = `${finding.place} ${finding.visit?.state.node} ${finding.visit ? '' : finding.found}`
    if (!shown.has(key))
      shown.set(key, { flow: finding.flow, failure: failureOf(explored.set, rule, finding) })
  }
  return [...shown.values()]
}

function failureOf(
  set: FlowSet,
  { name, says }: Rule,
  { flow, place, visit, further = [], found, expected }: Finding,
): Failure {
  const moves = visit ? movesTo(visit) : []
  const begins = moves[0]?.start.state.flow ?? flow
  const inputs = [...moves.map(move => move.input), ...further]
  return { rule: name, says, place, found, expected, path: liveThrough(set, begins, inputs), begins, inputs }
}

function timeToPerson(
  explored: Exploration,
  flow: string,
  lengths: Lengths,
  longest: readonly LongestFrom[],
): TimeToPerson {
  let measured = true
  const durations: Durations = utterance => {
    measured &&= isMeasured(lengths, utterance)
    return durationsOf(lengths)(utterance)
  }
  const likeliest = [...explored.set.languages.keys()].map(
    language => [language, likeliestSeconds(explored.set, flow, language, durations)] as const,
  )
  return {
    likeliest: Object.fromEntries(likeliest.map(([language, { seconds }]) => [language, seconds])),
    byItself: likeliest.every(([, { byItself }]) => byItself),
    longest: Math.max(...longest.map(from => longestSeconds(explored, flow, from))),
    byState: longestByState(explored, flow, longest),
    measured,
  }
}
