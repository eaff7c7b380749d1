/**
 * Calls: what rings, what we dial, on whichever line; and the journal that keeps what happened to each, from INVITE
 * to BYE. Protocols stay inside `lines/`.
 */

export {
  type AmdLimits,
  type AnsweredBy,
  amdLimits,
  beforeAmd,
  isMusic,
  judge,
  type MachineSign,
} from './amd/amd.ts'
export { isAnnouncement } from './amd/announcement.ts'
export { type AmdEar, type AmdListening, earForSound, earForWords, listenForAnswer } from './amd/listen.ts'
export { createVoiceEars, listenForVoice } from './amd/voice.ts'
export type {
  Answering,
  AskedFigures,
  CallerPlace,
  CallFact,
  CallQuery,
  CallState,
  DayFigures,
  PastCall,
} from './api.ts'
export { callBrings } from './brings.ts'
export type {
  Call,
  CallEnd,
  CallId,
  Destination,
  DialOptions,
  EndReason,
  HangupReason,
  KeyPress,
  Line,
  LineNotices,
} from './call.ts'
export type { CallHandlers } from './deliver.ts'
export { isCallFault } from './faults.ts'
export { callFigures } from './figures.ts'
export { type GuardRules, guardReach } from './guard-reach.ts'
export { type CutCalls, countCuts, cutText } from './journal/cut.ts'
export { forgetsCalls } from './journal/holdings.ts'
export type { LostCall } from './journal/lost.ts'
export { callMigrations } from './journal/migrations.ts'
export { createNode, type HotlineNode } from './journal/nodes.ts'
export {
  type CallRow,
  callRow,
  findCall,
  hasRung,
  type JournalEntry,
  listCalls,
  listPastCalls,
  selectFacts,
} from './journal/store.ts'
export { type Alongside, createJournal, type JournalOptions, type StoredJournal } from './journal/writer.ts'
export { type Journal, readAlong, type TimedFact } from './journal.ts'
export { type BrowserLine, type BrowserLineOptions, openBrowserLine } from './lines/browser/line.ts'
export { type LoopbackLine, type LoopbackOptions, openLoopbackLine } from './lines/loopback/line.ts'
export type { HeardText, LoopbackPhone } from './lines/loopback/phone.ts'
export { sipMethods } from './lines/sip/abilities.ts'
export type { DialogNames } from './lines/sip/api.ts'
export { type Aside, isSentFrom, type Sender } from './lines/sip/aside.ts'
export { openSipLine, type SipLine, type SipLineOptions } from './lines/sip/line.ts'
export { createRegistrar, type Registrar, type RegistrarOptions } from './lines/sip/registrar.ts'
export type { SipServerAddress } from './lines/sip/server.ts'
export { numberForms, type Trunk } from './lines/sip/trunk.ts'
export { createTrust } from './lines/sip/trust.ts'
export { dialMigrations } from './lines/twilio/dial-book.ts'
export type { TwilioLine, TwilioLineOptions, TwilioOffence } from './lines/twilio/line.ts'
export { openTwilioLine } from './lines/twilio/open.ts'
export { pressKey, recordTalk, type TextLine, textOf } from './media-call.ts'
export {
  type Home,
  isFullNumber,
  localForms,
  maskedNumber,
  normaliseNumber,
  numberWritings,
  placeOf,
  spokenNumber,
} from './numbers.ts'
export { placeAfter } from './place.ts'
export { pressesSeven } from './press-seven.ts'
export { provedCaller } from './proved.ts'
export { type CallRecords, createCallRecords } from './records.ts'
export { createShares, firstComeShares, type ShareRules, type Shares, shareFigures } from './shares.ts'
export type { SilenceRules } from './silence-watch.ts'
export { type CallSummary, summarize, type TimelineLanguage, timelineOf } from './timeline.ts'
export { type CallUp, createWhereabouts } from './whereabouts.ts'
