/**
 * The front desk: what people and programs ask of the hotline over HTTP, its health and its figures. It knows no
 * other room; whatever it is asked it passes on through the functions that it was opened with.
 */

export type {
  Call,
  CallDetail,
  CallerMark,
  CallPage,
  CallQuery,
  Campaign,
  Captions,
  Dialed,
  DialOrder,
  ExclusionShown,
  FlowDiff,
  FlowFiles,
  FlowMap,
  FlowOrder,
  FlowRollback,
  FlowsNow,
  FlowUse,
  FlowVersion,
  FlowVersions,
  GroupRates,
  LinkState,
  Member,
  NewOrder,
  NewSeat,
  Order,
  OrderAct,
  OrderActor,
  OrderDetail,
  OrderPage,
  OrderRulesShown,
  Part,
  Piece,
  Problem,
  RateFormula,
  Readiness,
  Role,
  Seat,
  Session,
  SurveyAudit,
} from './contract.ts'
export type { Figure, FrontDeskDoors, LabelledNumber } from './doors.ts'
export type { Mounts } from './mounts.ts'
export { type FrontDesk, type FrontDeskOptions, openFrontDesk } from './open.ts'
export { type ApiToken, readOrMakeSessionKey, readOrMakeToken, readToken } from './token.ts'
