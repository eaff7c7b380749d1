import type { SuggestedUnits } from '../../http/contract.ts'

/** What this page asks. */
declare module '../house/routes.ts' {
  interface PageRoutes {
    'GET /api/orders/{number}/units': { path: { number: string }; answer: SuggestedUnits }
  }
}
