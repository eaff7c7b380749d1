import { changesBetween } from './changes.ts'
import type { RuleDraft, RuleUse, RuleVersion } from './version.ts'

/** The changes between two texts. */
export const changesIn = (before: string, after: string) =>
  changesBetween(JSON.parse(before), JSON.parse(after))

/** Rows as shown over the API: times in ms, without the text. */
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
