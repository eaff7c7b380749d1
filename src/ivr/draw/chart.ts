import type { Flow, Prompt } from '../flow.ts'
import { verbNamed } from '../verbs.ts'

/** A flow as a graph: its states and the ways between them, except key 0. */
export type Chart = {
  readonly boxes: readonly Box[]
  readonly ways: readonly ChartWay[]
}

export type Box = {
  /** The state's name, or `flow:` and the name of another flow. */
  readonly id: string
  readonly name: string
  /** The verb, or `flow` for another flow that the call goes on in. */
  readonly kind: string
  readonly isStart: boolean
  readonly isPerson: boolean
  /** The first prompt of the state. */
  readonly says?: Prompt
}

export type ChartWay = { readonly from: string; readonly to: string; readonly labels: readonly string[] }

export function chartOf(flow: Flow): Chart {
  const states = [...flow.nodes.values()].map((node): Box => {
    const says = verbNamed(node.verb)?.prompts(node.options)[0]?.prompt
    return {
      id: node.name,
      name: node.name,
      kind: node.verb,
      isStart: node.name === flow.start,
      isPerson: node.name === flow.person,
      says,
    }
  })
  const edges = [...flow.nodes.values()].flatMap(node =>
    (verbNamed(node.verb)?.edges(node.options) ?? []).map(edge => ({
      from: node.name,
      to: 'to' in edge ? edge.to : `flow:${edge.flow}`,
      label: edge.label,
    })),
  )
  const others = [...new Set(edges.map(({ to }) => to).filter(to => to.startsWith('flow:')))].map(
    (id): Box => ({ id, name: id.slice('flow:'.length), kind: 'flow', isStart: false, isPerson: false }),
  )
  const ways = new Map<string, ChartWay>()
  for (const { from, to, label } of edges) {
    const key = `${from} ${to}`
    const labels = [...(ways.get(key)?.labels ?? []), label]
    ways.set(key, { from, to, labels })
  }
  return { boxes: [...states, ...others], ways: [...ways.values()] }
}
