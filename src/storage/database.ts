import type { SQL } from 'drizzle-orm/sql'
import type { z } from 'zod'
import type { Off } from '../foundation/index.ts'

/**
 * What may be asked, inside a transaction or outside of one. Every promise settles within a deadline.
 * int8 comes as number, date and numeric as string, timestamptz as Date, json parsed; JSON goes in as text.
 * @throws Fault `database-away`, `database-late`, `statement-refused` (with its SQLSTATE), `row-unexpected`
 */
export type Queries = {
  query<Row>(statement: SQL, row: z.ZodType<Row>): Promise<readonly Row[]>
  /** Resolves with the number of rows touched. Without parameters it may be a script of several statements. */
  execute(statement: SQL): Promise<number>
  /** Tells whoever listens, on every node, once the transaction is committed. At most 8,000 bytes. */
  notify(channel: string, payload: string): Promise<void>
}

export type Database = Queries & {
  /**
   * All of it or nothing. `work` asks through what it is given: the database itself may be waiting for its end.
   * @param deadlineMs for the whole, when the statement deadline is too short for it.
   */
  transaction<T>(work: (queries: Queries) => Promise<T>, deadlineMs?: number): Promise<T>
  /**
   * Hears what is notified from now on. While the database is away nothing is heard, and listening goes on when it
   * is back. Channels are lower-case words with underscores.
   */
  listen(channel: string, hear: (payload: string) => void): Promise<Off>
  /** Resolves when the database answers, rejects when it does not. */
  ping(): Promise<void>
  close(): Promise<void>
}

/** What a driver gives: what is to be done last goes to the database in one message with the commit. */
export type Driver = Omit<Database, 'transaction'> & {
  /** @param last asked once the work is done */
  transaction<T>(
    work: (queries: Queries) => Promise<T>,
    deadlineMs?: number,
    last?: () => readonly SQL[],
  ): Promise<T>
}

/** How long a statement or a transaction may take, unless it says otherwise. */
export const defaultDeadlineMs = 5_000
