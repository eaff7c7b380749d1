import { textFaults } from './faults.ts'
import { textHoldings } from './holdings.ts'

/** What the house has to know of this room before it opens. */
export const textBrings = { holdings: textHoldings, faults: textFaults }
