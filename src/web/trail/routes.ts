import type { TrailPage } from '../../trail/api.ts'

/** What this page asks. */
declare module '../house/routes.ts' {
  interface PageRoutes {
    'GET /api/trail': {
      query: Partial<Record<'person' | 'act' | 'about' | 'number' | 'before', string>>
      answer: TrailPage
    }
  }
}
