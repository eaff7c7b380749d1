import type { ReturnFigures, ReturnPage, ReturnPeriod, ReturnQuery } from '../../orders/returning/api.ts'

/** What this page asks. */
declare module '../house/routes.ts' {
  interface PageRoutes {
    'GET /api/orders/returns': { query: Partial<ReturnQuery>; answer: ReturnPage }
    'GET /api/orders/returns/figures': { query: Partial<ReturnPeriod>; answer: ReturnFigures }
  }
}
