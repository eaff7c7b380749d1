/**
 * Durable storage: one port to a relational database, by default PGlite inside this process, or PostgreSQL if
 * `DATABASE_URL` is set. Statements are SQL in drizzle's `sql` template, rows are parsed as they come in, and every error
 * is a Fault within the deadline, so that a database that is away never holds up a call.
 */

export { type SQL, sql } from 'drizzle-orm/sql'
export { storageBrings } from './brings.ts'
export { checkDataDir } from './data-dir.ts'
export type { Database, Queries } from './database.ts'
export { layBlank } from './databases/blank.ts'
export { askForCopy } from './databases/copy.ts'
export { lockDirectory } from './databases/lock.ts'
export { mustWait, whyOf } from './faults.ts'
export { filesIn, type KeptFile, removeFiles } from './folder-holding.ts'
export { follow } from './follow.ts'
export {
  anyRow,
  type Forgetter,
  type Forgotten,
  type HeldBack,
  type Holding,
  type KeptKind,
  keptKinds,
  listed,
  type Somebody,
  type Stayed,
  type Sweep,
} from './holding.ts'
export { keepTables } from './keep-tables.ts'
export { type Migration, migrate, refuseNewer } from './migrate.ts'
export { openDatabase, openDatabaseOrNone } from './open.ts'
export { type TakenPlace, takePlace } from './place.ts'
export { keepPrivate } from './private.ts'
export {
  readOrMakeKey,
  readOrMakeSecret,
  readSecret,
  replaceSecret,
  type SecretFaults,
  type SecretKey,
} from './secret-file.ts'
export { openSpill, type Spill } from './spill.ts'
export { forgetsSpilled } from './spill-holding.ts'
export { databasePart, writeFigures, writeParts } from './watched.ts'
export { withCommit } from './with-commit.ts'
export {
  createWriteBehind,
  type SafePlace,
  type WriteBehind,
  type WriteBehindFigures,
} from './write-behind.ts'
