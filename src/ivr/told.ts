/** What flows use of the room `incidents`. */
export { mostTold, mostWords, type ToldIncident } from '../incidents/index.ts'
