import type {
  RuleDraftShown,
  RuleEdit,
  RuleHistory,
  RuleList,
  RulePublish,
  RuleSubjectName,
  RuleVersionShown,
} from '../../rulebook/api.ts'

type Of = { readonly subject: RuleSubjectName }

/** What this page asks. */
declare module '../house/routes.ts' {
  interface PageRoutes {
    'GET /api/rules': { answer: RuleList }
    'GET /api/rules/{subject}': { path: Of; answer: RuleHistory }
    'GET /api/rules/{subject}/draft': { path: Of; answer: RuleDraftShown }
    'POST /api/rules/{subject}/draft': { path: Of; body: RuleEdit; answer: RuleDraftShown }
    'DELETE /api/rules/{subject}/draft': { path: Of; answer: undefined }
    'GET /api/rules/{subject}/versions/{number}': {
      path: Of & { readonly number: number }
      answer: RuleVersionShown
    }
    'POST /api/rules/{subject}/versions': { path: Of; body: RulePublish; answer: RuleHistory }
    'POST /api/rules/{subject}/versions/{number}/use': {
      path: Of & { readonly number: number }
      body: { readonly fromMs?: number }
      answer: RuleHistory
    }
  }
}
