import { Fault, reasonOf } from '../foundation/index.ts'

/** SQLSTATE: five digits or capitals (PostgreSQL manual, appendix A). */
const sqlState = /^[0-9A-Z]{5}$/

/**
 * SQLSTATEs in which the database accepts no writes at all. Writes wait and lose nothing by waiting. Each comes with what
 * was found and what mends it.
 */
const away: readonly (readonly [state: RegExp, found: string, expected: string])[] = [
  [/^53100$/, 'its disk is full', 'free space on the disk of the database'],
  [/^53200$/, 'it is out of memory', 'memory for the database'],
  [/^53300$/, 'it has no connection left', 'a higher max_connections, or fewer programs on the database'],
  [/^53...$/, 'it is at one of its limits', 'a database with room to work in'],
  [/^25006$/, 'it only reads: a standby, or a failover', 'the primary, in DATABASE_URL'],
  [/^28...$/, 'it does not take our user and password', 'the right user and password in DATABASE_URL'],
  [/^3D...$/, 'it has no database of that name', 'the name of an existing database in DATABASE_URL'],
  [
    // 24: we use no cursors. PGlite reports this for its own portals after a disk error within a statement.
    /^(24...|58...|XX00[12]|F0...)$/,
    'it is broken: its files, or the disk under them',
    'the log of the database, and a copy to restore',
  ],
  [/^(08...|57P0[1-5])$/, 'no connection', 'a database that can be reached'],
]

/** Conflicts between transactions and locks held too long: the same statement may succeed at the next try. */
const inTheWay = /^(40...|55P03|55006|57014)$/

/** Turns a driver's error into a Fault without any values: the driver's detail may hold a caller's number. */
export function databaseFault(error: unknown): Fault {
  if (error instanceof Fault) return error
  const code = detailOf(error, 'code')
  if (!sqlState.test(code)) return awayFault('no connection', code, 'a database that can be reached', error)
  const reason = away.find(([state]) => state.test(code))
  if (reason) return awayFault(reason[1], code, reason[2], error)
  if (inTheWay.test(code)) return lateFault(error)
  const constraint = detailOf(error, 'constraint')
  return new Fault({
    code: 'statement-refused',
    place: 'database',
    found: constraint === '' ? `SQLSTATE ${code}` : `SQLSTATE ${code} (${constraint})`,
    expected: 'a statement that its tables accept',
    cause: error,
  })
}

export function lateFault(cause?: unknown): Fault {
  return new Fault({
    code: 'database-late',
    place: 'database',
    found: 'no answer within the deadline',
    expected: 'an answer in time',
    cause,
  })
}

export function awayFault(found: string, code: string, expected: string, cause?: unknown): Fault {
  return new Fault({
    code: 'database-away',
    place: 'database',
    found: code === '' ? found : `${found} (${code})`,
    expected,
    cause,
  })
}

/** Whether the database can still be read but not written: a full disk, a standby, no memory. */
export const isAwayForWriting = (error: unknown): error is Fault =>
  error instanceof Fault &&
  error.code === 'database-away' &&
  /^(53100|53200|25006|58...)$/.test(detailOf(error.cause, 'code'))

/** Tables that do not exist yet, or that we may not use: every row would be refused, whatever it holds. */
const noTable = /^(42P01|42703|42501|3F000)$/

/** Whether a write must wait because the same write may succeed later. Any other error is the row's fault. */
export function mustWait(error: unknown): boolean {
  if (!(error instanceof Fault)) return false
  if (error.code === 'database-away' || error.code === 'database-late') return true
  return error.code === 'statement-refused' && noTable.test(detailOf(error.cause, 'code'))
}

/** Whether the database is there but was too slow, perhaps because it was given too much at once. */
export const isLate = (error: unknown): boolean => error instanceof Fault && error.code === 'database-late'

/** The reason of an error for logs and people, without values: a database fault's own words, or any other error's code. */
export function whyOf(error: unknown): string {
  const isOurs = error instanceof Fault && /^(database-|statement-refused$|row-unexpected$)/.test(error.code)
  return isOurs ? error.found : reasonOf(error)
}

function detailOf(error: unknown, name: 'code' | 'constraint'): string {
  const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined
  return typeof value === 'string' ? value : ''
}
