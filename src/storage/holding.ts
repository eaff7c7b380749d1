import { type SQL, sql } from 'drizzle-orm/sql'
import { z } from 'zod'
import type { Words } from '../foundation/schema.ts'

/** What has an end that a city decides, as its rules name it. */
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
 * A table, or a file or folder of DATA_DIR with a slash before its name: either nobody is in it, and why; or what of a
 * person is, and how long: by one of the city's periods, or until something happens.
 */
export type Holding = { readonly name: string } & (
  | { readonly nobody: string }
  | {
      /** As people say it. */
      readonly title: Words
      readonly what: string
      readonly kept: KeptKind | { readonly until: string }
    }
)

/** Somebody, by all that leads to them. */
export type Somebody = {
  /** Their number in every way that it may be written. */
  readonly forms: readonly string[]
  /** The digits that every way of writing it has in common, to be looked for in words; of nobody when empty. */
  readonly digits: string
  readonly calls: readonly string[]
  readonly orders: readonly string[]
}

/** Several people at once, whom nothing may be taken from. */
export type HeldBack = Omit<Somebody, 'digits'>

/** Something that has to stay, and why. */
export type Stayed = { readonly about: string; readonly because: 'held' | 'in-hand' | 'of-another' | 'later' }

export type Forgotten = { readonly count: number; readonly stayed?: readonly Stayed[] }

/** Who takes people out of a holding. A room gives one for each of its holdings that has somebody in it. */
export type Forgetter = {
  readonly name: string
  /** Calls and orders of theirs that are known here. */
  find?(person: Somebody): Promise<Partial<Pick<Somebody, 'calls' | 'orders'>>>
  /** Calls that these orders came of: who holds an order holds them, too. */
  callsOf?(orders: readonly string[]): Promise<readonly string[]>
  /** All that is here of them. */
  export(person: Somebody): Promise<readonly object[]>
  /**
   * Takes them out, so that counts, chains and what was published still hold; again it does nothing more.
   * @param held orders that nobody may touch
   */
  forget(person: Somebody, held: Pick<HeldBack, 'orders'>): Promise<Forgotten>
  readonly sweeps?: readonly Sweep[]
}

/** Lets go of what is over. */
export type Sweep = {
  readonly kind: KeptKind
  /** @returns how many went; as many as `limit`: there may be more */
  sweep(past: { readonly beforeMs: number; readonly limit: number; readonly held: HeldBack }): Promise<number>
}

/** A row as it is exported: all that stands there. */
export const anyRow = z.record(z.string(), z.unknown())

/** Of a statement: `column in ${listed(values)}`. */
export const listed = (values: readonly string[]): SQL =>
  sql`(select jsonb_array_elements_text(${JSON.stringify(values)}::jsonb))`
