import { type Cell, xlsxOf } from '../../foundation/index.ts'
import type { Bulletin } from '../../supervision/bulletins/api.ts'
import { bulletinWords as b, behindWords, deductionReasonWords } from '../words/supervision.ts'
import type { Language } from '../words/words.ts'
import { rankingHead, rankingRows, rounded } from './file.ts'

const width = 14

/** A bulletin as one sheet: its words, its ranking, what changed and why, deductions, and the orders behind the figures. */
export const bulletinFile = (
  { words, figures: { ranking, changes, deductions, annex }, digest }: Bulletin,
  language: Language,
  categoryName: (id: string) => string,
): AsyncGenerator<Uint8Array> => {
  const names = new Map(
    ranking.groups.flatMap(({ units }) => units.map(one => [one.unit, one.name] as const)),
  )
  const nameOf = (unit: string) => names.get(unit) ?? unit
  const head = rankingHead(language)
  const rows: readonly (readonly Cell[])[] = [
    ...rankingRows(ranking, language),
    [],
    [b.changes[language]],
    ...changes.map(({ name, difference, mix, kinds }) => [
      name,
      rounded(difference),
      b.mix[language],
      rounded(mix),
      ...kinds.flatMap(({ category, part }) => [categoryName(category), rounded(part)]),
    ]),
    [],
    [b.deductions[language]],
    ...deductions.map(({ name, order, reason, points }) => [
      name,
      order,
      deductionReasonWords[reason][language],
      -points,
    ]),
    [],
    [b.annex[language]],
    ...annex.map(({ unit, answer, count, orders }) => [
      nameOf(unit),
      behindWords[answer][language],
      count,
      orders.join(' '),
    ]),
    [],
    ...Object.values(words).map(text => [text]),
    [b.digest[language], digest],
  ]
  return xlsxOf(
    b.bulletin[language],
    head.map(name => [name, width] as const),
    once(rows),
  )
}

async function* once<One>(one: One): AsyncGenerator<One> {
  yield one
}
