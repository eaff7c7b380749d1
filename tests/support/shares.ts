import { monotonicMs } from '../../src/foundation/index.ts'
import { createShares, firstComeShares } from '../../src/telephony/index.ts'

/** So many lines, for whoever comes first. */
export const linesForAll = (most: number) => createShares({ most, ...firstComeShares }, monotonicMs)
