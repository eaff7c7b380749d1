import { type SQL, sql } from 'drizzle-orm/sql'
import { z } from 'zod'
import type { Words } from '../foundation/schema.ts'

/** The kinds of data whose retention a city decides, as its rules name them. */
export const keptKinds = [
  'journal',
  'keys',
  'recordings',
  'transcripts',
  'texts',
  'evidence',
  'marks',
  'jobs',
  'callbacks',
  'drafts',
  'trail',
] as const
export type KeptKind = (typeof keptKinds)[number]

/**
 * A table, or a file or folder of DATA_DIR (its name begins with a slash). Either it holds no personal data, and says why;
 * or it says what it holds of a person and for how long: one of the city's retention periods, or until something happens.
 */
export type Holding = { readonly name: string } & (
  | { readonly nobody: string }
  | {
      /** Its name for people. */
      readonly title: Words
      readonly what: string
      readonly kept: KeptKind | { readonly until: string }
    }
)

/** A person, by everything that identifies their data. */
export type Somebody = {
  /** Their phone number in every form in which it may be written. */
  readonly forms: readonly string[]
  /** The digits common to all those forms, for searching in text; empty if there is no number to search for. */
  readonly digits: string
  readonly calls: readonly string[]
  readonly orders: readonly string[]
}

/** Several people whose data may not be deleted. */
export type HeldBack = Omit<Somebody, 'digits'>

/** Something that has to be kept, and why. */
export type Stayed = { readonly about: string; readonly because: 'held' | 'in-hand' | 'of-another' | 'later' }

export type Forgotten = { readonly count: number; readonly stayed?: readonly Stayed[] }

/** Exports and erases a person's data in one holding. A room provides one for each of its holdings with personal data. */
export type Forgetter = {
  readonly name: string
  /** Finds the calls and orders of this person that are known here. */
  find?(person: Somebody): Promise<Partial<Pick<Somebody, 'calls' | 'orders'>>>
  /** Finds the calls from which these orders were made: a legal hold on an order covers them, too. */
  callsOf?(orders: readonly string[]): Promise<readonly string[]>
  /** Everything that is held here about the person. */
  export(person: Somebody): Promise<readonly object[]>
  /**
   * Erases the person so that counts, hash chains and published figures stay valid. Doing it again changes nothing.
   * @param held orders under a legal hold, which must not be changed
   */
  forget(person: Somebody, held: Pick<HeldBack, 'orders'>): Promise<Forgotten>
  readonly sweeps?: readonly Sweep[]
}

/** Deletes data whose retention period has ended. */
export type Sweep = {
  readonly kind: KeptKind
  /** @returns how many were deleted; if this equals `limit`, there may be more */
  sweep(past: { readonly beforeMs: number; readonly limit: number; readonly held: HeldBack }): Promise<number>
}

/** A row as it is exported, with all of its columns. */
export const anyRow = z.record(z.string(), z.unknown())

/** A list for a statement: `column in ${listed(values)}`. */
export const listed = (values: readonly string[]): SQL =>
  sql`(select jsonb_array_elements_text(${JSON.stringify(values)}::jsonb))`
