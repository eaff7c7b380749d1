import type { Effect } from '../../turn.ts'
import { type Exploration, type Move, whereIs } from '../explore.ts'
import type { Finding, Rule } from '../rule.ts'

/** The states that a move passes through, starting with the one that it began in. */
export function passed({ start, effects }: Move): readonly { flow: string; node: string }[] {
  return [
    { flow: start.state.flow, node: start.state.node },
    ...effects.flatMap(effect => entryIn(effect) ?? []),
  ]
}

/** The state that this effect says the call has entered, if it says so. */
export const entryIn = (effect: Effect): { flow: string; node: string } | undefined =>
  effect.kind === 'journal' && effect.fact.kind === 'flow'
    ? { flow: effect.fact.flow, node: effect.fact.state ?? '' }
    : undefined
const isEntry = (effect: Effect) => entryIn(effect) !== undefined

/** Whether a key with a meaning, pressed now or held, led along this move. */
function isChosen({ set }: Exploration, move: Move): boolean {
  const way = passed(move)
  const from = way.at(-2)
  const to = way.at(-1)
  if (move.input.kind !== 'key' && move.start.state.held === '') return false
  const at = from && whereIs(set, { ...move.start.state, ...from })
  const keys = (at?.verb.edges(at.node.options) ?? []).filter(edge => edge.label.startsWith('key '))
  const given = move.input.kind === 'key' ? [...move.start.state.held, move.input.key] : move.start.state.held
  return keys.some(
    edge => 'to' in edge && edge.to === to?.node && [...given].includes(edge.label.slice('key '.length)),
  )
}

function findingOf(explored: Exploration, move: Move): Finding | undefined {
  const { flow, node } = passed(move).at(-1) ?? { flow: '', node: '' }
  const there = whereIs(explored.set, { ...move.start.state, flow, node })
  if (there?.verb.name !== 'hangup') return undefined
  const { because } = there.node.options as { readonly because: string }
  const holds =
    (because === 'done' && move.done.isServed) ||
    (because === 'failed' && move.done.isFailed) ||
    (because === 'chosen' && isChosen(explored, move))
  if (holds) return undefined
  const expected = {
    done: 'their business done before: a recording kept, a status told, a rating given or a text sent',
    failed: 'something that was to be done for them to have failed',
    chosen: 'a key of theirs that means it',
  }[because]
  const detail = { found: `a hang-up at "${node}", "${because}"`, expected: expected ?? 'a reason' }
  return { flow, place: there.node.place, visit: move.start, further: [move.input], ...detail }
}

export const nobodyIsHungUpOn: Rule = {
  name: 'nobody-is-hung-up-on',
  says: "No path ends in a hang-up before the caller's business is done, unless they chose it.",
  *check(explored) {
    for (const visit of explored.visits)
      for (const move of visit.moves) {
        if (!move.effects.some(effect => isEntry(effect) || effect.kind === 'hangup')) continue
        const finding = move.effects.some(isEntry) && findingOf(explored, move)
        if (finding) yield finding
        const isEnd = move.effects.some(effect => effect.kind === 'hangup')
        if (!isEnd || whereIs(explored.set, move.end.state)?.verb.name === 'hangup') continue
        const node = whereIs(explored.set, visit.state)?.node
        if (node)
          yield {
            flow: visit.state.flow,
            place: node.place,
            visit,
            further: [move.input],
            found: `a hang-up from "${node.name}"`,
            expected: 'the verb hangup, which says why',
          }
      }
  },
}
