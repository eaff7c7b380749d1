import type { KindModel, KindModelList } from '../../drafts/learning/api.ts'

/** What this page asks. */
declare module '../house/routes.ts' {
  interface PageRoutes {
    'GET /api/kind-models': { answer: KindModelList }
    'GET /api/kind-models/{version}': { path: { version: number }; answer: KindModel }
    'POST /api/kind-models/{version}/use': { path: { version: number }; answer: KindModelList }
  }
}
