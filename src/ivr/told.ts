/** What the flow language knows of the room of incidents, for its verb and for whoever runs a flow. */
export { mostTold, mostWords, type ToldIncident } from '../incidents/index.ts'
