import type { FlowSet, Node } from '../flow.ts'
import { inputsOf } from '../inputs.ts'
import type { FlowNeeds } from '../needs.ts'
import { beginning, sceneOf, standing, step } from '../step.ts'
import type { Effect, FlowState, Input } from '../turn.ts'
import type { Verb } from '../verb.ts'
import { type Course, courseAfter, courseKey, noCourse } from './course.ts'
import { type Kept, keptAfter, keptKey, nothingKept } from './kept.ts'
import { createStateKey } from './situation-key.ts'

/** A situation that a caller can be in, with the shortest way to it. */
export type Visit = {
  readonly state: FlowState
  readonly course: Course
  /** A recording was kept, a callback owed, an order's state told, a text sent, or a rating given. */
  readonly isServed: boolean
  /** Something that was to be done for the caller failed. */
  readonly isFailed: boolean
  readonly kept?: Kept
  readonly from?: Move
  /** Where each input that can come now leads. */
  readonly moves: readonly Move[]
}

export type Move = {
  readonly start: Visit
  readonly input: Input
  readonly effects: readonly Effect[]
  readonly end: Visit
}

export type Exploration = {
  readonly set: FlowSet
  readonly needs: FlowNeeds
  /** Every situation, nearest to a call's beginning first; the first ones are the beginnings, one a flow. */
  readonly visits: readonly Visit[]
  readonly moves: number
}

/**
 * Keys that lie typed ahead while another comes: three in all. The first is any; what follows it is the same again or
 * 0, since keys that lie ahead are heard one by one later, as if pressed then.
 */
const mostAhead = 2

/** Tries every input in every situation, breadth first: the first that shows something shows it in the fewest steps. */
export function explore(set: FlowSet, needs: FlowNeeds): Exploration {
  const keyOf = createVisitKey(set)
  const known = new Map<string, Visit>()
  const visits: Visit[] = []
  let moves = 0

  const meet = (visit: Visit): Visit => {
    const key = keyOf(visit)
    const met = known.get(key)
    if (met) return met
    known.set(key, visit)
    visits.push(visit)
    return visit
  }
  for (const flow of set.flows.keys()) {
    const kept = nothingKept(needs, flow)
    meet({ state: beginning(flow), course: noCourse, isServed: false, isFailed: false, kept, moves: [] })
  }
  // The list grows while it is walked.
  for (const visit of visits) {
    const found = visit.moves as Move[]
    for (const input of inputsAt(set, visit.state)) {
      const { state, effects } = step(set, visit.state, input)
      const end = meet({
        state,
        course: courseAfter(visit.course, input, effects),
        isServed: visit.isServed || serves(set, visit.state, input, state, effects),
        isFailed: visit.isFailed || fails(visit.state, input),
        kept: keptAfter(needs, visit.kept, sentBy(set, visit.state, input), effects),
        from: { start: visit, input, effects, end: visit },
        moves: [],
      })
      found.push({ start: visit, input, effects, end })
      moves++
    }
  }
  return { set, needs, visits, moves }
}

function inputsAt(set: FlowSet, state: FlowState): readonly Input[] {
  const inputs = inputsOf(set, state)
  const { held } = state
  if (held === '') return inputs
  return inputs.filter(
    input => input.kind !== 'key' || input.key === '0' || (input.key === held[0] && held.length < mostAhead),
  )
}

/** Beside what the state says: what goes on, and what was done for the caller so far. */
function createVisitKey(set: FlowSet): (visit: Visit) => string {
  const stateKey = createStateKey(set)
  return ({ state, course, isServed, isFailed, kept }) => {
    if (state.doing === 'over')
      return `over|${state.flow}|${state.node}|${isServed}|${isFailed}${keptKey(kept)}`
    const flags = courseKey(course) + (isServed ? 16 : 0) + (isFailed ? 32 : 0)
    return `${stateKey(state)}|${flags}${keptKey(kept)}`
  }
}

/** undefined before a call begins. */
export function whereIs(
  set: FlowSet,
  state: FlowState,
): { readonly node: Node; readonly verb: Verb } | undefined {
  return state.node === '' ? undefined : standing(sceneOf(set, state))
}

/** What people ring for was done by this step. */
function serves(
  set: FlowSet,
  before: FlowState,
  input: Input,
  after: FlowState,
  effects: readonly Effect[],
): boolean {
  if (input.kind === 'promised') return true
  switch (whereIs(set, before)?.verb.name) {
    case 'message':
    case 'text':
      return input.kind === 'actionDone'
    case 'status':
      return input.kind === 'actionDone' && after.node === before.node
    case 'rate':
      return effects.some(effect => effect.kind === 'collected')
    default:
      return false
  }
}

/** The template of a text that is known to be sent by this input. */
function sentBy(set: FlowSet, state: FlowState, input: Input): string | undefined {
  const there = input.kind === 'actionDone' ? whereIs(set, state) : undefined
  return there?.verb.name === 'text'
    ? (there.node.options as { readonly template: string }).template
    : undefined
}

const fails = ({ doing }: FlowState, { kind }: Input) =>
  kind === 'actionFailed' || (doing === 'acting' && kind === 'silence')
