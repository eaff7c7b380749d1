/** Shapes shared by the pages and commands of several subjects. Those of one room alone are read from its `api.ts`. */

export {
  type AssistantPlace,
  type AssistedReading,
  type AssistedReadingRequest,
  type DraftAnswer,
  type DraftAnswerRequest,
  mostAssistedCharacters,
  mostAssistedLines,
} from '../assistant/api.ts'
export type {
  CallbackAct,
  CallbackCounts,
  CallbackDetail,
  CallbackPage,
  CallbackQuery,
  CallbackReason,
  CallbackResult,
  CallbackState,
  CallbackView,
  ToCallbackPage,
} from '../callbacks/api.ts'
export type { CallerMark } from '../callers/api.ts'
export type {
  CallTranscript,
  CaptionLine,
  CaptionPass,
  CaptionTyping,
  FromCitizenPage,
  FromSeatPage,
  ToCaptionPage,
} from '../captions/api.ts'
export type { CityView } from '../city/api.ts'
export type {
  BreakReason,
  OutgoingView,
  SeatChange,
  SeatCommand,
  SeatSpell,
  SeatView,
  Supervising,
  TalkParties,
  TalkView,
  ToSeatPage,
} from '../desk/api.ts'
export type {
  DeskAct,
  FloorCall,
  FloorDates,
  FloorDay,
  FloorTable,
  LostCallView,
  ToFloorPage,
} from '../desk/floor/api.ts'
export {
  type DraftChange,
  type DraftField,
  type DraftFields,
  type DraftSaved,
  type DraftView,
  draftFieldNames,
  type KindShown,
  type NewDraft,
  type OwnCall,
  type PlaceShown,
  type SuggestionShown,
  type SuggestRequest,
} from '../drafts/api.ts'
export {
  type EmergencyShown,
  type LinesRead,
  type Offering,
  proposedFields,
  type ReadingRequest,
} from '../drafts/reading/api.ts'
export type { Audit, SealList } from '../ledger/api.ts'
export type { OrderAct } from '../orders/acting/api.ts'
export type { ToOrderPage } from '../orders/api.ts'
export {
  type CitizenAnswer,
  centre,
  type EvidencePiece,
  type OrderDetail,
  type OrderSummary,
} from '../orders/api.ts'
export type {
  ByRuleFigures,
  DispatchDraftShown,
  DispatchTrial,
  SuggestedUnit,
  SuggestedUnits,
} from '../orders/dispatching/api.ts'
export type { ErasureReason, ErasureShown } from '../orders/erasing/api.ts'
export { mostCounted, type OrderCounts, type OrderPage, type OrderQuery } from '../orders/listing/api.ts'
export type {
  Foreseen,
  ForeseeRequest,
  NearOrders,
  NearRequest,
  NewOrderRequest,
} from '../orders/making/api.ts'
export type { LikeOrder, OrdersTogetherShown } from '../orders/repeating/api.ts'
export type { OrderRulesShown } from '../orders/ruling/api.ts'
export type {
  Account,
  FactorKind,
  FactorShown,
  KnownName,
  MadeProgram,
  Member,
  MemberChange,
  NewMember,
  NewTotp,
  OwnPassword,
  PasskeyAnswer,
  PasskeyAsked,
  ProgramShown,
  RecoveryCodes,
  Removal,
  RightsChange,
  Role,
  SessionShown,
  SessionView,
} from '../staff/api.ts'
export {
  type AuditReport,
  auditQuerySchema,
  type Campaign,
  type CampaignChange,
  type Exclusion,
  type ExclusionDecision,
  type ExclusionShown,
  type GroupRates,
  type LinkAnswer,
  type LinkState,
  type LinkTaken,
  type RateFormula,
  type RateQuery,
} from '../surveys/api.ts'
export type { CallDetail, CallerPlace, CallPage, CallRecord, Dialed } from '../telephony/api.ts'
export type { Problem } from './api.ts'
