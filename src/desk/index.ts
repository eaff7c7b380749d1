/**
 * Where callers meet people: seats, one waiting line, offers. The caller who has waited longest since their INVITE is
 * rung through to the seat that has been idle longest, the moment there are both; an offer that fails costs the
 * caller no place. Seats live in memory and are saved behind it, so that no call ever waits for a database.
 */

export { type Desk, type DeskFigures, type DeskNotices, type DeskOptions, openDesk } from './desk.ts'
export { deskMigrations } from './migrations.ts'
export type { QueueEnd, QueueOptions, SeatRing } from './routing.ts'
export type { Digest, NewSeat, SeatView } from './seat.ts'
export type { SeatState } from './seat-state.ts'
