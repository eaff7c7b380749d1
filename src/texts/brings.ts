import { textFaults } from './faults.ts'
import { textHoldings } from './holdings.ts'

/** What the product must know of this room before it starts. */
export const textBrings = { holdings: textHoldings, faults: textFaults }
