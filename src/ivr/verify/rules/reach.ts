import { sceneOf, standing } from '../../step.ts'
import { type Edge, unheard } from '../../verb.ts'
import type { Exploration } from '../explore.ts'
import type { Rule } from '../rule.ts'
import { passed } from './endings.ts'

type Stood = { readonly flow: string; readonly node: string }
const named = ({ flow, node }: Stood) => `${flow}/${node}`

/** The ways that were walked, as `from -> to` and `from -> to by key`. */
function walkedWays({ visits }: Exploration): ReadonlySet<string> {
  const walked = new Set<string>()
  for (const visit of visits)
    for (const move of visit.moves) {
      const { input, start } = move
      const byRule =
        input.kind === 'utterance' ||
        (input.kind === 'silence' && start.state.phase === unheard) ||
        (input.kind === 'key' && input.key === '0')
      const way = move.effects.length > 0 ? passed(move) : []
      for (const [index, stood] of way.slice(1).entries()) {
        const from = way[index]
        if (!from) continue
        walked.add(named(stood))
        if (byRule && !start.state.digits) continue
        walked.add(`${named(from)} -> ${named(stood)}`)
        const by = input.kind === 'key' ? `key ${input.key}` : input.kind
        if (index === 0) walked.add(`${named(from)} -> ${named(stood)} by ${by}`)
      }
    }
  return walked
}

function isWalked({ set }: Exploration, walked: ReadonlySet<string>, from: Stood, edge: Edge): boolean {
  const to =
    'to' in edge
      ? { flow: from.flow, node: edge.to }
      : { flow: edge.flow, node: set.flows.get(edge.flow)?.start ?? '' }
  const way = `${named(from)} -> ${named(to)}`
  const isNamedByInput = edge.label === 'silence' || edge.label.startsWith('key ')
  return walked.has(isNamedByInput ? `${way} by ${edge.label}` : way)
}

export const everyStateIsReached: Rule = {
  name: 'every-state-is-reached',
  says: 'Every state can be reached.',
  *check(explored) {
    const walked = walkedWays(explored)
    for (const flow of explored.set.flows.values())
      for (const node of flow.nodes.values()) {
        if (walked.has(named({ flow: flow.name, node: node.name }))) continue
        const expected = 'a way to it'
        yield { flow: flow.name, place: node.place, found: `"${node.name}", where nobody gets`, expected }
      }
  },
}

export const everyWayIsWalked: Rule = {
  name: 'every-way-is-walked',
  says: 'Every way out of a state can be taken.',
  *check(explored) {
    const walked = walkedWays(explored)
    const { set, visits } = explored
    for (const flow of set.flows.values())
      for (const name of flow.nodes.keys()) {
        const from = { flow: flow.name, node: name }
        if (!walked.has(named(from))) continue
        const visit = visits.find(({ state }) => state.flow === flow.name && state.node === name)
        if (!visit) continue
        const { node, verb } = standing(sceneOf(set, visit.state))
        for (const edge of verb.edges(node.options)) {
          if (isWalked(explored, walked, from, edge)) continue
          const to = 'to' in edge ? edge.to : edge.flow
          const found = `"${edge.label}" to "${to}" at "${name}", which nobody can take`
          yield { flow: flow.name, place: node.place, visit, found, expected: 'a way that somebody can take' }
        }
      }
  },
}
