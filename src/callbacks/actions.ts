import type { Job } from '../jobs/index.ts'
import type { Queries } from '../storage/index.ts'
import type { CallbackCommand } from './api.ts'
import type { Callback } from './callback.ts'
import { type CallbackActor, decide, houseActor, isLeadable, overTime, type RingNews } from './decide.ts'
import { fault } from './faults.ts'
import { createHand, type HandDependencies } from './hand.ts'
import type { ContactAgreed } from './happening.ts'
import { callbackSoundQueue } from './jobs.ts'
import { createOwe, type OweDependencies } from './owe.ts'
import { createReading, type ReadDependencies } from './read.ts'
import { tellCallback } from './screens.ts'
import { deleteLosses, listNumbers, lockCallback, selectOfNumber, selectOfOrder } from './store.ts'

export type CallbackDependencies = HandDependencies &
  ReadDependencies &
  Pick<OweDependencies, 'home' | 'unwilling'> & {
    readonly hasOrder: (number: string) => Promise<boolean>
  }

/** The only writer of this room's tables. */
export function createActions(dependencies: CallbackDependencies) {
  const { database, jobs, rules, calendar, clock, unwilling } = dependencies
  const hand = createHand(dependencies)
  const around = (by: CallbackActor) => ({ by, atMs: clock.now(), rules, calendar })

  /** @throws Fault `callback-unknown` */
  async function locked(tx: Queries, id: string): Promise<Callback> {
    const found = await lockCallback(tx, id)
    if (found) return found
    throw fault('callback-unknown', 'id', 'no callback of this id', 'the id of one that is here')
  }

  /** Marks callbacks of people who said since then that they want no calls of ours; they are not rung. */
  async function heed(tx: Queries, id: string, order?: ContactAgreed): Promise<void> {
    const before = await lockCallback(tx, id)
    if (!before || before.state === 'closed' || before.number === '') return
    const why = await unwilling(tx, before.number, order)
    if (why !== before.unwilling)
      await hand.write(tx, before, [{ kind: 'unwilling', why }], houseActor.person)
  }

  async function reconsider(tx: Queries, number: string, order?: ContactAgreed): Promise<void> {
    for (const { id } of await selectOfNumber(tx, number)) await heed(tx, id, order)
  }

  async function act(id: string, command: CallbackCommand | RingNews, by: CallbackActor): Promise<Callback> {
    // The agent sees the present state when taking it, and a later attempt to ring is refused by the same check.
    if (command.do === 'ring' || command.do === 'take') await database.transaction(tx => heed(tx, id))
    // A typing error must not close a callback that is still owed.
    if (command.do === 'end' && command.order !== undefined && !(await dependencies.hasOrder(command.order)))
      throw fault('callback-order-missing', 'order', command.order, 'the number of an order that is here')
    return database.transaction(async tx => {
      const before = await locked(tx, id)
      return hand.write(tx, before, decide(before, command, around(by)), by.person)
    })
  }

  /** Erases everything that tells who it was; that it existed is kept. Files are deleted after the transaction. */
  async function erase(tx: Queries, callback: Callback, by: string): Promise<void> {
    const files = messagesOf(callback)
    const closing = callback.state === 'closed' ? [] : [{ kind: 'closed', end: 'forgotten' } as const]
    const after = await hand.write(tx, callback, [...closing, { kind: 'forgotten' }], by)
    await deleteLosses(tx, after.id)
    if (files.length > 0) await jobs.enqueue(tx, callbackSoundQueue, { files })
  }

  return {
    reading: createReading(createOwe({ ...dependencies, hand }), dependencies),
    act,

    /** Re-checks which numbers this city rings, since settings may have changed before this start. */
    async lookAnew(reaches: (number: string) => boolean): Promise<void> {
      for (const { id, number, isMarked } of await listNumbers(database))
        if (isMarked === reaches(number)) await database.transaction(tx => heed(tx, id))
    },

    reconsider,
    async ordered(tx: Queries, order: ContactAgreed): Promise<void> {
      for (const number of order.numbers) await reconsider(tx, number, order)
    },

    /** Takes a callback for a seat whose turn it is; undefined if it may no longer be led. */
    lead: (id: string, seat: string): Promise<Callback | undefined> =>
      database.transaction(async tx => {
        const before = await lockCallback(tx, id)
        const by = { person: seat, isSupervisor: false }
        if (!before || !isLeadable(before, around(by))) return undefined
        const why = await unwilling(tx, before.number)
        if (why !== undefined) {
          await hand.write(tx, before, [{ kind: 'unwilling', why }], houseActor.person)
          return undefined
        }
        return hand.write(tx, before, [{ kind: 'taken' }], seat)
      }),

    tick: (id: string, job: Pick<Job<unknown>, 'settle'>): Promise<void> =>
      database.transaction(async tx => {
        const before = await lockCallback(tx, id)
        const happenings = before ? overTime(before, around(houseActor)) : []
        if (before && happenings.length > 0) await hand.write(tx, before, happenings, houseActor.person)
        // It may be due again, which open pages should learn.
        else if (before) await tellCallback(tx, id)
        await job.settle(tx)
      }),

    erase: (id: string, by: string): Promise<void> =>
      database.transaction(async tx => erase(tx, await locked(tx, id), by)),

    /** Erases whatever belongs to this order's citizen, in the transaction that erases the order. */
    async forget(tx: Queries, order: string, caller: string): Promise<void> {
      const found = [...(await selectOfOrder(tx, order)), ...(await selectOfNumber(tx, caller))]
      for (const id of [...new Set(found.map(one => one.id))].sort())
        await erase(tx, await locked(tx, id), houseActor.person)
    },
  }
}

export type CallbackActions = ReturnType<typeof createActions>

const messagesOf = ({ losses }: Callback) => losses.flatMap(({ message }) => message ?? [])
