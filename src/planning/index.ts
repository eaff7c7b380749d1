/**
 * Staff planning: the Erlang formulas of call centres, the calls and the staff of past half-hours, and the resulting plan.
 */

export { planCsv } from './csv.ts'
export { byErlangC, erlangB, erlangC, loadOf, type Prediction, type Traffic } from './erlang.ts'
export { byErlangA, type ImpatientTraffic } from './erlang-a.ts'
export { planningFaults } from './faults.ts'
export { readForecast } from './forecast-file.ts'
export { openPlanning, type Planning, type PlanningDependencies } from './planning.ts'
export { leastAgents, rosteredFor } from './staffing.ts'
