import type { OrderClock } from '../clocks.ts'

/** What a unit was asked to help with: its own contact, its own limit, its own answer. */
export type CoTask = {
  /** The event that asked. */
  readonly seq: number
  readonly unit: string
  /** Runs until it answers or is asked no longer; one that was asked before there were limits has an endless one. */
  readonly clock: Omit<OrderClock, 'limit'> & { readonly limit?: OrderClock['limit'] | undefined }
  readonly contact?: { readonly person: string; readonly phone: string }
  readonly answerSeq?: number
}

export const isOpen = ({ clock }: CoTask) => clock.doneAtMs === undefined

/** What runs of units that help, where it has an end. */
export const taskClocks = ({ tasks }: { readonly tasks: readonly CoTask[] }) =>
  tasks.flatMap(({ unit, clock: { limit, ...clock } }) =>
    clock.doneAtMs === undefined && limit ? [{ unit, clock: { ...clock, limit } }] : [],
  )
