import { type Exploration, type Move, type Visit, whereIs } from '../explore.ts'
import type { Rule } from '../rule.ts'
import { isCallers, joinsLine } from '../time.ts'

export const nothingGoesRound: Rule = {
  name: 'nothing-goes-round',
  says: 'No cycle without the caller doing something; to wait in the queue, or to be led to it again after a silence, is none.',
  *check(explored) {
    const settled = new Set<Visit>()
    for (const visit of explored.visits) {
      const cycle = cycleFrom(explored, visit, settled)
      const [first] = cycle
      const node = first && whereIs(explored.set, first.start.state)?.node
      if (!first || !node) continue
      const way = [...new Set(cycle.map(move => move.end.state.node))].join(', ')
      yield {
        flow: first.start.state.flow,
        place: node.place,
        visit: first.start,
        further: cycle.map(move => move.input),
        found: `a way round by itself: ${way}`,
        expected: 'something that ends it, or asks the caller',
      }
    }
  },
}

type Walked = { readonly visit: Visit; readonly ways: Iterator<Move>; readonly by?: Move }

/** Searches depth first, without recursion because paths can be long. */
function cycleFrom(explored: Exploration, start: Visit, settled: Set<Visit>): readonly Move[] {
  const trail: Walked[] = []
  const onTrail = new Set<Visit>()
  const walk = (visit: Visit, by?: Move) => {
    trail.push({ visit, ways: silentWays(explored, visit)[Symbol.iterator](), by })
    onTrail.add(visit)
  }
  if (!settled.has(start)) walk(start)
  for (let top = trail.at(-1); top; top = trail.at(-1)) {
    const next = top.ways.next()
    if (next.done) {
      settled.add(top.visit)
      onTrail.delete(top.visit)
      trail.pop()
    } else if (onTrail.has(next.value.end)) {
      const from = trail.findIndex(({ visit }) => visit === next.value.end)
      for (const { visit } of trail) settled.add(visit)
      return [...trail.slice(from + 1).flatMap(({ by }) => (by ? [by] : [])), next.value]
    } else if (!settled.has(next.value.end)) walk(next.value.end, next.value)
  }
  return []
}

const silentWays = ({ set }: Exploration, visit: Visit): readonly Move[] =>
  visit.moves.filter(move => !isCallers(move.input) && !isWaiting(set, visit, move) && !asksAgain(move))

/** Whether silence leads to the queue. It may do so again after the queue was full, because there may be room now. */
const asksAgain = (move: Move) => move.input.kind === 'silence' && joinsLine(move)

/** Whether this is waiting in the queue, with a reassurance now and then. */
function isWaiting(set: Exploration['set'], { state }: Visit, move: Move): boolean {
  const isInLine = move.end.course.line && whereIs(set, state)?.verb.name === 'queue'
  return isInLine && move.end.state.node === state.node && !joinsLine(move)
}
