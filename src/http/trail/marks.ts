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

const param =
  (name: string) =>
  ({ params }: TrailAsked) =>
    params[name]
const inBody =
  (name: string) =>
  ({ body }: TrailAsked) =>
    body[name]

const read = (name: string): TrailMark => ({ act: 'read', about: param(name) })
const changed = (name: string): TrailMark => ({ act: 'changed', about: param(name) })
const rules = (about?: TrailMark['about']): TrailMark => ({ act: 'rules-changed', about })
const rights = (about: TrailMark['about']): TrailMark => ({ act: 'rights-changed', about })
/** Figures, texts of the house, what its own rules are: nobody's data, and nothing that changes anything. */
const nothing = undefined

/**
 * What each call of the API writes down: all of them are here, and the front desk opens with none that is not. A route
 * that gives anybody's data, or changes what somebody may do, says what and about whom.
 */
export const trailMarks: Readonly<Record<string, TrailMark | undefined>> = {
  'GET /api/orders': {
    act: ({ query }) => (query.caller === undefined && query.call === undefined ? 'listed' : 'searched'),
    about: ({ query }) => query.call,
    number: ({ query }) => query.caller,
  },
  'GET /api/orders/rules': nothing,
  'POST /api/orders': { act: 'changed', about: inBody('call'), number: inBody('caller') },
  'GET /api/orders/:number': read('number'),
  'POST /api/orders/:number/acts': {
    act: ({ body }) => (body.do === 'reveal' ? 'revealed' : 'changed'),
    about: param('number'),
  },
  'DELETE /api/orders/:number': { act: 'erased', about: param('number') },
  'POST /api/orders/:number/contact-check': { act: 'called', about: param('number') },
  'POST /api/orders/:number/contact-check/answer': changed('number'),
  'POST /api/orders/:number/evidence': changed('number'),
  'GET /api/orders/:number/evidence/:hash': { act: 'opened', about: param('number') },

  'GET /api/calls': {
    act: ({ query }) => (query.number === undefined ? 'listed' : 'searched'),
    number: ({ query }) => query.number,
  },
  'GET /api/calls/:id': read('id'),
  'GET /api/calls/:id/captions': read('id'),
  'POST /api/calls/:id/captions': changed('id'),
  'DELETE /api/calls/:id/captions': { act: 'erased', about: param('id') },
  'POST /api/dial': { act: 'called', number: inBody('number') },
  'POST /api/callers/:number/mark': { act: 'changed', number: param('number') },

  'GET /api/callbacks': { act: 'listed' },
  'GET /api/callbacks/counts': nothing,
  'GET /api/callbacks/:id': read('id'),
  'POST /api/callbacks/:id/acts': changed('id'),
  'GET /api/callbacks/:id/messages/:call': { act: 'listened', about: param('id') },
  'DELETE /api/callbacks/:id': { act: 'erased', about: param('id') },

  'GET /api/floor': { act: 'listed' },
  'GET /api/floor/figures': nothing,
  'GET /api/floor/lost': { act: 'listed' },
  'GET /api/floor/acts': { act: 'listed' },
  'GET /api/floor/:table.csv': { act: 'exported', about: param('table') },
  'POST /api/floor/queue/:call/move': changed('call'),

  'GET /api/staff': nothing,
  'POST /api/staff': rights(inBody('name')),
  'DELETE /api/staff/:name': rights(param('name')),
  'POST /api/staff/:name/password': rights(param('name')),
  'GET /api/programs': nothing,
  'POST /api/programs': rights(inBody('name')),
  'DELETE /api/programs/:name': rights(param('name')),
  'GET /api/seats': nothing,
  'POST /api/seats': rights(inBody('name')),
  'DELETE /api/seats/:name': rights(param('name')),

  'POST /api/seats/:name/skills': { act: 'changed', about: param('name') },
  'POST /api/seats/:name/ready': { act: 'changed', about: param('name') },
  'POST /api/seats/:name/away': { act: 'changed', about: param('name') },
  'POST /api/seats/:name/sign-in': { act: 'changed', about: param('name') },
  'POST /api/seats/:name/sign-out': { act: 'changed', about: param('name') },
  'POST /api/seats/:name/done': { act: 'changed', about: param('name') },
  'GET /api/seats/states': nothing,
  'GET /api/flows': nothing,
  'POST /api/flows': rules(),
  'POST /api/flows/promote': rules(),
  'POST /api/flows/rollback': rules(),
  'GET /api/flow-versions': nothing,
  'GET /api/flow-versions/:number/files': nothing,
  'GET /api/flow-versions/:number/diff': nothing,
  'GET /api/campaigns': nothing,
  'POST /api/campaigns/:name/start': rules(param('name')),
  'POST /api/campaigns/:name/pause': rules(param('name')),
  'POST /api/campaigns/:name/stop': rules(param('name')),
  'GET /api/rates': nothing,
  'GET /api/surveys/exclusions': nothing,
  'POST /api/surveys/exclusions': rules(inBody('order')),
  'POST /api/surveys/exclusions/decision': rules(inBody('order')),
  'GET /api/incidents': nothing,
  'GET /api/incidents/:id': nothing,
  'POST /api/incidents/:id/change': rules(param('id')),
  'POST /api/incidents': rules(),
  'POST /api/incidents/:id/end': rules(param('id')),
  'GET /api/plan': nothing,
  'POST /api/plan': nothing,
  'GET /api/plan/csv': nothing,
  'GET /api/shifts': nothing,
  'GET /api/city': nothing,

  'POST /api/audit': { act: 'audited' },
  'GET /api/audit/export': { act: 'exported', about: () => 'ledger' },
  'GET /api/audit/seals': nothing,
  'POST /api/audit/seals': { act: 'audited' },
  'GET /api/trail': {
    act: 'audited',
    about: ({ query }) => query.person ?? query.about,
    number: ({ query }) => query.number,
  },
  'GET /api/trail/export': { act: 'exported', about: () => 'trail' },

  'GET /api/retention': nothing,
  'POST /api/holds': { act: 'rules-changed', about: inBody('order'), number: inBody('number') },
  'POST /api/holds/:id/end': rules(param('id')),
  'POST /api/persons/export': { act: 'exported', about: () => 'person', number: inBody('number') },
  'GET /api/persons/forgettings': { act: 'listed' },
  'POST /api/persons/forgettings': { act: 'changed', about: () => 'forgetting', number: inBody('number') },
  'POST /api/persons/forgettings/decision': {
    act: ({ body }) => (body.agreed === true ? 'erased' : 'changed'),
    about: () => 'person',
    number: inBody('number'),
  },

  'GET /session': nothing,
  'POST /session': { act: 'signed-in' },
  'DELETE /session': { act: 'signed-out' },
  'GET /session/openid': nothing,
  'GET /session/openid/back': { act: 'signed-in' },
}
