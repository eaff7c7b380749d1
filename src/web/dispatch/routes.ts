import type { ByRuleFigures, DispatchTrial, SuggestedUnits } from '../../http/contract.ts'
import type { RuleDraftShown } from '../../rulebook/api.ts'

/** What this page asks. */
declare module '../house/routes.ts' {
  interface PageRoutes {
    'GET /api/orders/by-rule': { query: { days?: number }; answer: ByRuleFigures }
    'GET /api/dispatch-catalogue/trial': { query: { days?: number }; answer: DispatchTrial }
    'GET /api/dispatch-catalogue/draft': { answer: RuleDraftShown }
    'GET /api/orders/{number}/units': { path: { number: string }; answer: SuggestedUnits }
  }
}
