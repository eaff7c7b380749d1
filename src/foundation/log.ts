import { pino } from 'pino'

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent'

/**
 * Structured log lines. They never hold a caller's number, name or words: identify a call by its id and an error by
 * `reasonOf`. Fields are numbers, booleans, ids and codes.
 */
export type Log = {
  debug(fields: Fields, message: string): void
  info(fields: Fields, message: string): void
  warn(fields: Fields, message: string): void
  error(fields: Fields, message: string): void
  /** A log that adds these fields to every line. */
  child(fields: Fields): Log
}
type Fields = Readonly<Record<string, string | number | boolean | undefined>>

/**
 * @param write receives each line (JSON and a newline); by default lines go to standard error, apart from a
 * command's output
 */
export function createLog(level: LogLevel, write?: (line: string) => void): Log {
  return pino({ level, base: null }, write ? { write } : pino.destination(2))
}

export const silentLog: Log = createLog('silent')
