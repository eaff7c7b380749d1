import type { TrailAct } from '../../trail/api.ts'

/** What somebody asked for, as far as the trail looks at it. */
export type TrailAsked = {
  readonly params: Readonly<Record<string, unknown>>
  readonly query: Readonly<Record<string, unknown>>
  readonly body: Readonly<Record<string, unknown>>
}

export type TrailMark = {
  readonly act: TrailAct | ((asked: TrailAsked) => TrailAct)
  /** Which order, call, callback, member, seat or flow. */
  readonly about?: (asked: TrailAsked) => unknown
  /** Whose telephone number; only a keyed mark of it is written down. */
  readonly number?: (asked: TrailAsked) => unknown
}

/**
 * What a call of the API writes down: its route says it, beside the roles that may call it, and the front desk opens with
 * no route that does not. One that gives anybody's data, or changes what somebody may do, says what and about whom;
 * figures, texts of the house and what its own rules are nobody's data, and say `nothing`.
 */
export type Trailed = TrailMark | 'nothing'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Needed wherever the trail is kept: under /api, and where people sign in. */
    trail?: Trailed
  }
}

export const param =
  (name: string) =>
  ({ params }: TrailAsked) =>
    params[name]
export const inBody =
  (name: string) =>
  ({ body }: TrailAsked) =>
    body[name]

export const read = (name: string): TrailMark => ({ act: 'read', about: param(name) })
export const changed = (name: string): TrailMark => ({ act: 'changed', about: param(name) })
export const rules = (about?: TrailMark['about']): TrailMark => ({ act: 'rules-changed', about })
export const rights = (about: TrailMark['about']): TrailMark => ({ act: 'rights-changed', about })
