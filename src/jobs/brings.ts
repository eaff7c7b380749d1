import { jobFaults } from './faults.ts'
import { jobHoldings } from './holdings.ts'

/** What the product must know of this room before it starts. */
export const jobBrings = { holdings: jobHoldings, faults: jobFaults }
