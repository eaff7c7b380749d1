import { type Cell, csvOf } from '../foundation/index.ts'
import type { Plan, PlanHalfHour } from './api.ts'

const columns: Readonly<Record<string, (halfHour: PlanHalfHour) => Cell>> = {
  start: ({ start }) => start,
  calls: ({ calls }) => calls,
  handlingSeconds: ({ handlingSeconds }) => rounded(handlingSeconds),
  patienceSeconds: ({ patienceSeconds }) => rounded(patienceSeconds),
  load: ({ load }) => rounded(load),
  agentsByC: ({ byC }) => byC.agents,
  rosteredByC: ({ byC }) => byC.rostered,
  levelByC: ({ byC }) => rounded(byC.level),
  waitSecondsByC: ({ byC }) => rounded(byC.waitSeconds),
  occupancyByC: ({ byC }) => rounded(byC.occupancy),
  agentsByA: ({ byA }) => byA.agents,
  rosteredByA: ({ byA }) => byA.rostered,
  levelByA: ({ byA }) => rounded(byA.level),
  waitSecondsByA: ({ byA }) => rounded(byA.waitSeconds),
  occupancyByA: ({ byA }) => rounded(byA.occupancy),
  abandonsByA: ({ byA }) => rounded(byA.abandons),
  signedIn: ({ there }) => rounded(there?.signedIn),
  working: ({ there }) => rounded(there?.working),
  talking: ({ there }) => rounded(there?.talking),
  predicted: ({ predicted }) => rounded(predicted),
  seen: ({ seen }) => rounded(seen),
}

/** The plan as CSV, one line per half-hour; unknown values are empty. */
export const planCsv = ({ halfHours }: Pick<Plan, 'halfHours'>): string =>
  csvOf([Object.keys(columns), ...halfHours.map(one => Object.values(columns).map(value => value(one)))])

const rounded = (value: number | undefined) =>
  value === undefined ? undefined : Math.round(value * 10_000) / 10_000
