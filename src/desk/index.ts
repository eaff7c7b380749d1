/**
 * Where callers meet people: seats, one queue, offers. By priority, skill and the time of their INVITE, callers are
 * put through to the seats that have been idle longest, as soon as there are both; a failed offer costs the caller
 * no place. Seats live in memory and are saved behind it, so that no call waits for a database.
 */

export type { TalkAbout } from './api.ts'
export { deskBrings } from './brings.ts'
export { type Desk, type DeskFigures, type DeskNotices, type DeskOptions, openDesk } from './desk.ts'
export { deskFigures, queueHealth } from './figures.ts'
export type { Acts } from './floor/acts.ts'
export { type Floor, type FloorOptions, openFloor } from './floor/floor.ts'
export { openWatchedFloor, type WatchedFloor } from './floor/watched.ts'
export { askAside, handOver, type Outside, talkAt, talkingAt } from './hand-over.ts'
export type { LedCall, LedQueue, OwedCall, TakeCallback } from './leading.ts'
export { deskMigrations } from './migrations.ts'
export type { SeatRing } from './offer.ts'
export type { OutgoingCall, OutgoingEnd } from './outgoing.ts'
export type { CallQueue, Waiting } from './queue.ts'
export { ordinaryRules, type QueueRules } from './queue-rules.ts'
export type { LostPlace } from './redials.ts'
export { openScreens, type Screens, type ScreensOptions } from './screens.ts'
export type { Digest, SeatSetup } from './seat.ts'
export type { SeatPresence } from './seat-presence.ts'
export type { SeatTalk, ThirdNews, ThirdWays } from './talk.ts'
export type { PlaceNews, QueueEnd, QueueOptions } from './visit.ts'
