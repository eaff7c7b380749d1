import type {
  AuditReport,
  Exclusion,
  ExclusionDecision,
  ExclusionShown,
  GroupRates,
  RateFormula,
  RateQuery,
} from '../../http/contract.ts'

/** What this page asks. */
declare module '../house/routes.ts' {
  interface PageRoutes {
    'GET /api/rates': { query: Partial<RateQuery>; answer: Rates }
    'GET /api/surveys/exclusions': { answer: { readonly exclusions: readonly ExclusionShown[] } }
    'POST /api/surveys/exclusions': { body: Exclusion; answer: undefined }
    'POST /api/surveys/exclusions/decision': { body: ExclusionDecision; answer: undefined }
    'POST /api/audit': { body: object; answer: AuditReport }
  }
}

type Rates = {
  readonly by: RateQuery['by']
  readonly formula: RateFormula
  readonly groups: readonly GroupRates[]
}
