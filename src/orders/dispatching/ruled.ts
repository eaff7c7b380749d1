/** A dispatch by rule, and its review. */
export type ByRule = {
  /** Catalogue code of the kind that triage found. */
  readonly kind: string
  /** The event of the dispatch. */
  readonly seq: number
  readonly atMs: number
  /** How sure triage was, and how sure it had to be, 0 to 1. */
  readonly sure: number
  readonly threshold: number
  /** Whether it is in the sample that dispatchers review. */
  readonly isSampled: boolean
  /** A person's verdict. */
  readonly verdict?: 'right' | 'reversed'
}
