import type { OrderType } from '../api.ts'
import type { ClosingDraft, Lack, LackKind } from './api.ts'
import { comesUp, partsOf, tellingWords } from './demand-words.ts'
import type { ClosingRules } from './rules.ts'

/** What somebody asked for. */
export type Demand = {
  readonly type: OrderType | undefined
  readonly matter: string
  /** Where it is: said again in an answer, it answers nothing. */
  readonly place: string
}

/** As many words as somebody reads. */
const mostWords = 6
const chinese = /\p{Script=Han}/u

/**
 * What is lacking in a closing, by phrases and words alone: it may be wrong, so that it warns and keeps nobody from anything.
 * Pure: the same demand, closing and rules have the same answer.
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

/** Of so many words that tell something not one comes up by chance in an answer to them. */
const many = 8

/**
 * Of each thing that is asked for, the words of those that nothing takes up. Who says what was done, and when, may say it in
 * other words. Two languages are not held against each other.
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

/** Phrases, where little is said in clauses that have none. */
const empty = (words: string, rules: ClosingRules) =>
  saidIn(words, rules) < rules.leastSaid ? some(inText(rules.fillers, words)) : undefined

/** Characters of the clauses without phrases. */
const saidIn = (words: string, { fillers }: ClosingRules) =>
  words
    .split(/[，。；！？、,;!?\s]/)
    .filter(clause => inText(fillers, clause).length === 0)
    .join('').length

const pending = (words: string, rules: ClosingRules) => some(inText(rules.pending, words))

/** 3月2日, 2026-03-02, 当天, and in English by the month's name. */
const day =
  /\d{1,2}月\d{1,2}[日号]|\d{1,2}[日号]|\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}|\d{1,2}\/\d{1,2}|当[日天晚]|[今昨前][日天晚]|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? ?\d|\d ?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)/

/** A title behind a surname, a name behind what somebody is, or a number that can be rung. */
const person =
  /\p{Script=Han}(?:师傅|工程师|(?<![职施员民用开竣完手打务停复动])工(?![作程地人业具厂资期])|经理|主任|科长|所长|站长|队长|主管|老师|警官|同志|先生|女士|书记)|\d{7,}|\d{3,4}-\d{7,8}|\d{5}|[员长][：:]?\p{Script=Han}{2,3}(?=[，。、；,;（(]|$)/u

const namesSomebody = (words: string, { persons }: ClosingRules) =>
  person.test(words) || inText(persons, words).length > 0

/** A complaint or a report that is answered as a question. */
const turned = ({ type }: Demand, words: string, rules: ClosingRules) =>
  type === 'complaint' || type === 'report' ? some(inText(rules.turns, words)) : undefined
