import type { CheckedFigures, CheckedPage, CheckedPeriod, CheckedQuery } from '../../orders/checking/api.ts'

/** What this page asks. */
declare module '../house/routes.ts' {
  interface PageRoutes {
    'GET /api/closings': { query: Partial<CheckedQuery>; answer: CheckedPage }
    'GET /api/closings/figures': { query: Partial<CheckedPeriod>; answer: CheckedFigures }
  }
}
