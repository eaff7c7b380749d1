import type {
  Account,
  AuditReport,
  BreakReason,
  CallbackAct,
  CallbackCounts,
  CallbackPage,
  CallbackQuery,
  CallbackView,
  CallTranscript,
  Campaign,
  CampaignChange,
  DeskAct,
  Exclusion,
  ExclusionDecision,
  ExclusionShown,
  FactorShown,
  FloorDates,
  FloorDay,
  FlowsNow,
  Forgetting,
  GroupRates,
  HoldView,
  IncidentChange,
  IncidentDetail,
  IncidentView,
  KnownName,
  LostCallView,
  Member,
  NewIncident,
  NewOrderRequest,
  NewTotp,
  OrderAct,
  OrderDetail,
  OrderPage,
  OrderQuery,
  OrderRulesShown,
  OwnPassword,
  PasskeyAnswer,
  PasskeyAsked,
  PersonExport,
  Plan,
  PlanQuery,
  PublicIncident,
  RateFormula,
  RateQuery,
  RecoveryCodes,
  Removal,
  RetentionView,
  SeatChange,
  SeatView,
  SessionShown,
  Shifts,
  TrailPage,
} from '../../http/contract.ts'

/**
 * What pages ask of our own API, route by route, as its document at /docs has it; the values are the contract's. A test
 * holds the routes against the document. (openapi-fetch would read such a table, too, but makes objects without methods
 * of the contract's readonly lists.)
 */
export type PageRoutes = {
  'GET /api/orders': { query: Partial<OrderQuery>; answer: OrderPage }
  'POST /api/orders': { body: NewOrderRequest; answer: OrderDetail }
  'GET /api/orders/rules': { answer: OrderRulesShown }
  'GET /api/orders/{number}': { path: OfOrder; answer: OrderDetail }
  'POST /api/orders/{number}/acts': { path: OfOrder; body: OrderAct; answer: OrderDetail }
  'POST /api/orders/{number}/contact-check': { path: OfOrder; body: object; answer: { untilMs: number } }
  'POST /api/orders/{number}/contact-check/answer': {
    path: OfOrder
    body: { code: string }
    answer: OrderDetail
  }
  'GET /api/callbacks': { query: Partial<CallbackQuery>; answer: CallbackPage }
  'POST /api/callbacks/{id}/acts': { path: { id: string }; body: CallbackAct; answer: CallbackView }
  'GET /api/campaigns': { answer: Campaigns }
  'POST /api/campaigns/{name}/start': Move
  'POST /api/campaigns/{name}/pause': Move
  'POST /api/campaigns/{name}/stop': Move
  'GET /api/rates': { query: Partial<RateQuery>; answer: Rates }
  'GET /api/surveys/exclusions': { answer: { readonly exclusions: readonly ExclusionShown[] } }
  'POST /api/surveys/exclusions': { body: Exclusion; answer: undefined }
  'POST /api/surveys/exclusions/decision': { body: ExclusionDecision; answer: undefined }
  'POST /api/audit': { body: object; answer: AuditReport }
  'GET /api/trail': {
    query: Partial<Record<'person' | 'act' | 'about' | 'number' | 'before', string>>
    answer: TrailPage
  }
  'GET /api/retention': { answer: RetentionView }
  'POST /api/persons/export': { body: { number: string }; answer: PersonExport }
  'GET /api/persons/forgettings': { answer: { readonly forgettings: readonly Forgetting[] } }
  'POST /api/persons/forgettings': { body: { number: string; because: string }; answer: Forgetting }
  'POST /api/persons/forgettings/decision': {
    body: { number: string; agreed: boolean }
    answer: Forgetting
  }
  'POST /api/holds': {
    body: { number?: string; order?: string; reason: string; untilMs: number }
    answer: HoldView
  }
  'POST /api/holds/{id}/end': { path: { id: string }; body: object; answer: undefined }
  'GET /api/account': { answer: Account }
  'POST /api/account/password': { body: OwnPassword; answer: undefined }
  'POST /api/account/totp': { body: ByPassword; answer: NewTotp }
  'POST /api/account/totp/confirm': { body: { code: string; label: string }; answer: RecoveryCodes }
  'POST /api/account/passkeys/options': { body: ByPassword; answer: PasskeyAsked }
  'POST /api/account/passkeys': { body: { answer: PasskeyAnswer; label: string }; answer: RecoveryCodes }
  'POST /api/account/factors/{id}/remove': { path: { id: string }; body: ByPassword; answer: undefined }
  'POST /api/account/recovery': { body: ByPassword; answer: RecoveryCodes }
  'GET /api/staff/{name}/factors': { path: OfMember; answer: { readonly factors: readonly FactorShown[] } }
  'POST /api/staff/{name}/factors/removal': { path: OfMember; body: object; answer: Removal }
  'DELETE /api/account/sessions': { answer: undefined }
  'DELETE /api/account/sessions/{id}': { path: { id: string }; answer: undefined }
  'GET /api/staff': { answer: { readonly members: readonly Member[] } }
  'GET /api/staff/{name}/sessions': { path: OfMember; answer: { readonly sessions: readonly SessionShown[] } }
  'DELETE /api/staff/{name}/sessions': { path: OfMember; answer: undefined }
  'DELETE /api/staff/{name}/sessions/{id}': { path: { name: string; id: string }; answer: undefined }
  'GET /api/plan': { query: Partial<PlanQuery>; answer: Plan }
  'GET /api/shifts': { query: { date?: string }; answer: Shifts }
  'GET /api/incidents': { answer: { readonly incidents: readonly IncidentView[] } }
  'POST /api/incidents': { body: NewIncident; answer: IncidentView }
  'GET /api/incidents/{id}': { path: { id: string }; answer: IncidentDetail }
  'POST /api/incidents/{id}/change': { path: { id: string }; body: IncidentChange; answer: IncidentView }
  'POST /api/incidents/{id}/end': { path: { id: string }; body: object; answer: IncidentView }
  'GET /current-incidents': { answer: { readonly incidents: readonly PublicIncident[] } }
  'GET /api/staff/names': { answer: { readonly names: readonly KnownName[] } }
  'GET /api/flows': { answer: FlowsNow }
  'GET /api/floor/figures': { query: FloorDates; answer: FloorDay }
  'GET /api/floor/lost': { query: FloorDates; answer: { readonly calls: readonly LostCallView[] } }
  'GET /api/floor/acts': { query: FloorDates; answer: { readonly acts: readonly DeskAct[] } }
  'POST /api/floor/queue/{call}/move': { path: { call: string }; body: { seat?: string }; answer: undefined }
  'POST /api/seats/{name}/away': { path: OfSeat; body: { reason: BreakReason }; answer: SeatView }
  'POST /api/seats/{name}/change': { path: OfSeat; body: SeatChange; answer: SeatView }
  'POST /api/seats/{name}/ready': { path: OfSeat; answer: SeatView }
  'POST /api/seats/{name}/skills': { path: OfSeat; body: { skills: readonly string[] }; answer: SeatView }
  'GET /api/calls/{id}/captions': { path: { id: string }; answer: CallTranscript }
  'GET /api/callbacks/counts': { query: { fromMs?: number; untilMs?: number }; answer: CallbackCounts }
}

type OfOrder = { number: string }
type ByPassword = { password: string }
type OfMember = { name: string }
type OfSeat = { name: string }
type Campaigns = { readonly campaigns: readonly Campaign[] }
type Move = { path: { name: string }; body: CampaignChange; answer: Campaigns }
type Rates = {
  readonly by: RateQuery['by']
  readonly formula: RateFormula
  readonly groups: readonly GroupRates[]
}
