import type { FactorShown, Member, Removal, SessionShown } from '../../http/contract.ts'

/** What this page asks. */
declare module '../house/routes.ts' {
  interface PageRoutes {
    'GET /api/staff/{name}/factors': { path: OfMember; answer: { readonly factors: readonly FactorShown[] } }
    'POST /api/staff/{name}/factors/removal': { path: OfMember; body: object; answer: Removal }
    'DELETE /api/account/sessions': { answer: undefined }
    'DELETE /api/account/sessions/{id}': { path: { id: string }; answer: undefined }
    'GET /api/staff': { answer: { readonly members: readonly Member[] } }
    'GET /api/staff/{name}/sessions': {
      path: OfMember
      answer: { readonly sessions: readonly SessionShown[] }
    }
    'DELETE /api/staff/{name}/sessions': { path: OfMember; answer: undefined }
    'DELETE /api/staff/{name}/sessions/{id}': { path: { name: string; id: string }; answer: undefined }
  }
}

type OfMember = { name: string }
