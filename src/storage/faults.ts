import { Fault } from '../foundation/index.ts'

/** SQLSTATE: five digits or capitals (PostgreSQL manual, appendix A). */
const sqlState = /^[0-9A-Z]{5}$/

/** Connection exceptions, too many connections, and a server that shuts down, crashes or starts. */
const away = /^(08...|53300|57P0[1-5])$/
const cancelledByTimeout = '57014'

/** What a driver threw, as a Fault that repeats no value: the driver's detail can hold a caller's number. */
export function databaseFault(error: unknown): Fault {
  if (error instanceof Fault) return error
  const code = detailOf(error, 'code')
  if (!sqlState.test(code) || away.test(code)) return awayFault(code, error)
  if (code === cancelledByTimeout) return lateFault()
  const constraint = detailOf(error, 'constraint')
  return new Fault({
    code: 'statement-refused',
    place: 'database',
    found: constraint === '' ? `SQLSTATE ${code}` : `SQLSTATE ${code} (${constraint})`,
    expected: 'a statement that its tables accept',
    cause: error,
  })
}

export function lateFault(): Fault {
  return new Fault({
    code: 'database-late',
    place: 'database',
    found: 'no answer within the deadline',
    expected: 'an answer in time',
  })
}

function awayFault(code: string, cause: unknown): Fault {
  return new Fault({
    code: 'database-away',
    place: 'database',
    found: code === '' ? 'no connection' : `no connection (${code})`,
    expected: 'a database that can be reached',
    cause,
  })
}

function detailOf(error: unknown, name: 'code' | 'constraint'): string {
  const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined
  return typeof value === 'string' ? value : ''
}
