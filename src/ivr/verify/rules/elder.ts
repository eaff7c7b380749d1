import type { Flow, Node } from '../../flow.ts'
import { defaultLanguage } from '../../flow.ts'
import { step } from '../../step.ts'
import { verbNamed } from '../../verbs.ts'
import { type Exploration, type Visit, whereIs } from '../explore.ts'
import type { Finding, Rule } from '../rule.ts'
import { likeliestSeconds } from '../time.ts'
import { isFunctionFirst } from '../wording.ts'

const elderFlows = ({ set }: Exploration): readonly Flow[] =>
  [...set.flows.values()].filter(flow => flow.audience === 'elder')

const visitTo = ({ visits }: Exploration, flow: Flow, name: string): Visit | undefined =>
  visits.find(({ state }) => state.flow === flow.name && state.node === name)

function* atEach(
  explored: Exploration,
  find: (flow: Flow, node: Node) => readonly { readonly found: string; readonly expected: string }[],
): Generator<Finding> {
  for (const flow of elderFlows(explored))
    for (const node of flow.nodes.values())
      for (const finding of find(flow, node))
        yield { flow: flow.name, place: node.place, visit: visitTo(explored, flow, node.name), ...finding }
}

const keysOf = (node: Node): readonly string[] => {
  if (node.verb === 'rate') return ['1', '2', '3', '4', '5']
  if (node.verb === 'choose') return Object.keys((node.options as { readonly keys: object }).keys)
  const edges = verbNamed(node.verb)?.edges(node.options) ?? []
  return edges.flatMap(edge => (edge.label.startsWith('key ') ? [edge.label.slice('key '.length)] : []))
}

const mostChoices = 3

export const elderChoices: Rule = {
  name: 'elder-choices',
  says: 'An elder caller chooses among at most three, 0 included.',
  check: explored =>
    atEach(explored, (_, node) => {
      const choices = new Set([...keysOf(node), '0']).size
      const found = `${choices} choices at "${node.name}"`
      return choices > mostChoices ? [{ found, expected: `at most ${mostChoices}, 0 included` }] : []
    }),
}

const mostDepth = 2
const isMenu = (node: Node | undefined) => node?.verb === 'menu' || node?.verb === 'choose'

export const elderDepth: Rule = {
  name: 'elder-depth',
  says: 'An elder caller passes at most two menus.',
  check(explored) {
    const depths = new Map(elderFlows(explored).map(flow => [flow.name, depthsOf(flow)]))
    return atEach(explored, (flow, node) => {
      const depth = depths.get(flow.name)?.get(node.name) ?? 0
      const found = `"${node.name}" behind ${depth - 1} other menus`
      return isMenu(node) && depth > mostDepth ? [{ found, expected: `at most ${mostDepth} menus` }] : []
    })
  },
}

/** The fewest menus on any path to each node, the node included. */
function depthsOf(flow: Flow): ReadonlyMap<string, number> {
  const depths = new Map<string, number>()
  let level: readonly string[] = [flow.start]
  const weightOf = (name: string) => (isMenu(flow.nodes.get(name)) ? 1 : 0)
  for (const name of level) depths.set(name, weightOf(name))
  while (level.length > 0) {
    const next: string[] = []
    for (const name of level) {
      const node = flow.nodes.get(name)
      for (const edge of (node && verbNamed(node.verb)?.edges(node.options)) ?? []) {
        if (!('to' in edge)) continue
        const depth = (depths.get(name) ?? 0) + weightOf(edge.to)
        if (depth >= (depths.get(edge.to) ?? Number.POSITIVE_INFINITY)) continue
        depths.set(edge.to, depth)
        next.push(edge.to)
      }
    }
    level = next
  }
  return depths
}

const patienceMs = { least: 8000, most: 10_000 }
const inSeconds = (ms: number) => `${ms / 1000} s`

export const elderPatience: Rule = {
  name: 'elder-patience',
  says: 'An elder caller has 8 to 10 s to think.',
  *check(explored) {
    const expected = `${inSeconds(patienceMs.least)} to ${inSeconds(patienceMs.most)}`
    const isKind = (ms: number) => ms >= patienceMs.least && ms <= patienceMs.most
    for (const flow of elderFlows(explored))
      if (!isKind(flow.patienceMs))
        yield {
          flow: flow.name,
          place: flow.place,
          visit: visitTo(explored, flow, flow.start),
          found: `a patience of ${inSeconds(flow.patienceMs)}`,
          expected,
        }
    yield* atEach(explored, (_, node) => {
      const { patience } = node.options as { readonly patience?: number }
      if (patience === undefined || isKind(patience)) return []
      return [{ found: `a patience of ${inSeconds(patience)} at "${node.name}"`, expected }]
    })
  },
}

const rate = { least: 120, most: 160 }

export const elderPace: Rule = {
  name: 'elder-pace',
  says: 'An elder caller hears 120 to 160 syllables a minute.',
  *check(explored) {
    for (const flow of elderFlows(explored)) {
      const { syllablesPerMinute: pace } = flow
      if (pace >= rate.least && pace <= rate.most) continue
      const visit = visitTo(explored, flow, flow.start)
      const expected = `${rate.least} to ${rate.most}`
      yield { flow: flow.name, place: flow.place, visit, found: `${pace} syllables a minute`, expected }
    }
  },
}

export const elderWording: Rule = {
  name: 'elder-wording',
  says: 'An elder caller hears what a key does before which key it is.',
  check: explored =>
    atEach(explored, (_, node) =>
      (verbNamed(node.verb)?.prompts(node.options) ?? []).flatMap(({ prompt }) =>
        Object.values(prompt)
          .filter(text => !isFunctionFirst(text))
          .map(text => ({ found: `"${text}"`, expected: 'what a key does, and then the key' })),
      ),
    ),
}

export const elderSilence: Rule = {
  name: 'elder-silence',
  says: "An elder caller's silence at a question is a person.",
  *check(explored) {
    const { set, visits } = explored
    for (const visit of visits) {
      const { state, course } = visit
      const node = whereIs(set, state)?.node
      const isAsked = node && ['menu', 'choose', 'rate', 'ask'].includes(node.verb)
      if (!isAsked || state.doing !== 'waiting' || course.waitMs === undefined) continue
      if (set.flows.get(state.flow)?.audience !== 'elder' || state.phase !== '' || state.digits !== '')
        continue
      const silence = { kind: 'silence' } as const
      const next = step(set, state, silence)
      if (next.effects.some(effect => effect.kind === 'queue')) continue
      yield {
        flow: state.flow,
        place: node.place,
        visit,
        further: [silence],
        found: `silence that leads to "${next.state.node}"`,
        expected: 'a person',
      }
    }
  },
}

const mostSeconds = 20

export const elderHaste: Rule = {
  name: 'elder-haste',
  says: 'An elder caller is in the queue at most 20 s after the greeting began.',
  *check(explored, durations) {
    for (const flow of elderFlows(explored))
      for (const language of explored.set.languages.keys()) {
        const { seconds } = likeliestSeconds(explored.set, flow.name, language, durations)
        if (seconds <= mostSeconds) continue
        const visit = visitTo(explored, flow, flow.start)
        const found = `${seconds.toFixed(1)} s${language === defaultLanguage ? '' : ` in ${language}`}`
        yield { flow: flow.name, place: flow.place, visit, found, expected: `at most ${mostSeconds} s` }
      }
  },
}
