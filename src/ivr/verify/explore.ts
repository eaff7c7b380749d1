import type { FlowSet, Node } from '../flow.ts'
import { inputsOf } from '../inputs.ts'
import type { FlowNeeds } from '../needs.ts'
import { noticesOf } from '../notices.ts'
import { beginning, sceneOf, standing, step } from '../step.ts'
import type { Effect, FlowState, Input } from '../turn.ts'
import type { Verb } from '../verb.ts'
import { type Course, courseAfter, courseKey, noCourse } from './course.ts'
import { isNoMore, type Kept, keptAfter, nothingKept } from './kept.ts'
import { createStateKey } from './situation-key.ts'

/** A situation that a caller can be in, with the shortest path to it. */
export type Visit = {
  readonly state: FlowState
  readonly course: Course
  readonly done: DoneSoFar
  readonly from?: Move
  /** Where each possible input leads. */
  readonly moves: readonly Move[]
}

/** What was done for the caller so far. It only grows, and more of it never breaks a rule. */
export type DoneSoFar = {
  /** A recording was saved, a callback owed, an order's status told, an SMS sent, or a rating given. */
  readonly isServed: boolean
  /** Something that should be done for the caller failed. */
  readonly isFailed: boolean
  /** The recording notice began to play; always true where no flow contains one. */
  readonly isTold: boolean
  readonly kept?: Kept
}

export type Move = {
  readonly start: Visit
  readonly input: Input
  readonly effects: readonly Effect[]
  /** What was done after the move. */
  readonly done: DoneSoFar
  /** The situation reached, with as much done or less. */
  readonly end: Visit
}

export type Exploration = {
  readonly set: FlowSet
  readonly needs: FlowNeeds
  /** Every situation, nearest to a call's beginning first. It starts with the beginnings, one per flow. */
  readonly visits: readonly Visit[]
  readonly moves: number
}

/**
 * Up to two keys are held while another comes. The first can be any key; those after it are the same key or 0, because held
 * keys are later heard one by one, as if pressed then.
 */
const mostAhead = 2

/**
 * Tries every input in every situation, breadth first, so that whatever is found is found in the fewest steps. A caller
 * who reaches a known situation with more done for them breaks no rule that the earlier one does not, and is not followed
 * further.
 */
export function explore(set: FlowSet, needs: FlowNeeds): Exploration {
  const keyOf = createVisitKey(set)
  const notices = noticesOf(set)
  const tells = (effect: Effect) =>
    effect.kind === 'say' && effect.utterances.some(({ prompt }) => notices.has(prompt ?? ''))
  const known = new Map<string, Visit[]>()
  const visits: Visit[] = []
  let moves = 0

  const meet = (visit: Visit): Visit => {
    const key = keyOf(visit)
    const alike = known.get(key)
    const met = alike?.find(({ done }) => isLess(done, visit.done))
    if (met) return met
    if (alike) alike.push(visit)
    else known.set(key, [visit])
    visits.push(visit)
    return visit
  }
  for (const flow of set.flows.keys()) {
    const done = {
      isServed: false,
      isFailed: false,
      isTold: notices.size === 0,
      kept: nothingKept(needs, flow),
    }
    meet({ state: beginning(flow), course: noCourse, done, moves: [] })
  }
  // The list grows during the loop.
  for (const visit of visits) {
    const found = visit.moves as Move[]
    for (const input of inputsAt(set, visit.state)) {
      const { state, effects } = step(set, visit.state, input)
      const done = {
        isServed: visit.done.isServed || serves(set, visit.state, input, state, effects),
        isFailed: visit.done.isFailed || fails(visit.state, input),
        isTold: visit.done.isTold || effects.some(tells),
        kept: keptAfter(needs, visit.done.kept, sentBy(set, visit.state, input), effects),
      }
      const course = courseAfter(visit.course, input, effects)
      const from = { start: visit, input, effects, done, end: visit }
      const end = meet({ state, course, done, from, moves: [] })
      found.push({ start: visit, input, effects, done, end })
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

/** A situation's key: its state, what is in progress, and the flow that the call began in, if that flow is needed for something. */
function createVisitKey(set: FlowSet): (visit: Visit) => string {
  const stateKey = createStateKey(set)
  return ({ state, course, done }) =>
    `${state.doing === 'over' ? `over|${state.flow}|${state.node}` : `${stateKey(state)}|${courseKey(course)}`}|${done.kept?.flow}`
}

const isLess = (one: DoneSoFar, other: DoneSoFar) =>
  one.isServed <= other.isServed &&
  one.isFailed <= other.isFailed &&
  one.isTold <= other.isTold &&
  isNoMore(one.kept, other.kept)

/** The node and verb of a state; undefined before a call begins. */
export function whereIs(
  set: FlowSet,
  state: FlowState,
): { readonly node: Node; readonly verb: Verb } | undefined {
  return state.node === '' ? undefined : standing(sceneOf(set, state))
}

/** Whether this step did what the caller rang for. */
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

/** The template of the SMS that this input confirms as sent, if any. */
function sentBy(set: FlowSet, state: FlowState, input: Input): string | undefined {
  const there = input.kind === 'actionDone' ? whereIs(set, state) : undefined
  return there?.verb.name === 'text'
    ? (there.node.options as { readonly template: string }).template
    : undefined
}

const fails = ({ doing }: FlowState, { kind }: Input) =>
  kind === 'actionFailed' || (doing === 'acting' && kind === 'silence')
