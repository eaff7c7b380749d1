/**
 * The front desk: what people and programs ask of the hotline over HTTP, its health and its figures. It knows no
 * other room; whatever it is asked it passes on through the functions that it was opened with.
 */

export type {
  CallDetail,
  CallerMark,
  CallPage,
  CallQuery,
  CallRecord,
  CallTranscript,
  Campaign,
  Dialed,
  DialRequest,
  EvidencePiece,
  ExclusionShown,
  FlowDiff,
  FlowFiles,
  FlowMap,
  FlowRequest,
  FlowRollback,
  FlowsNow,
  FlowUseView,
  FlowVersions,
  FlowVersionView,
  GroupRates,
  LinkState,
  Member,
  NewOrderRequest,
  NewSeat,
  OrderAct,
  OrderActor,
  OrderDetail,
  OrderPage,
  OrderRulesShown,
  OrderSummary,
  Part,
  Problem,
  RateFormula,
  Readiness,
  Role,
  SeatView,
  SessionView,
  SurveyAudit,
} from './contract.ts'
export type { Figure, FrontDeskDoors, LabelledNumber } from './doors.ts'
export type { Mounts } from './mounts.ts'
export { type FrontDesk, type FrontDeskOptions, openFrontDesk } from './open.ts'
export { type ApiToken, readOrMakeSessionKey, readOrMakeToken, readToken } from './token.ts'
