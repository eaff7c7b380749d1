import type {
  InstructionPage,
  InstructionQuery,
  SitePage,
  SupervisionCounts,
} from '../../orders/supervising/listing/api.ts'

/** What this page asks. */
declare module '../house/routes.ts' {
  interface PageRoutes {
    'GET /api/orders/instructions': { query: Partial<InstructionQuery>; answer: InstructionPage }
    'GET /api/orders/instructions/counts': { answer: SupervisionCounts }
    'GET /api/orders/site-checks': { answer: SitePage }
  }
}
