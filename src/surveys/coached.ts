import type { SurveyRules } from './rules.ts'

/** One answer, as input to the search for patterns. */
export type GivenAnswer = {
  readonly unit: string
  readonly order: string
  /** A pseudonym of the citizen's number. */
  readonly citizen: string
  readonly via: 'call' | 'link'
  readonly atMs: number
  /** Contacted, solved and very satisfied. */
  readonly allBest: boolean
}

/** A pattern that suggests that citizens were told what to press. It is a suspicion only; a person has to check. */
export type Suspicion = {
  readonly unit: string
  readonly sign: 'all-best' | 'same-number' | 'links-in-a-row'
  readonly orders: readonly string[]
  readonly answers: number
}

const minuteMs = 60_000

/** Applies the city's rules; the same answers give the same suspicions. */
export function suspicionsIn(
  answers: readonly GivenAnswer[],
  rules: SurveyRules['coached'],
): readonly Suspicion[] {
  const suspicions: Suspicion[] = []
  for (const [unit, given] of grouped(answers, answer => answer.unit)) {
    const best = given.filter(answer => answer.allBest)
    const orders = (of: readonly GivenAnswer[]) => of.map(answer => answer.order)
    if (given.length >= rules.least && best.length / given.length >= rules.allBest)
      suspicions.push({ unit, sign: 'all-best', orders: [], answers: given.length })
    for (const same of grouped(best, answer => answer.citizen).values())
      if (same.length >= rules.sameNumber)
        suspicions.push({ unit, sign: 'same-number', orders: orders(same), answers: same.length })
    const row = longestRow(
      best.filter(answer => answer.via === 'link'),
      rules.linksWithinMinutes * minuteMs,
    )
    if (row.length >= rules.links)
      suspicions.push({ unit, sign: 'links-in-a-row', orders: orders(row), answers: row.length })
  }
  return suspicions
}

/** The most answers that lie within such a time of each other. */
function longestRow(answers: readonly GivenAnswer[], withinMs: number): readonly GivenAnswer[] {
  const sorted = answers.toSorted((a, b) => a.atMs - b.atMs)
  let best: readonly GivenAnswer[] = []
  let from = 0
  for (let until = 0; until < sorted.length; until++) {
    while (sorted[until]!.atMs - sorted[from]!.atMs > withinMs) from++
    if (until - from + 1 > best.length) best = sorted.slice(from, until + 1)
  }
  return best
}

function grouped<T>(all: readonly T[], keyOf: (one: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const one of all) {
    const group = groups.get(keyOf(one)) ?? []
    group.push(one)
    groups.set(keyOf(one), group)
  }
  return groups
}
