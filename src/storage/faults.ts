import { Fault, reasonOf } from '../foundation/index.ts'

/** SQLSTATE: five digits or capitals (PostgreSQL manual, appendix A). */
const sqlState = /^[0-9A-Z]{5}$/

/**
 * States in which the database takes nothing from anybody, whatever it is given: what is to be written waits, and is no
 * worse for it. Each with what was found and what mends it.
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
    // 24: no cursor is ours; PGlite says so of its own portals after its disk failed it within a statement.
    /^(24...|58...|XX00[12]|F0...)$/,
    'it is broken: its files, or the disk under them',
    'the log of the database, and a copy to restore',
  ],
  [/^(08...|57P0[1-5])$/, 'no connection', 'a database that can be reached'],
]

/** Two transactions in each other's way, a lock that somebody held too long: the same statement does the next time. */
const inTheWay = /^(40...|55P03|55006|57014)$/

/** What a driver threw, as a Fault that repeats no value: the driver's detail can hold a caller's number. */
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

/** Whether it still answers questions, and takes nothing: a full disk, a standby, no memory. */
export const isAwayForWriting = (error: unknown): error is Fault =>
  error instanceof Fault &&
  error.code === 'database-away' &&
  /^(53100|53200|25006|58...)$/.test(detailOf(error.cause, 'code'))

/** Tables that are not there (yet), or not ours to use: every row would be refused, none for what it says. */
const noTable = /^(42P01|42703|42501|3F000)$/

/** Whether what was to be written has to wait, and the same again may be taken later. Anything else is the row's fault. */
export function mustWait(error: unknown): boolean {
  if (!(error instanceof Fault)) return false
  if (error.code === 'database-away' || error.code === 'database-late') return true
  return error.code === 'statement-refused' && noTable.test(detailOf(error.cause, 'code'))
}

/** Whether it may have been too much at once for a database that is there. */
export const isLate = (error: unknown): boolean => error instanceof Fault && error.code === 'database-late'

/** For logs and people: what a database said, in words that hold no value, and of any other error its code. */
export function whyOf(error: unknown): string {
  const isOurs = error instanceof Fault && /^(database-|statement-refused$|row-unexpected$)/.test(error.code)
  return isOurs ? error.found : reasonOf(error)
}

function detailOf(error: unknown, name: 'code' | 'constraint'): string {
  const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined
  return typeof value === 'string' ? value : ''
}
