/**
 * How many people it takes, and when: the formulas of call centres, what was asked and who was there by half-hour, and
 * the plan that comes of both.
 */

export { planCsv } from './csv.ts'
export { byErlangC, erlangB, erlangC, loadOf, type Prediction, type Traffic } from './erlang.ts'
export { byErlangA, type ImpatientTraffic } from './erlang-a.ts'
export { planningFaults } from './faults.ts'
export { readForecast } from './forecast-file.ts'
export { openPlanning, type Planning, type PlanningDependencies } from './planning.ts'
export { leastAgents, rosteredFor } from './staffing.ts'
