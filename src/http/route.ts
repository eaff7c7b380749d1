import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { problemSchema } from './contract.ts'
import type { FrontDeskDoors } from './doors.ts'

export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>

/** What a resource's routes may use beside the doors. */
export type RouteContext = {
  readonly doors: FrontDeskDoors
  /** Short service numbers that may be rung beside E.164 ones. */
  readonly shortNumbers: readonly string[]
  /** Where people find us; the host they ask for when absent. */
  readonly publicUrl: string | undefined
}

/** The routes of one resource: a file in `routes/`, a line in `app.ts`. */
export type Routes = (app: App, context: RouteContext) => void

/** The refusals that a guarded route documents, by status. */
export function refusals<const Status extends number>(...statuses: readonly Status[]) {
  return Object.fromEntries(
    [400, 401, 403, 429, ...statuses].map(status => [status, problemSchema]),
  ) as Record<Status | 400 | 401 | 403 | 429, typeof problemSchema>
}
