import { pino } from 'pino'

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent'

/**
 * Structured lines. A caller's number, name and words never go in: name a call by its id, an error by `reasonOf`.
 * Fields are numbers, booleans, ids and codes.
 */
export type Log = {
  debug(fields: Fields, message: string): void
  info(fields: Fields, message: string): void
  warn(fields: Fields, message: string): void
  error(fields: Fields, message: string): void
  /** A log whose every line carries these fields, too. */
  child(fields: Fields): Log
}
type Fields = Readonly<Record<string, string | number | boolean | undefined>>

/** @param write receives each line (JSON and a newline); standard error when absent, where it cannot mix with answers. */
export function createLog(level: LogLevel, write?: (line: string) => void): Log {
  return pino({ level, base: null }, write ? { write } : pino.destination(2))
}

export const silentLog: Log = createLog('silent')
