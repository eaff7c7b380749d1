import type { Utterance } from '../speech/index.ts'
import type { Flow, FlowSet, Prompt } from './flow.ts'
import { verbNamed } from './verbs.ts'

/** Everything that the set can say as it stands, to be rendered before anyone hears it; what has gaps is not there yet. */
export function utterancesOf(set: FlowSet): readonly Utterance[] {
  return flowsOf(set).flatMap(flow => spoken(flow, [...flow.utterances.keys()]))
}

/** What callers hear in their first seconds: where each flow starts, one step on, and in the queue for a person. */
export function firstUtterancesOf(set: FlowSet): readonly Utterance[] {
  return flowsOf(set).flatMap(flow => {
    const next = edgesOf(flow, flow.start).flatMap(edge => ('to' in edge ? [edge.to] : []))
    const names = [...new Set([flow.start, ...next, flow.person])]
    return spoken(
      flow,
      names.flatMap(name => promptsOf(flow, name)),
    )
  })
}

const flowsOf = (set: FlowSet) => [...set.flows.values()]

const spoken = (flow: Flow, prompts: readonly Prompt[]) =>
  prompts.flatMap(prompt => [...(flow.utterances.get(prompt)?.values() ?? [])].filter(one => !one.once))

function edgesOf(flow: Flow, name: string) {
  const node = flow.nodes.get(name)
  return node ? (verbNamed(node.verb)?.edges(node.options) ?? []) : []
}

function promptsOf(flow: Flow, name: string): readonly Prompt[] {
  const node = flow.nodes.get(name)
  return node ? (verbNamed(node.verb)?.prompts(node.options) ?? []).map(({ prompt }) => prompt) : []
}
