/**
 * Where callers meet people: seats, one queue, offers. The caller who has waited longest since their INVITE is
 * rung through to the seat that has been idle longest, the moment there are both; an offer that fails costs the
 * caller no place. Seats live in memory and are saved behind it, so that no call ever waits for a database.
 */

export type { SeatTalk } from './conversations.ts'
export { type Desk, type DeskFigures, type DeskNotices, type DeskOptions, openDesk } from './desk.ts'
export { deskFaults } from './faults.ts'
export { deskFigures } from './figures.ts'
export { type Floor, type FloorOptions, openFloor } from './floor.ts'
export { deskMigrations } from './migrations.ts'
export type { SeatRing } from './offer.ts'
export type { QueueEnd, QueueOptions } from './routing.ts'
export { openScreens, type Screens, type ScreensOptions } from './screens.ts'
export type { Digest, SeatSetup } from './seat.ts'
