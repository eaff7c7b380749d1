import type { FaultKinds } from '../foundation/index.ts'

export const trailFaults: FaultKinds = {}
