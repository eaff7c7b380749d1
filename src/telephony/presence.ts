import { createEvents, type Log, reasonOf } from '../foundation/index.ts'
import type { PresenceNotices } from './call.ts'

/** What is told of an end that comes and goes within its call. */
export const createPresence = (log: Log) =>
  createEvents<PresenceNotices>(error =>
    log.error({ reason: reasonOf(error) }, 'who listens to an end’s coming and going failed'),
  )
