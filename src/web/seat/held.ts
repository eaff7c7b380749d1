import type { SuggestionShown } from '../../http/contract.ts'

type Found = SuggestionShown['found']

/** Suggestions as they stand on the page, and how often the first three were others since they had to hold still. */
export type HeldSuggestions = {
  readonly found: Found
  readonly isUnsure: boolean
  /** How much had been said when they last became others. */
  readonly length: number
  readonly changes: number
}

/** So much must have been said before anything is suggested. */
export const firstLength = 30
/** From here on whoever reads them must be able to: the first three become others at most so often. */
export const stillLength = 80
export const mostChanges = 2
/** And not before so much more was said. */
const apart = 40

/** By so much one must be surer than one above it before the three that hold still are put in order again. */
const clearlySurer = 0.1

/**
 * What is shown once the house has answered for a text of this length. Figures follow what is said; which three there are holds,
 * and so does their order, as long as none stands under one that is clearly less sure.
 */
export function heldAfter(
  before: HeldSuggestions | undefined,
  length: number,
  said: SuggestionShown,
): HeldSuggestions | undefined {
  if (length < firstLength || said.found.length === 0) return before
  const fresh: HeldSuggestions = { ...said, length, changes: before?.changes ?? 0 }
  if (!before || before.length < stillLength) return fresh
  if (isSame(before.found, said.found)) return { ...before, found: said.found, isUnsure: said.isUnsure }
  const mayChange = before.changes < mostChanges && length >= before.length + apart
  if (mayChange) return { ...fresh, changes: before.changes + 1 }
  // Of those that stay, how sure each is now; one that the house no longer names is no surer than the last that it does.
  const least = Math.min(...said.found.map(({ sure }) => sure))
  const found = before.found.map(
    one =>
      said.found.find(({ object }) => object === one.object) ?? { ...one, sure: Math.min(one.sure, least) },
  )
  return { ...before, found: inOrder(found) }
}

const inOrder = (found: Found): Found =>
  found.some((one, at) => found.slice(at).some(({ sure }) => sure > one.sure + clearlySurer))
    ? found.toSorted((one, other) => other.sure - one.sure)
    : found

const isSame = (one: Found, other: Found) =>
  one.length === other.length && one.every(({ object }, at) => object === other[at]?.object)
