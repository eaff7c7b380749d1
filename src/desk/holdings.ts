import type { Holding } from '../storage/index.ts'

export const deskHoldings: readonly Holding[] = [
  { name: 'seats', nobody: 'posts of those who work here, with their telephones, until they are removed' },
  { name: 'seat_states', nobody: 'how long posts were in which state' },
  { name: 'desk_acts', nobody: 'what supervisors did; of a call its id alone' },
]
