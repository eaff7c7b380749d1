import type { Place } from '../../../foundation/index.ts'
import type { FlowNeed } from '../../needs.ts'
import type { Effect } from '../../turn.ts'
import { type Exploration, type Move, type Visit, whereIs } from '../explore.ts'
import { owed } from '../kept.ts'
import type { Finding, Rule } from '../rule.ts'
import { entryIn } from './endings.ts'

/** A state that collects a value, with all values that were seen there. */
type Collecting = {
  readonly name: string
  readonly flow: string
  readonly place: Place
  readonly visit: Visit
  readonly values: Set<string>
}

export const whatIsNeededIsCollected: Rule = {
  name: 'what-is-needed-is-collected',
  says: 'A call that ends as it was meant to has collected what its flow is used for.',
  *check(explored) {
    for (const [name, need] of Object.entries(explored.needs)) {
      const flow = explored.set.flows.get(name)
      if (!flow) continue
      const moves = explored.visits
        .filter(({ done }) => done.kept?.flow === name)
        .flatMap(visit => visit.moves)
      const done = [...doneIn(explored, moves)]
      const findings = amiss(need, collectingIn(done), { flow: name, place: flow.place })
      yield* findings.map(({ finding }) => finding)
      const mended = new Set(findings.map(one => one.name))
      yield* endsTooSoon(explored, need, mended, moves)
      yield* lostRecordings(need, done)
    }
  },
}

/** Something that a call does in a state. */
type Done = Pick<Finding, 'flow' | 'place'> & {
  readonly node: string
  readonly effect: Effect
  readonly move: Move
}

function* doneIn({ set }: Exploration, moves: readonly Move[]): Iterable<Done> {
  for (const move of moves) {
    const { state } = move.start
    let at = { flow: state.flow, node: state.node }
    for (const effect of move.effects) {
      at = entryIn(effect) ?? at
      yield { ...at, place: whereIs(set, { ...state, ...at })?.node.place ?? '', effect, move }
    }
  }
}

/** Needed names that no state collects, and states that collect other values under them. */
const amiss = (
  { answers, offers = {} }: FlowNeed,
  collecting: readonly Collecting[],
  whole: Pick<Finding, 'flow' | 'place'>,
): readonly { readonly name: string; readonly finding: Finding }[] => {
  const needed = { ...offers, ...answers }
  const others = collecting.filter(({ name }) => needed[name] === undefined)
  return Object.entries(needed).flatMap(([name, values]) => {
    const expected = `a state that collects "${name}" with ${values.join(', ')}`
    const states = collecting.filter(one => one.name === name)
    const meant = likest(others, values)
    const wrong =
      states.length > 0 ? states.filter(state => !isSame(state.values, values)) : meant ? [meant] : []
    if (states.length === 0 && !meant)
      return [{ name, finding: { ...whole, found: `no state that collects "${name}"`, expected } }]
    return wrong.map(({ flow, place, visit, ...found }) => ({
      name,
      finding: { flow, place, visit, found: inWords(found), expected },
    }))
  })
}

/** @param mended names for which another finding already says how to collect them */
function* endsTooSoon(
  explored: Exploration,
  need: FlowNeed,
  mended: ReadonlySet<string>,
  moves: readonly Move[],
): Iterable<Finding> {
  for (const { start: visit, input, effects, end, done } of moves) {
    if (!done.kept || !effects.some(({ kind }) => kind === 'hangup')) continue
    const there = whereIs(explored.set, end.state)
    const options = there?.node.options as { readonly because?: string } | undefined
    const missing = owed(need, done.kept).filter(name => !mended.has(name))
    if (!there || options?.because !== 'done' || missing.length === 0) continue
    yield {
      flow: end.state.flow,
      place: there.node.place,
      visit,
      further: [input],
      found: `an end at "${there.node.name}" without ${missing.map(name => `"${name}"`).join(' and ')}`,
      expected: 'all that is asked for to be collected on every way there',
    }
  }
}

function* lostRecordings({ recordings }: FlowNeed, done: readonly Done[]): Iterable<Finding> {
  const told = new Set<Place>()
  for (const { flow, place, effect, move } of done) {
    if (effect.kind !== 'record' || !recordings || recordings.includes(effect.name) || told.has(place))
      continue
    told.add(place)
    const found = `a recording "${effect.name}", which nobody listens to`
    const expected = `one of ${recordings.join(', ')}`
    yield { flow, place, visit: move.start, further: [move.input], found, expected }
  }
}

function collectingIn(done: readonly Done[]): readonly Collecting[] {
  const found = new Map<string, Collecting>()
  for (const { flow, node, place, effect, move } of done) {
    if (effect.kind !== 'collected') continue
    const key = `${flow} ${node} ${effect.name}`
    const state = found.get(key) ?? { name: effect.name, flow, place, visit: move.start, values: new Set() }
    state.values.add(effect.value)
    found.set(key, state)
  }
  return [...found.values()]
}

/** The state that was most probably meant: the one that shares the most values. */
function likest(states: readonly Collecting[], values: readonly string[]): Collecting | undefined {
  const shared = (state: Collecting) => values.filter(value => state.values.has(value)).length
  const [best] = [...states].sort((one, other) => shared(other) - shared(one))
  return best && shared(best) > 0 ? best : undefined
}

const inWords = ({ name, values }: Pick<Collecting, 'name' | 'values'>) =>
  `"${name}" with ${[...values].join(', ')}`
const isSame = (found: ReadonlySet<string>, values: readonly string[]) =>
  found.size === values.length && values.every(value => found.has(value))
