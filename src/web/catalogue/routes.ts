import type { CatalogueDetail, CataloguePage, CatalogueQuery } from '../../catalogue/api.ts'
import type {
  CatalogueDiff,
  CatalogueDraftShown,
  CatalogueEditRequest,
  CataloguePublish,
  CatalogueVersions,
  CatalogueWritten,
} from '../../catalogue/versions/api.ts'

/** What this page asks. */
declare module '../house/routes.ts' {
  interface PageRoutes {
    'GET /api/catalogue': { query: Partial<CatalogueQuery>; answer: CataloguePage }
    'GET /api/catalogue/versions': { answer: CatalogueVersions }
    'GET /api/catalogue/versions/{number}/diff': {
      path: { readonly number: number }
      answer: CatalogueDiff
    }
    'GET /api/catalogue/draft': { answer: CatalogueDraftShown }
    'GET /api/catalogue/written/{code}': {
      path: { readonly code: string }
      answer: CatalogueWritten
    }
    'POST /api/catalogue/draft': { body: CatalogueEditRequest; answer: CatalogueDraftShown }
    'DELETE /api/catalogue/draft': { answer: undefined }
    'POST /api/catalogue/versions': { body: CataloguePublish; answer: CatalogueVersions }
    'POST /api/catalogue/versions/{number}/use': {
      path: { readonly number: number }
      body: { readonly fromMs?: number }
      answer: CatalogueVersions
    }
    'GET /api/catalogue/{code}': { path: { readonly code: string }; answer: CatalogueDetail }
  }
}
