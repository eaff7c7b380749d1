/** Rules of a subject that were published, or the file's as it was before. */
export type RuleVersion = {
  readonly number: number
  /** As a file has it, in one form. */
  readonly text: string
  readonly way: 'file' | 'draft'
  readonly author: string
  readonly note: string
  readonly madeAt: Date
  readonly parent: number | undefined
}

/** That a version holds, from when on, and who said so. */
export type RuleUse = {
  readonly id: number
  readonly subject: string
  readonly version: number
  readonly fromAt: Date
  readonly because: 'loaded' | 'published' | 'used'
  readonly author: string
  readonly decidedAt: Date
}

/** What is being written of a subject. */
export type RuleDraft = {
  readonly subject: string
  /** undefined where nothing was published yet: the file's. */
  readonly base: number | undefined
  readonly revision: number
  readonly text: string
  /** All who wrote in it, the last one last. */
  readonly writers: readonly string[]
  readonly changedAt: Date
}
