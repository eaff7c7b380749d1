import { changesBetween } from './changes.ts'
import type { RuleDraft, RuleUse, RuleVersion } from './version.ts'

/** What a text says that another did not. */
export const changesIn = (before: string, after: string) =>
  changesBetween(JSON.parse(before), JSON.parse(after))

/** Rows as the outside reads them: times in ms, and no text. */
export const useShown = ({ version, fromAt, because, author, decidedAt }: RuleUse) => ({
  version,
  fromMs: fromAt.getTime(),
  because,
  author,
  decidedAtMs: decidedAt.getTime(),
})

export const versionShown = ({ number, way, author, note, madeAt, parent }: RuleVersion) => ({
  number,
  way,
  author,
  note,
  madeAtMs: madeAt.getTime(),
  parent,
})

export const draftNamed = ({ revision, writers, changedAt }: RuleDraft) => ({
  revision,
  author: writers.at(-1) ?? '',
  changedAtMs: changedAt.getTime(),
})
