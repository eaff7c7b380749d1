import { type ChangePages, type Clock, type Log, openChangePages } from '../foundation/index.ts'
import type { Database, Queries } from '../storage/index.ts'

/** The channel that tells all nodes of a changed callback: its id. */
export const callbackChannel = 'callbacks_changed'

export const tellCallback = (queries: Queries, id: string): Promise<void> =>
  queries.notify(callbackChannel, id)

type CallbackPages = { readonly database: Database; readonly clock: Clock; readonly log: Log }

/** Live pages of callbacks; each hears of all of them. */
export const openCallbackScreens = ({ database, clock, log }: CallbackPages): ChangePages =>
  openChangePages({
    path: '/callbacks/live',
    roles: ['seat', 'supervisor'],
    listen: hear => database.listen(callbackChannel, hear),
    readerOf: () => undefined,
    changeIn: id => ({ id, concerns: () => true }),
    clock,
    log,
  })
