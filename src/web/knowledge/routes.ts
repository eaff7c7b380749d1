import type {
  KnowledgeContent,
  KnowledgeDetail,
  KnowledgeDiff,
  KnowledgeFound,
  KnowledgeImport,
  KnowledgeImported,
  KnowledgeInbox,
  KnowledgeListQuery,
  KnowledgeReview,
  KnowledgeReviewed,
  KnowledgeRow,
  KnowledgeSearch,
  KnowledgeUse,
  KnowledgeUsed,
} from '../../knowledge/api.ts'
import type { KnowledgeShownFigures } from '../../knowledge/counted/api.ts'
import type { KnowledgeSms, KnowledgeTold } from '../../knowledge/telling/api.ts'

type Id = { readonly id: string }

/** What this page asks. */
declare module '../house/routes.ts' {
  interface PageRoutes {
    'POST /api/knowledge/search': { body: KnowledgeSearch; answer: KnowledgeFound }
    'GET /api/knowledge': {
      query: Partial<KnowledgeListQuery>
      answer: { readonly entries: readonly KnowledgeRow[]; readonly next?: string }
    }
    'GET /api/knowledge/inbox': { answer: KnowledgeInbox }
    'GET /api/knowledge/figures': { query: { days: number }; answer: KnowledgeShownFigures }
    'GET /api/knowledge/{id}': { path: Id; answer: KnowledgeDetail }
    'GET /api/knowledge/{id}/diff': {
      path: Id
      query: { from: number; to: number }
      answer: KnowledgeDiff
    }
    'POST /api/knowledge': { body: KnowledgeContent; answer: KnowledgeDetail }
    'POST /api/knowledge/import': { body: KnowledgeImport; answer: KnowledgeImported }
    'POST /api/knowledge/reviews': { body: KnowledgeReview; answer: KnowledgeReviewed }
    'POST /api/knowledge/{id}/change': {
      path: Id
      body: { readonly version: number; readonly revision: number; readonly content: KnowledgeContent }
      answer: KnowledgeDetail
    }
    'POST /api/knowledge/{id}/submit': {
      path: Id
      body: { readonly version: number }
      answer: KnowledgeDetail
    }
    'POST /api/knowledge/{id}/withdraw': {
      path: Id
      body: { readonly version: number; readonly note?: string }
      answer: KnowledgeDetail
    }
    'POST /api/knowledge/{id}/read-out': {
      path: Id
      body: { readonly version: number; readonly call: string }
      answer: KnowledgeTold
    }
    'POST /api/knowledge/{id}/sms': { path: Id; body: KnowledgeSms; answer: KnowledgeUsed }
    'POST /api/knowledge/hush': { body: { readonly call: string }; answer: undefined }
    'POST /api/knowledge/{id}/uses': {
      path: Id
      body: { readonly version: number; readonly how: KnowledgeUse }
      answer: KnowledgeUsed
    }
  }
}
