/** A published catalogue, or the folder's from before. */
export type CatalogueVersion = {
  readonly number: number
  readonly digest: string
  readonly way: 'folder' | 'draft'
  readonly author: string
  readonly note: string
  readonly madeAt: Date
  readonly parent: number | undefined
}

/** A decision that a version is in force from a time on. */
export type CatalogueUse = {
  readonly id: number
  readonly version: number
  readonly fromAt: Date
  readonly because: 'loaded' | 'published' | 'used'
  readonly author: string
  readonly decidedAt: Date
}

/** The draft; `files` holds those that differ from its base, null for deleted ones. */
export type CatalogueDraft = {
  /** Undefined if nothing was published yet: the base is then the folder's. */
  readonly base: number | undefined
  readonly revision: number
  readonly files: Readonly<Record<string, string | null>>
  readonly author: string
  readonly changedAt: Date
}
