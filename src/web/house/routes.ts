import type { Account, CallbackCounts, KnownName, OrderRulesShown } from '../../http/contract.ts'

/**
 * What pages ask of our own API, route by route, as its document at /docs has it; the values are the contract's. Here is
 * what several pages ask; each adds its own in the `routes.ts` of its folder, and a test holds them all against the
 * document. (openapi-fetch would read such a table, too, but makes objects without methods of the contract's readonly
 * lists.)
 */
export interface PageRoutes {
  'GET /api/orders/rules': { answer: OrderRulesShown }
  'GET /api/account': { answer: Account }
  'GET /api/callbacks/counts': { query: { fromMs?: number; untilMs?: number }; answer: CallbackCounts }
  'GET /api/staff/names': { answer: { readonly names: readonly KnownName[] } }
}
