import type { SQL } from 'drizzle-orm/sql'
import type { z } from 'zod'
import type { Off } from '../foundation/index.ts'

/**
 * Statements inside or outside a transaction. Every promise settles within a deadline. int8 is read as number, date and
 * numeric as string, timestamptz as Date, json as parsed values; JSON parameters are passed as text.
 * @throws Fault `database-away`, `database-late`, `statement-refused` (with its SQLSTATE), `row-unexpected`
 */
export type Queries = {
  query<Row>(statement: SQL, row: z.ZodType<Row>): Promise<readonly Row[]>
  /** Resolves with the number of affected rows. Without parameters the text may hold several statements. */
  execute(statement: SQL): Promise<number>
  /** Notifies the listeners on every node once the transaction commits. The payload is at most 8,000 bytes. */
  notify(channel: string, payload: string): Promise<void>
}

export type Database = Queries & {
  /**
   * Runs `work` in a transaction. `work` must use the queries that it is given: the database may be waiting for this
   * transaction to end.
   * @param deadlineMs for the whole transaction, if the deadline of a statement is too short
   */
  transaction<T>(work: (queries: Queries) => Promise<T>, deadlineMs?: number): Promise<T>
  /**
   * Listens for notifications from now on. Those sent while the database is away are lost; listening resumes when it is
   * back. Channel names are lower-case words joined by underscores.
   */
  listen(channel: string, hear: (payload: string) => void): Promise<Off>
  /** Resolves when the database answers, rejects when it does not. */
  ping(): Promise<void>
  close(): Promise<void>
}

/** A database driver. It sends a transaction's last statements in one message with the commit. */
export type Driver = Omit<Database, 'transaction'> & {
  /** @param last gives the last statements; called once the work is done */
  transaction<T>(
    work: (queries: Queries) => Promise<T>,
    deadlineMs?: number,
    last?: () => readonly SQL[],
  ): Promise<T>
}

/** How long a statement or a transaction may take by default. */
export const defaultDeadlineMs = 5_000
