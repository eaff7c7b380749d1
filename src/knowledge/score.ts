/**
 * How much each part adds to an entry's score: the fit of its best wording; how little else that wording says; all
 * wordings together, since people ask for two things at once; its text; and whether both are like the same
 * catalogue objects, for when they share no words. Tuned on reworded questions, and tested on others that were held
 * out.
 */
const parts = { best: 0.4, tight: 0.2, asked: 0.3, text: 0.2, like: 0.4 } as const

/** Shares, 0 to 1 each. */
export type Fit = { readonly [Part in keyof typeof parts]: number }

export const scoreOf = (fit: Fit): number =>
  parts.best * fit.best +
  parts.tight * fit.tight +
  parts.asked * fit.asked +
  parts.text * fit.text +
  parts.like * fit.like

/** Chooses the best wording of an entry. */
export const wordingScore = (best: number, tight: number): number => parts.best * best + parts.tight * tight

/**
 * Weight of words that no entry has. They distinguish no entry, so they count little against those that match other
 * words.
 */
export const unheard = 0.35

/** Fewer entries count as this many, about as many as a city begins with, so that words weigh the same among a few. */
const fewEntries = 300

export const idfOf = (entries: number, holders: number): number =>
  Math.log(1 + Math.max(entries, fewEntries) / (holders + 0.5))

/**
 * How likely the best entry answers the question at all, 0 to 1. Fitted on half of 173 reworded questions and of 90
 * that no city answers (今天天气真好, 红烧肉怎么做). On the other half a threshold of 0.25 keeps 0.95 and refuses 0.75.
 * @param evidence how much the words that entry and question share tell
 * @param shared how alike the catalogue objects of both are
 * @param like how like the question is to its closest object
 */
export function sureOf({
  evidence,
  shared,
  like,
}: {
  evidence: number
  shared: number
  like: number
}): number {
  const sum = 4.2 * Math.sqrt(Math.min(3, evidence / 10)) + 2.4 * shared + 10 * shared * like - 0.8 * like - 6
  return 1 / (1 + Math.exp(-sum))
}
