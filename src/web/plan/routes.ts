import type { Plan, PlanQuery, Shifts } from '../../planning/api.ts'

/** What this page asks. */
declare module '../house/routes.ts' {
  interface PageRoutes {
    'GET /api/plan': { query: Partial<PlanQuery>; answer: Plan }
    'GET /api/shifts': { query: { date?: string }; answer: Shifts }
  }
}
