import type { Limit } from '../limit.ts'
import type { Of, Order, Timed } from '../order.ts'
import { type CoTask, isOpen } from './task.ts'

/** @param limit absent in events from before limits existed */
export const taskOf = (unit: string, { seq, atMs }: Timed, limit: Limit | undefined): CoTask => ({
  seq,
  unit,
  clock: { name: 'help', startMs: atMs, limit },
})

export const taskAsked = (order: Order, { seq, atMs, unit, limit }: Of<'granted'> & Timed): Order => ({
  ...order,
  tasks: [...order.tasks, taskOf(unit, { seq, atMs }, limit)],
  warned: order.warned.filter(key => !key.startsWith(`help:${unit} `)),
})

const changed = (
  order: Order,
  isMeant: (task: CoTask) => boolean,
  change: (task: CoTask) => CoTask,
): Order => ({
  ...order,
  tasks: order.tasks.map(task => (isOpen(task) && isMeant(task) ? change(task) : task)),
})

const stopped = (task: CoTask, doneAtMs: number): CoTask => ({ ...task, clock: { ...task.clock, doneAtMs } })

export const contactNamed = (order: Order, { unit, person, phone }: Of<'supported'>): Order =>
  changed(
    order,
    task => task.unit === unit,
    task => ({ ...task, contact: { person, phone } }),
  )

export const taskAnswered = (order: Order, { unit, seq, atMs }: Of<'helped'> & Timed): Order =>
  changed(
    order,
    task => task.unit === unit,
    task => ({ ...stopped(task, atMs), answerSeq: seq }),
  )

/** @param unit all co-units when absent, because the order is closed */
export const tasksEnded = (order: Order, atMs: number, unit?: string): Order =>
  changed(
    order,
    task => unit === undefined || task.unit === unit,
    task => stopped(task, atMs),
  )
