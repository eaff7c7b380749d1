/** A catalogue that was published, or the folder's as it was before. */
export type CatalogueVersion = {
  readonly number: number
  readonly digest: string
  readonly way: 'folder' | 'draft'
  readonly author: string
  readonly note: string
  readonly madeAt: Date
  readonly parent: number | undefined
}

/** That a version holds, from when on, and who said so. */
export type CatalogueUse = {
  readonly id: number
  readonly version: number
  readonly fromAt: Date
  readonly because: 'loaded' | 'published' | 'used'
  readonly author: string
  readonly decidedAt: Date
}

/** What is being written; files are those that are another than in its base, null where one goes. */
export type CatalogueDraft = {
  /** undefined where nothing was published yet: the folder's. */
  readonly base: number | undefined
  readonly revision: number
  readonly files: Readonly<Record<string, string | null>>
  readonly author: string
  readonly changedAt: Date
}
