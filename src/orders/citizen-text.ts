import { type Calendar, type CitizenTexts, filledIn } from '../city/index.ts'
import { phoneNumber } from '../foundation/schema.ts'
import { questionEndsAt } from './asking/question.ts'
import { dueAt } from './clocks.ts'
import type { Order } from './order.ts'
import type { OrderRules } from './rules.ts'

export type CitizenTextKind =
  | 'filed'
  | 'closed'
  | 'reopened'
  | 'byRule'
  | 'asked'
  | 'merged'
  | 'parted'
  | 'split'

/** What a text needs besides the order. */
export type CitizenTextWords = {
  readonly rules: Pick<OrderRules, 'units' | 'categories' | 'channels'>
  /** The kind's name in the catalogue, for example `居民供水·停水`. */
  readonly kindName: string | undefined
  readonly calendar: Calendar
  readonly timeZone: string
  /** The city's wording. */
  readonly texts: CitizenTexts
  /** Address of the page on which a question is answered. */
  readonly url?: string | undefined
}

const results = {
  solved: ['已解决', 'solved'],
  partly: ['部分解决', 'solved in part'],
  explained: ['已解释说明', 'explained'],
  impossible: ['客观上无法解决', 'cannot be solved'],
  referred: ['不属承办单位职责', 'beyond what the unit may decide'],
} as const

/**
 * A text to the citizen about their order: its number, subject, unit and time limit, or its result; never the
 * citizen's own words. Chinese first, followed by English for callers who do not speak Chinese. For a confidential
 * order it names neither subject nor unit, since others may read the telephone.
 */
export function citizenText(kind: CitizenTextKind, order: Order, words: CitizenTextWords): string {
  const isEnglish = !order.language.startsWith('zh')
  return isEnglish
    ? `${chinese(kind, order, words)}\n${english(kind, order, words)}`
    : chinese(kind, order, words)
}

function chinese(kind: CitizenTextKind, order: Order, words: CitizenTextWords): string {
  const { rules, kindName, texts } = words
  const matter = kindName ?? rules.categories.get(order.category)?.name
  return filledIn(texts[kind]['zh-CN'], {
    matter: order.confidential || matter === undefined ? '您的诉求' : `您反映的“${matter}”`,
    number: order.number,
    numbers: order.split.join('、'),
    unit: order.confidential ? '' : (rules.units.get(order.lead ?? order.unit)?.name ?? ''),
    due: dueIn(order, words, 'zh-CN'),
    ...askedIn(order, words, 'zh-CN'),
    result: resultIn(order, words, 0),
  })
}

function english(kind: CitizenTextKind, order: Order, words: CitizenTextWords): string {
  return filledIn(words.texts[kind].en, {
    number: order.number,
    numbers: order.split.join(', '),
    due: dueIn(order, words, 'en-GB'),
    ...askedIn(order, words, 'en-GB'),
    result: resultIn(order, words, 1),
  })
}

/** The result, with the channel for what is beyond the unit's duty. */
function resultIn({ closings }: Order, { rules }: CitizenTextWords, at: 0 | 1): string {
  const closing = closings.at(-1)
  if (closing === undefined) return ''
  const channel = closing.channel === undefined ? undefined : rules.channels.get(closing.channel)
  if (!channel) return results[closing.result][at]
  const where = [at === 0 ? channel.name : channel.english, channel.line].filter(Boolean).join(' ')
  return at === 0
    ? `${results[closing.result][at]}，请走${where}`
    : `${results[closing.result][at]}; go to ${where}`
}

function dueIn({ clocks }: Order, words: CitizenTextWords, locale: string): string {
  const handling = clocks.find(({ name }) => name === 'handling')
  return handling ? timeIn(dueAt(handling, words.calendar), words, locale) : ''
}

const askedIn = ({ question }: Order, words: CitizenTextWords, locale: string) => ({
  url: words.url ?? '',
  until: question ? timeIn(questionEndsAt(question, words.calendar), words, locale) : '',
})

function timeIn(ms: number, { timeZone }: CitizenTextWords, locale: string): string {
  return new Date(ms).toLocaleString(locale, {
    timeZone,
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
}

/**
 * Where to send texts about an order: the number that the citizen wished, even if it is not rung; undefined for
 * citizens who want none, and for a name that the telephone showed instead of a number.
 */
export const textNumberOf = ({ contact }: Pick<Order, 'contact'>): string | undefined =>
  contact.mode !== 'none' && phoneNumber.safeParse(contact.number).success ? contact.number : undefined
