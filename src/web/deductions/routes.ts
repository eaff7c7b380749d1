import type {
  DeductionAppeal,
  DeductionDecision,
  DeductionList,
  DeductionProposal,
  DeductionQuery,
} from '../../supervision/deductions/api.ts'

/** What this page asks. */
declare module '../house/routes.ts' {
  interface PageRoutes {
    'GET /api/deductions': { query: DeductionQuery; answer: DeductionList }
    'POST /api/deductions': { body: DeductionProposal; answer: undefined }
    'POST /api/deductions/{id}/decision': { path: { id: string }; body: DeductionDecision; answer: undefined }
    'POST /api/deductions/{id}/appeal': { path: { id: string }; body: DeductionAppeal; answer: undefined }
  }
}
