import type { Flow, FlowSet, Node } from '../flow.ts'
import type { FlowState } from '../turn.ts'
import { type CheckDigit, checkHolds } from '../verbs/ask.ts'
import { verbNamed } from '../verbs.ts'

type Asked = ReadonlyMap<string, ReadonlySet<string>>

/**
 * Gives the same key for states that no input can tell apart. Of a number being keyed only its length and whether its first
 * and check digits are right matter; of the values only those that a branch ahead asks for; likewise the language.
 */
export function createStateKey(set: FlowSet): (state: FlowState) => string {
  const askedAhead = asksAhead(set)
  const asksLanguage = [...set.flows.values()].some(flow =>
    [...flow.nodes.values()].some(node => node.verb === 'branch' && tellsLanguages(node)),
  )
  return state => {
    const { flow, node, doing, phase, language, misses, digits, held, values, promised } = state
    const told = [...(askedAhead.get(`${flow}/${node}`) ?? [])].map(([name, known]) => {
      const value = values[name] ?? ''
      return known.has(value) ? value : '?'
    })
    const number = digits === '' ? '' : numberKey(set.flows.get(flow)?.nodes.get(node), digits)
    const spoken = asksLanguage ? language : ''
    return [flow, node, doing, phase, misses, number, held, spoken, promised, ...told].join('|')
  }
}

const tellsLanguages = ({ options }: Node) =>
  (options as { readonly cases: readonly { readonly when: { readonly language?: string } }[] }).cases.some(
    ({ when }) => when.language !== undefined,
  )

function numberKey(node: Node | undefined, digits: string): string {
  const { begins, check } = (node?.options ?? {}) as { readonly begins?: string; readonly check?: CheckDigit }
  const beginsWell = begins === undefined || begins.includes(digits.charAt(0))
  return `${digits.length}${beginsWell}${check !== undefined && checkHolds[check](digits)}`
}

/** For each node, the values that branches reachable from it ask for. */
function asksAhead(set: FlowSet): ReadonlyMap<string, Asked> {
  const ahead = new Map<string, Asked>()
  for (const flow of set.flows.values())
    for (const name of flow.nodes.keys()) ahead.set(`${flow.name}/${name}`, askedFrom(set, flow, name))
  return ahead
}

function askedFrom(set: FlowSet, flow: Flow, start: string): Asked {
  const asked = new Map<string, Set<string>>()
  const met = new Set<string>()
  const open: { readonly flow: Flow; readonly name: string }[] = []
  const go = (to: Flow, name: string) => {
    if (met.has(`${to.name}/${name}`)) return
    met.add(`${to.name}/${name}`)
    open.push({ flow: to, name })
  }
  go(flow, start)
  for (const { flow: here, name } of open) {
    go(here, here.person)
    const node = here.nodes.get(name)
    const verb = node && verbNamed(node.verb)
    if (!verb) continue
    for (const [value, known] of verb.asks?.(node.options) ?? [])
      asked.set(value, new Set([...(asked.get(value) ?? []), ...known]))
    for (const edge of verb.edges(node.options)) {
      const there = 'to' in edge ? here : set.flows.get(edge.flow)
      if (there) go(there, 'to' in edge ? edge.to : there.start)
    }
  }
  return asked
}
