/** Rules of a subject that were published, or the file's rules from before. */
export type RuleVersion = {
  readonly number: number
  /** The normalized text in the file's format. */
  readonly text: string
  readonly way: 'file' | 'draft'
  readonly author: string
  readonly note: string
  readonly madeAt: Date
  readonly parent: number | undefined
}

/** A decision that a version is in force: from when, and by whom. */
export type RuleUse = {
  readonly id: number
  readonly subject: string
  readonly version: number
  readonly fromAt: Date
  readonly because: 'loaded' | 'published' | 'used'
  readonly author: string
  readonly decidedAt: Date
}

/** The draft of a subject's rules. */
export type RuleDraft = {
  readonly subject: string
  /** The version it is based on; undefined for the file, if nothing was published yet. */
  readonly base: number | undefined
  readonly revision: number
  readonly text: string
  /** Everyone who wrote in it, the latest last. */
  readonly writers: readonly string[]
  readonly changedAt: Date
}
