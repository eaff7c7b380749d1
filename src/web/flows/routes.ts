import type { FlowsNow } from '../../ivr/api.ts'

/** What this page asks. */
declare module '../house/routes.ts' {
  interface PageRoutes {
    'GET /api/flows': { answer: FlowsNow }
  }
}
