import type { OrderClock } from '../clocks.ts'

/** The task of a co-unit, with its own contact, limit and answer. */
export type CoTask = {
  /** The event that asked. */
  readonly seq: number
  readonly unit: string
  /** Runs until it is answered or withdrawn; tasks from before limits existed have none. */
  readonly clock: Omit<OrderClock, 'limit'> & { readonly limit?: OrderClock['limit'] | undefined }
  readonly contact?: { readonly person: string; readonly phone: string }
  readonly answerSeq?: number
}

export const isOpen = ({ clock }: CoTask) => clock.doneAtMs === undefined

/** Running clocks of co-units, for tasks with a limit. */
export const taskClocks = ({ tasks }: { readonly tasks: readonly CoTask[] }) =>
  tasks.flatMap(({ unit, clock: { limit, ...clock } }) =>
    clock.doneAtMs === undefined && limit ? [{ unit, clock: { ...clock, limit } }] : [],
  )
