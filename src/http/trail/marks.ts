import type { TrailAct } from '../../trail/api.ts'

/** The parts of a request that the trail reads. */
export type TrailAsked = {
  readonly params: Readonly<Record<string, unknown>>
  readonly query: Readonly<Record<string, unknown>>
  readonly body: Readonly<Record<string, unknown>>
}

export type TrailMark = {
  readonly act: TrailAct | ((asked: TrailAsked) => TrailAct)
  /** The id of the order, call, callback, member, seat or flow. */
  readonly about?: (asked: TrailAsked) => unknown
  /** The telephone number concerned; only its keyed mark is recorded. */
  readonly number?: (asked: TrailAsked) => unknown
}

/**
 * What a call of the API writes into the trail. Each route says it beside its roles, and the front desk does not
 * open with a route that does not. Routes that give personal data or change rights say what and about whom;
 * figures, our own texts and rules are not personal data and say `nothing`.
 */
export type Trailed = TrailMark | 'nothing'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Required on all routes with a trail: under /api, and at sign-in. */
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
