/**
 * What is known of callers: that they are old, and which language they prefer. A number is private: it is kept in
 * the database and never logged.
 */

export { callerBrings } from './brings.ts'
export { type Caller, ordinaryCaller } from './caller.ts'
export { type Callers, createCallers } from './callers.ts'
export { deleteChecks } from './check-store.ts'
export { type Checked, createNumberChecks, type NumberChecks } from './checks.ts'
export {
  type Contact,
  type ContactMode,
  contactModes,
  type Dialable,
  dialable,
  keptContact,
} from './contact.ts'
export type { Ladder } from './ladder/caller-ladder.ts'
export { callerMigrations } from './migrations.ts'
export { selectCaller } from './store.ts'
export { type Vouchers, vouchFor } from './vouch.ts'
