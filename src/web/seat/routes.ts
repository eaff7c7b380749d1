import type { CallbackAct, CallbackPage, CallbackQuery, CallbackView } from '../../http/contract.ts'

/** What this page asks. */
declare module '../house/routes.ts' {
  interface PageRoutes {
    'GET /api/callbacks': { query: Partial<CallbackQuery>; answer: CallbackPage }
    'POST /api/callbacks/{id}/acts': { path: { id: string }; body: CallbackAct; answer: CallbackView }
  }
}
