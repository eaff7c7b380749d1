import type { OrderType } from '../api.ts'
import type { ClosingDraft, Lack, LackKind } from './api.ts'
import { comesUp, partsOf, tellingWords } from './demand-words.ts'
import type { ClosingRules } from './rules.ts'

/** What the citizen asked for. */
export type Demand = {
  readonly type: OrderType | undefined
  readonly matter: string
  /** The place; repeating it answers nothing. */
  readonly place: string
}

/** As many as a person will read. */
const mostWords = 6
const chinese = /\p{Script=Han}/u

/**
 * What a closing lacks, judged by phrases and words alone. This can be wrong, so it only warns.
 * Pure: the same demand, closing and rules give the same result.
 */
export function lacksOf(demand: Demand, draft: ClosingDraft, rules: ClosingRules): readonly Lack[] {
  const found = (what: LackKind, words: readonly string[] | undefined): readonly Lack[] =>
    words === undefined ? [] : [{ what, words: words.slice(0, mostWords) }]
  const { words } = draft
  return [
    ...found('unanswered', unanswered(demand, words, rules)),
    ...found('empty', empty(words, rules)),
    ...found('unfinished', draft.result === 'solved' ? pending(words, rules) : undefined),
    ...found('date', day.test(words) ? undefined : []),
    ...found('person', namesSomebody(words, rules) ? undefined : []),
    ...found('turned', turned(demand, words, rules)),
  ]
}

const inText = (phrases: readonly string[], text: string) => phrases.filter(phrase => text.includes(phrase))
const some = (words: readonly string[]) => (words.length === 0 ? undefined : words)

/** An answer to a demand with this many telling words takes up at least one of them. */
const many = 8

/**
 * For each part of the demand, its words that the closing does not take up. An answer that says what was done and
 * when may use other words. A Chinese demand is not compared with an answer in another language.
 */
function unanswered({ matter, place }: Demand, words: string, rules: ClosingRules) {
  if (!chinese.test(words)) return words.trim() === '' ? [] : undefined
  const isPlain = day.test(words) && saidIn(words, rules) >= 2 * rules.leastSaid
  const open = partsOf(matter, rules).flatMap((part, at) => {
    const telling = tellingWords(part, place, rules)
    const answered = telling.filter(word => comesUp(word, words))
    const isAnswered = answered.length > 0 && answered.length / telling.length >= rules.leastAnswered
    const isTrusted = at === 0 && isPlain && telling.length < many
    return telling.length === 0 || isAnswered || isTrusted ? [] : telling
  })
  return some(open)
}

/** The stock phrases found, if the other clauses say too little. */
const empty = (words: string, rules: ClosingRules) =>
  saidIn(words, rules) < rules.leastSaid ? some(inText(rules.fillers, words)) : undefined

/** Number of characters in clauses without stock phrases. */
const saidIn = (words: string, { fillers }: ClosingRules) =>
  words
    .split(/[，。；！？、,;!?\s]/)
    .filter(clause => inText(fillers, clause).length === 0)
    .join('').length

const pending = (words: string, rules: ClosingRules) => some(inText(rules.pending, words))

/** A day: 3月2日, 2026-03-02, 当天, or in English by the month's name. */
const day =
  /\d{1,2}月\d{1,2}[日号]|\d{1,2}[日号]|\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}|\d{1,2}\/\d{1,2}|当[日天晚]|[今昨前][日天晚]|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? ?\d|\d ?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)/

/** A person: a surname with a title, a name after a job, or a telephone number. */
const person =
  /\p{Script=Han}(?:师傅|工程师|(?<![职施员民用开竣完手打务停复动])工(?![作程地人业具厂资期])|经理|主任|科长|所长|站长|队长|主管|老师|警官|同志|先生|女士|书记)|\d{7,}|\d{3,4}-\d{7,8}|\d{5}|[员长][：:]?\p{Script=Han}{2,3}(?=[，。、；,;（(]|$)/u

const namesSomebody = (words: string, { persons }: ClosingRules) =>
  person.test(words) || inText(persons, words).length > 0

/** Phrases that answer a complaint or a report as if it were a question. */
const turned = ({ type }: Demand, words: string, rules: ClosingRules) =>
  type === 'complaint' || type === 'report' ? some(inText(rules.turns, words)) : undefined
