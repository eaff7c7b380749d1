import type { Call } from './call.ts'

/**
 * The number of whoever is on the other side, where somebody whom we trust says that it is theirs, and empty otherwise:
 * what is known of a number, what was said to it and what is sent to it is for whoever proves to have it.
 */
export const provedCaller = ({
  direction,
  caller,
  called,
  isProved,
}: Pick<Call, 'direction' | 'caller' | 'called' | 'isProved'>) =>
  direction === 'out' ? called : isProved === false ? '' : caller
