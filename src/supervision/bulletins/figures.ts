import type { BehindQuery, Ranking } from '../api.ts'
import type { MonthChange } from '../changes.ts'
import type { Deduction } from '../deductions/api.ts'
import type { RankableUnit } from '../group.ts'
import type { Supervision } from '../supervision.ts'
import type { BulletinFigures } from './api.ts'

type Ground = {
  readonly supervision: Pick<Supervision, 'monthly' | 'behind'>
  readonly units: ReadonlyMap<string, RankableUnit>
  /** Those that two persons confirmed for what happened in a month, and that nobody appeals against. */
  confirmedIn(month: { readonly fromMs: number; readonly untilMs: number }): Promise<readonly Deduction[]>
}

/** Bad answers, each with how often it was given. */
const answers: readonly (readonly [BehindQuery['answer'], (tally: RankedUnit['tally']) => number])[] = [
  ['not-contacted', ({ contacted }) => contacted.no],
  ['not-solved', ({ solved }) => solved.no],
  ['dissatisfied', ({ ratings }) => (ratings[3] ?? 0) + (ratings[4] ?? 0)],
]
type RankedUnit = Ranking['groups'][number]['units'][number]

const mostOrders = 50
const mostKinds = 3

/** What a bulletin says in figures. @param district of the units that it is about; all when empty */
export async function bulletinFigures(
  { supervision, units, confirmedIn }: Ground,
  month: string,
  district: string,
): Promise<BulletinFigures> {
  const isTold = (unit: string) => district === '' || units.get(unit)?.area?.district === district
  const { ranking: whole, changes } = await supervision.monthly(month)
  const ranking = { ...whole, groups: groupsOf(whole, isTold) }
  const told = ranking.groups.flatMap(group => group.units)
  const deductions = (await confirmedIn(whole)).filter(
    ({ unit, notice }) => isTold(unit) && (notice === 'city' || (notice === 'district' && district !== '')),
  )
  return {
    ranking,
    changes: told.flatMap(({ unit, name }) => changeShown(changes.get(unit), unit, name)),
    deductions: deductions.map(({ id, order, unit, reason, points, factAtMs }) => ({
      id,
      order,
      unit,
      name: units.get(unit)?.name ?? unit,
      reason,
      points,
      factAtMs,
    })),
    annex: await annexOf(supervision, month, told),
  }
}

/** A rank is of the whole city, in a district's bulletin, too. */
const groupsOf = ({ groups }: Ranking, isTold: (unit: string) => boolean): Ranking['groups'] =>
  groups.flatMap(group => {
    const told = group.units.filter(({ unit }) => isTold(unit))
    return told.length === 0 ? [] : [{ ...group, units: told }]
  })

const changeShown = (
  change: MonthChange | undefined,
  unit: string,
  name: string,
): BulletinFigures['changes'][number][] =>
  change === undefined ? [] : [{ unit, name, ...change, kinds: change.kinds.slice(0, mostKinds) }]

async function annexOf(
  supervision: Pick<Supervision, 'behind'>,
  month: string,
  units: readonly RankedUnit[],
): Promise<BulletinFigures['annex']> {
  const annex: BulletinFigures['annex'][number][] = []
  for (const { unit, tally } of units)
    for (const [answer, countOf] of answers) {
      const count = countOf(tally)
      if (count === 0) continue
      const { orders } = await supervision.behind({ month, unit, answer })
      const numbers = orders.slice(0, mostOrders).map(({ order }) => order)
      if (orders.length > 0) annex.push({ unit, answer, orders: numbers, count })
    }
  return annex
}
