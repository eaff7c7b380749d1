import { type ChangePages, type Clock, type Log, openChangePages } from '../foundation/index.ts'
import type { Database, Queries } from '../storage/index.ts'

/** What is told to all nodes of a callback that changed: its id. */
export const callbackChannel = 'callbacks_changed'

export const tellCallback = (queries: Queries, id: string): Promise<void> =>
  queries.notify(callbackChannel, id)

type CallbackPages = { readonly database: Database; readonly clock: Clock; readonly log: Log }

/** Pages of callbacks; all of them hear of all. */
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
