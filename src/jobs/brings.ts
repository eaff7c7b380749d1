import { jobFaults } from './faults.ts'
import { jobHoldings } from './holdings.ts'

/** What the house has to know of this room before it opens. */
export const jobBrings = { holdings: jobHoldings, faults: jobFaults }
