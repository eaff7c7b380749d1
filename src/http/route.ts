import { problemSchema } from './api.ts'
import type { App } from './server.ts'
import type { BrowserSessions } from './sessions.ts'

/** What the kernel offers to every subject. */
export type Kernel = {
  readonly sessions: BrowserSessions
  /** Base URL under which people find us; the requested host when absent. */
  readonly publicUrl: string | undefined
  /** The subjects that scopes can name: the first path segments under /api. */
  subjects(): readonly string[]
}

/** A subject's routes, given the room that they serve. */
export type Routes = (app: App, kernel: Kernel) => void

/** The refusals that a guarded route documents, by status. */
export function refusals<const Status extends number>(...statuses: readonly Status[]) {
  return Object.fromEntries(
    [400, 401, 403, 429, ...statuses].map(status => [status, problemSchema]),
  ) as Record<Status | 400 | 401 | 403 | 429, typeof problemSchema>
}
