/** What is said over HTTP, in both directions: the schemas of every route, from which checks, types and the API's document come. */

export {
  type Anchors,
  anchorsSchema,
  auditQuerySchema,
  type Campaign,
  type CampaignChange,
  campaignChangeSchema,
  campaignListSchema,
  campaignParamsSchema,
  type Exclusion,
  type ExclusionDecision,
  exclusionDecisionSchema,
  exclusionSchema,
  type GroupRates,
  type LinkAnswer,
  type LinkState,
  type LinkTaken,
  linkAnswerSchema,
  linkParamsSchema,
  linkStateSchema,
  linkTakenSchema,
  type RateQuery,
  rateListSchema,
  rateQuerySchema,
  type SurveyAudit,
  surveyAuditSchema,
} from './contract/callbacks.ts'
export { type CallerMark, callerMarkSchema, callerParamsSchema } from './contract/callers.ts'
export {
  type Call,
  type CallDetail,
  type CallPage,
  type CallQuery,
  callDetailSchema,
  callPageSchema,
  callParamsSchema,
  callQuerySchema,
  callSchema,
  type Dialed,
  type DialOrder,
  dialedSchema,
  dialOrderSchema,
} from './contract/calls.ts'
export {
  type CaptionFormat,
  type CaptionLine,
  type CaptionPass,
  type Captions,
  type CaptionTyping,
  captionFormatSchema,
  captionLineSchema,
  captionPassSchema,
  captionsSchema,
  type FromCitizenPage,
  type FromSeatPage,
  type ToCaptionPage,
} from './contract/captions.ts'
export type { FloorAnswering, FloorDay, FloorPlace, ToFloorPage } from './contract/floor-page.ts'
export type {
  FlowDiff,
  FlowFiles,
  FlowOrder,
  FlowRollback,
  FlowUse,
  FlowVersion,
  FlowVersions,
} from './contract/flows.ts'
export { livenessSchema, type Part, type Readiness, readinessSchema } from './contract/health.ts'
export { type Problem, problemSchema } from './contract/problem.ts'
export type { OutsideNumber, PastCall, SeatOrder, SeatTalk, ToSeatPage } from './contract/seat-page.ts'
export {
  type NewSeat,
  newSeatSchema,
  type Seat,
  seatListSchema,
  seatParamsSchema,
  seatSchema,
} from './contract/seats.ts'
export {
  type Member,
  memberListSchema,
  memberParamsSchema,
  memberSchema,
  type NewMember,
  newMemberSchema,
  newPasswordSchema,
  type Role,
  type Session,
  type SignIn,
  sessionSchema,
  signInSchema,
} from './contract/staff.ts'
