/**
 * Known incidents, such as a street without water until 18:00. Callers are told before they wait, and those affected are
 * counted without an order each; pages show the same. Each incident has an end, at which it ends by itself, because a text
 * that outlives its cause misleads callers.
 */

export {
  type IncidentChange,
  type IncidentDetail,
  type IncidentView,
  mostWords,
  type NewIncident,
  type PublicIncident,
} from './api.ts'
export { incidentBrings } from './brings.ts'
export type { IncidentFaultCode } from './faults.ts'
export { checkIncident, currentOf, stateOf, wordsIn } from './incident.ts'
export { type Incidents, mostTold, openIncidents, type ToldIncident } from './incidents.ts'
export { incidentMigrations } from './migrations.ts'
