/**
 * Calls: what rings, what we dial, on whichever line; and the journal that keeps what happened to each, from INVITE
 * to BYE. Protocols stay inside `lines/`.
 */

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
export type { CallFact, Journal } from './journal.ts'
