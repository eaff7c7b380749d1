import { type Cell, csvOf, excelMark } from '../../foundation/index.ts'
import type { RankedGroup, RankedUnit, Ranking } from '../../supervision/api.ts'
import { rankGroupWords, sizeWords, rankingWords as w } from '../words/supervision.ts'
import type { Language, Words } from '../words/words.ts'

type Column = readonly [head: (language: Language) => string, cell: (unit: RankedUnit) => Cell]

const said =
  (...words: readonly Words[]) =>
  (language: Language) =>
    words.map(one => one[language]).join(' ')

const rate = (name: 'response' | 'solved' | 'satisfied'): readonly Column[] => [
  [said(w[name]), ({ rates }) => rounded(rates[name])],
  [said(w[name], w.from), ({ intervals }) => rounded(intervals[name]?.[0])],
  [said(w[name], w.until), ({ intervals }) => rounded(intervals[name]?.[1])],
]

const columns: readonly Column[] = [
  [said(w.rank), ({ rank }) => rank],
  [said(w.unit), ({ name }) => name],
  [said(w.composite), ({ rates }) => rounded(rates.composite)],
  [said(w.expected), ({ expected }) => rounded(expected)],
  [said(w.difference), ({ difference }) => rounded(difference)],
  ...rate('response'),
  ...rate('solved'),
  ...rate('satisfied'),
  [said(w.before), ({ before }) => rounded(before?.composite)],
  [said(w.points), ({ points }) => points],
  [said(w.asked), ({ tally }) => tally.asked],
  [said(w.reached), ({ tally }) => tally.reached],
  [said(w.answered), ({ tally }) => tally.answered],
  [said(w.excluded), ({ tally }) => tally.excluded],
  [said(w.referred), ({ tally }) => tally.referred],
]

const groupCell = ({ id, name, english, from, until }: RankedGroup, language: Language) =>
  `${rankGroupWords[id]?.[language] ?? (language === 'en' ? english : name) ?? id}, ${sizeWords(from, until)[language]}`

/** One line a unit, its group first; shares from 0 to 1 (RFC 4180, with the byte order mark that spreadsheets need). */
export const rankingFile = (ranking: Ranking, language: Language): string =>
  excelMark + csvOf([rankingHead(language), ...rankingRows(ranking, language)])

export const rankingHead = (language: Language): readonly string[] => [
  w.group[language],
  ...columns.map(([head]) => head(language)),
]

export const rankingRows = ({ groups }: Ranking, language: Language): readonly (readonly Cell[])[] =>
  groups.flatMap(group =>
    group.units.map(unit => [groupCell(group, language), ...columns.map(([, cell]) => cell(unit))]),
  )

export const rounded = (value: number | undefined) =>
  value === undefined ? undefined : Math.round(value * 10_000) / 10_000
