import type { BehindOrders, BehindQuery, Ranking, RankingQuery } from '../../supervision/api.ts'

/** What this page asks. */
declare module '../house/routes.ts' {
  interface PageRoutes {
    'GET /api/ranking': { query: RankingQuery; answer: Ranking }
    'GET /api/ranking/orders': { query: BehindQuery; answer: BehindOrders }
  }
}
