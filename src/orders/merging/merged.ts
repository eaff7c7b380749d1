import type { Stage } from '../api.ts'
import type { OrderClock } from '../clocks.ts'

/** With which order another is handled, and what it goes back to when that is undone. */
export type Merged = {
  readonly into: string
  readonly before: {
    readonly stage: Stage
    readonly unit: string
    readonly unitSinceMs: number
    readonly lead?: string | undefined
    readonly assignee?: string | undefined
    readonly copies: readonly string[]
  }
  /** Clocks that the merging stopped, since another order has what they wait for; they run on when it is undone. */
  readonly stopped: readonly OrderClock['name'][]
}

/** An order that is handled with this one, and the clocks of its citizen, which this one is watched by, too. */
export type Joined = {
  readonly order: string
  readonly clocks: readonly OrderClock[]
  /** It was closed with this one. */
  readonly isOver?: true
}

type Together = { readonly joined: readonly Joined[] }

/** Whether others are handled with it. */
export const isLeading = ({ joined }: Together): boolean => joined.some(({ isOver }) => !isOver)

/** Its clocks, and those of whoever is handled with it: the one that is over first counts. */
export const allClocks = ({
  clocks,
  joined,
}: Together & { readonly clocks: readonly OrderClock[] }): readonly OrderClock[] =>
  joined.length === 0 ? clocks : [...clocks, ...joined.flatMap(one => one.clocks)]
