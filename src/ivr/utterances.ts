import type { Utterance } from '../speech/index.ts'
import type { Flow, FlowSet, Prompt } from './flow.ts'
import { dueGap, fill, noticeGaps, placeholder, tellsOfOne, withoutDue } from './speak.ts'
import type { Values } from './turn.ts'
import { verbNamed } from './verbs.ts'

/** All utterances of a set that can be rendered in advance; those with a caller's values cannot. */
export function utterancesOf(set: FlowSet): readonly Utterance[] {
  return flowsOf(set).flatMap(flow => spoken(set, flow, [...flow.utterances.keys()]))
}

/** The utterances of a caller's first seconds: at each flow's start, one step later, and in the queue for a person. */
export function firstUtterancesOf(set: FlowSet): readonly Utterance[] {
  return flowsOf(set).flatMap(flow => {
    const next = edgesOf(flow, flow.start).flatMap(edge => ('to' in edge ? [edge.to] : []))
    const names = [...new Set([flow.start, ...next, flow.person])]
    return spoken(
      set,
      flow,
      names.flatMap(name => promptsOf(flow, name)),
    )
  })
}

/** The utterances for places `first` to `last` in the queue, in order, without an estimate of the wait. */
export function placeUtterancesOf(set: FlowSet, first: number, last: number): readonly Utterance[] {
  const told = flowsOf(set)
    .flatMap(flow => [...flow.utterances.values()])
    .flatMap(spoken => [...spoken.values()])
    .filter(utterance => utterance.once && utterance.text.includes('{place}') && !tellsOfOne(utterance))
  const places = Array.from({ length: last - first + 1 }, (_, index) => String(first + index))
  return places.flatMap(place => told.map(utterance => fill(set, utterance, { place })))
}

const flowsOf = (set: FlowSet) => [...set.flows.values()]

/** Prompts as they are spoken: notices with and without their sentence, callback promises without a time. */
const spoken = (set: FlowSet, flow: Flow, prompts: readonly Prompt[]) =>
  prompts.flatMap(prompt =>
    [...(flow.utterances.get(prompt)?.values() ?? [])].flatMap(one => {
      if (!one.once) return [one]
      const gaps = [...one.text.matchAll(placeholder)].map(([, name]) => name)
      const notices = noticeGaps.filter(gap => gaps.includes(gap))
      if (!gaps.every(gap => gap === dueGap || notices.some(notice => notice === gap)))
        return withoutDue(set, one) ?? []
      return eachWith(notices).map(values => fill(set, one, values))
    }),
  )

/** All combinations of the notices being on and off. */
const eachWith = (notices: readonly string[]): readonly Values[] =>
  notices.reduce<readonly Values[]>(
    (all, notice) => all.flatMap(values => [{ ...values, [notice]: 'yes' }, values]),
    [{}],
  )

function edgesOf(flow: Flow, name: string) {
  const node = flow.nodes.get(name)
  return node ? (verbNamed(node.verb)?.edges(node.options) ?? []) : []
}

function promptsOf(flow: Flow, name: string): readonly Prompt[] {
  const node = flow.nodes.get(name)
  return node ? (verbNamed(node.verb)?.prompts(node.options) ?? []).map(({ prompt }) => prompt) : []
}
