import type { Member, MemberChange, NewMember, RightsChange, SeatView } from '../../http/contract.ts'
import type { FeatureList } from '../../http/features/api.ts'
import type {
  RuleDraftShown,
  RuleEdit,
  RuleHistory,
  RuleList,
  RulePublish,
  RuleSubjectName,
  RuleVersionShown,
} from '../../rulebook/api.ts'

type OfName = { readonly name: string }
type Of = { readonly subject: RuleSubjectName }

/** What this page asks. */
declare module '../house/routes.ts' {
  interface PageRoutes {
    'GET /api/features': { answer: FeatureList }
    'POST /api/staff': { body: NewMember; answer: Member }
    'POST /api/staff/{name}/change': { path: OfName; body: MemberChange; answer: Member }
    'GET /api/staff/{name}/changes': { path: OfName; answer: { readonly changes: readonly RightsChange[] } }
    'DELETE /api/staff/{name}': { path: OfName; answer: undefined }
    'GET /api/seats': { answer: { readonly seats: readonly SeatView[] } }
    'POST /api/seats': {
      body: OfName & { readonly display: string; readonly contact?: string; readonly password?: string }
      answer: SeatView
    }
    'DELETE /api/seats/{name}': { path: OfName; answer: undefined }
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
