import type { Forgetting, ForgetWhom, HoldView, PersonExport, RetentionView } from '../../retention/api.ts'

/** What this page asks. */
declare module '../house/routes.ts' {
  interface PageRoutes {
    'GET /api/retention': { answer: RetentionView }
    'POST /api/persons/export': { body: { number: string }; answer: PersonExport }
    'GET /api/persons/forgettings': { answer: { readonly forgettings: readonly Forgetting[] } }
    'POST /api/persons/forgettings': { body: ForgetWhom & { because: string }; answer: Forgetting }
    'POST /api/persons/forgettings/decision': {
      body: ForgetWhom & { agreed: boolean }
      answer: Forgetting
    }
    'POST /api/holds': {
      body: { number?: string; order?: string; reason: string; untilMs: number }
      answer: HoldView
    }
    'POST /api/holds/{id}/end': { path: { id: string }; body: object; answer: undefined }
  }
}
