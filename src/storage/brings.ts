import { storageFaults } from './fault-kinds.ts'
import { spillHoldings, storageHoldings } from './spill-holding.ts'

/** What the house has to know of this room before it opens. */
export const storageBrings = { holdings: [...storageHoldings, ...spillHoldings], faults: storageFaults }
