import type { FlowsNow } from '../../http/contract.ts'

/** What this page asks. */
declare module '../house/routes.ts' {
  interface PageRoutes {
    'GET /api/flows': { answer: FlowsNow }
  }
}
