import { storageFaults } from './fault-kinds.ts'
import { spillHoldings, storageHoldings } from './spill-holding.ts'

/** What the product must know of this room before it starts. */
export const storageBrings = { holdings: [...storageHoldings, ...spillHoldings], faults: storageFaults }
