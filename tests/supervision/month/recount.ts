/** What a month comes to, counted from the simulation's own books. */
import type { Book } from './books.ts'

/** Hours that returns cost, by the unit that returned and the one that it should be, the dearest first. */
export function lostByPair(books: readonly Book[], nowMs: number) {
  const pairs = new Map<
    string,
    { from: string; other: string; count: number; upheld: number; lostMs: number }
  >()
  for (const { from, target, sinceMs, decided } of books.flatMap(({ returns }) => returns)) {
    const isUpheld = decided?.outcome === 'upheld'
    const other = isUpheld ? decided.to : target
    const pair = pairs.get(`${from} ${other}`) ?? { from, other, count: 0, upheld: 0, lostMs: 0 }
    pair.count += 1
    pair.upheld += isUpheld ? 1 : 0
    pair.lostMs += (decided?.atMs ?? nowMs) - sinceMs
    pairs.set(`${from} ${other}`, pair)
  }
  const names = (one: { from: string; other: string }) => `${one.from} ${one.other}`
  return [...pairs.values()].sort(
    (one, other) => other.lostMs - one.lostMs || (names(one) < names(other) ? -1 : 1),
  )
}

type Answered = { readonly contacted: number; readonly solved: number; readonly satisfied: number }
const mean = (all: readonly number[]) => all.reduce((sum, one) => sum + one, 0) / all.length
const composite = (all: readonly Answered[]) =>
  0.3 * mean(all.map(one => one.contacted)) +
  0.35 * mean(all.map(one => one.solved)) +
  0.35 * mean(all.map(one => one.satisfied))

/** Of each unit's closings before then: how many were asked and answered, how citizens judged, and how all units are judged for such matters. */
export function composites(books: readonly Book[], untilMs: number) {
  const closings = books.flatMap(({ category, closings }) =>
    closings
      .filter(({ atMs }) => atMs < untilMs)
      .map(({ unit, answer }) => ({
        unit,
        category,
        answer: answer && {
          contacted: answer.contacted === 'yes' ? 1 : 0,
          solved: { yes: 1, partly: 0.5, no: 0 }[answer.solved],
          satisfied: answer.rating <= 3 ? 1 : 0,
        },
      })),
  )
  const answersOf = (of: Partial<(typeof closings)[number]>) =>
    closings.flatMap(({ unit, category, answer }) =>
      answer && unit === (of.unit ?? unit) && category === (of.category ?? category) ? [answer] : [],
    )
  return new Map(
    [...new Set(closings.map(({ unit }) => unit))].map(unit => {
      const own = closings.filter(one => one.unit === unit)
      const answered = own.filter(({ answer }) => answer !== undefined)
      const expected = mean(answered.map(({ category }) => composite(answersOf({ category }))))
      return [
        unit,
        { asked: own.length, answered: answered.length, composite: composite(answersOf({ unit })), expected },
      ]
    }),
  )
}
