/** What other subjects have to say on a page of its own: a subject that leaves takes its line here along. */
export { CurrentIncidents as NoticesForAll } from '../incidents/current.tsx'
export { IncidentsToAsk as NoticesForSupervisors } from '../incidents/ending.tsx'
