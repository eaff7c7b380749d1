import type { Stage } from '../api.ts'
import type { OrderClock } from '../clocks.ts'

/** The order that this one is merged into, and the state to restore if that is undone. */
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
  /** Clocks stopped by the merging because the lead order has that task now; they resume if it is undone. */
  readonly stopped: readonly OrderClock['name'][]
}

/** An order merged into this one, with its citizen's clocks, which this order's supervision also follows. */
export type Joined = {
  readonly order: string
  readonly clocks: readonly OrderClock[]
  /** Whether it was closed with this order. */
  readonly isOver?: true
}

type Together = { readonly joined: readonly Joined[] }

/** Whether open orders are merged into it. */
export const isLeading = ({ joined }: Together): boolean => joined.some(({ isOver }) => !isOver)

/** Its own clocks and those of orders merged into it; the earliest deadline counts. */
export const allClocks = ({
  clocks,
  joined,
}: Together & { readonly clocks: readonly OrderClock[] }): readonly OrderClock[] =>
  joined.length === 0 ? clocks : [...clocks, ...joined.flatMap(one => one.clocks)]
