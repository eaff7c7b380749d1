import { problemSchema } from './api.ts'
import type { App } from './server.ts'
import type { BrowserSessions } from './sessions.ts'

/** What the kernel gives to every subject. */
export type Kernel = {
  readonly sessions: BrowserSessions
  /** Where people find us; the host they ask for when absent. */
  readonly publicUrl: string | undefined
  /** What a scope of a program can be about: the first words of all paths under /api. */
  subjects(): readonly string[]
}

/** The routes of a subject, over the room that they were made for. */
export type Routes = (app: App, kernel: Kernel) => void

/** The refusals that a guarded route documents, by status. */
export function refusals<const Status extends number>(...statuses: readonly Status[]) {
  return Object.fromEntries(
    [400, 401, 403, 429, ...statuses].map(status => [status, problemSchema]),
  ) as Record<Status | 400 | 401 | 403 | 429, typeof problemSchema>
}
