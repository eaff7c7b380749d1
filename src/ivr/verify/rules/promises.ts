import type { FlowSet } from '../../flow.ts'
import { isPromise } from '../../promise.ts'
import { numberValue } from '../../speak.ts'
import { verbNamed } from '../../verbs.ts'
import type { Exploration, Visit } from '../explore.ts'
import type { Rule } from '../rule.ts'

/** The names of prompts that promise a callback, with the states that say them. */
function promisesIn(set: FlowSet) {
  const found = new Map<string, { readonly flow: string; readonly place: string; readonly node: string }>()
  for (const flow of set.flows.values())
    for (const node of flow.nodes.values()) {
      const verb = verbNamed(node.verb)
      // It speaks about an order, and the order itself promises its unit's contact and the survey call.
      if (!verb || verb.name === 'status') continue
      for (const { prompt } of verb.prompts(node.options))
        if (isPromise(prompt))
          for (const { prompt: name } of flow.utterances.get(prompt)?.values() ?? [])
            if (name !== undefined) found.set(name, { flow: flow.name, place: node.place, node: node.name })
    }
  return found
}

/** Each situation in which a callback is promised. */
function* promisesSaid({ set, visits }: Pick<Exploration, 'set' | 'visits'>) {
  const promised = promisesIn(set)
  if (promised.size === 0) return
  for (const visit of visits)
    for (const { input, effects, end } of visit.moves)
      for (const effect of effects) {
        if (effect.kind !== 'say') continue
        const said = effect.utterances.map(({ prompt }) => promised.get(prompt ?? '')).find(Boolean)
        if (said) yield { ...said, visit, further: [input], state: end.state }
      }
}

export const whatIsPromisedIsOwed: Rule = {
  name: 'what-is-promised-is-owed',
  says: 'Nobody is told that they will be called back before that is owed to them.',
  *check(explored) {
    for (const { node, state, ...where } of promisesSaid(explored))
      if (!state.promised)
        yield {
          ...where,
          found: `"${node}" promises a callback that nobody owes`,
          expected: '`promise: callback` in it or before it on every way, or words that promise none',
        }
  },
}

/** Survey calls are exempt: whoever they ring has a number. */
export const whoIsPromisedHasANumber: Rule = {
  name: 'who-is-promised-has-a-number',
  says: 'Nobody is told that they will be called back while nobody knows their number.',
  *check(explored) {
    for (const { node, state, ...where } of promisesSaid(explored))
      if (state.values[numberValue] === '' && !(beginsIn(where.visit) in explored.needs))
        yield {
          ...where,
          found: `"${node}" promises a call to somebody whose number is withheld`,
          expected: 'a branch before it that asks for the number where `caller` is empty',
        }
  },
}

/** The flow in which the call began. */
function beginsIn(visit: Visit): string {
  let first = visit
  while (first.from) first = first.from.start
  return first.state.flow
}
