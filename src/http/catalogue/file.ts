import type { z } from 'zod'
import type { catalogueFileParamsSchema } from '../../catalogue/api.ts'
import type { CatalogueBook } from '../../catalogue/index.ts'
import { type Cell, csvOf, excelMark, xlsxOf } from '../../foundation/index.ts'
import type { OrderRules } from '../../orders/index.ts'
import { catalogueWords as w } from '../words/catalogue.ts'
import { urgencyWords } from '../words/orders.ts'
import type { Language, Words } from '../words/words.ts'

type Said = { readonly language: Language; readonly rules: Pick<OrderRules, 'categories'> }
type Described = ReturnType<CatalogueBook['whole']>[number]
type Column = readonly [head: Words, width: number, cell: (kind: Described, said: Said) => Cell]

const lines = (texts: readonly string[]) => texts.join('\n')
const isSo = (so: boolean, { language }: Said) => (so ? w.yes : w.no)[language]

const columns: readonly Column[] = [
  [w.code, 11, ({ code }) => code],
  [w.class, 14, one => one.class],
  [w.group, 14, ({ group }) => group],
  [w.object, 16, ({ object }) => object],
  [w.name, 16, ({ name }) => name],
  [w.urgency, 11, ({ urgency }, { language }) => urgencyWords[urgency][language]],
  [w.tag, 10, ({ tag }) => tag],
  [w.elder, 8, ({ elder }, said) => isSo(elder, said)],
  [w.evidence, 8, ({ evidence }, said) => isSo(evidence, said)],
  [w.category, 18, ({ category }, said) => categoryName(category, said)],
  [w.units, 28, ({ units }) => units.join(' ')],
  [w.answers, 28, ({ answers }, said) => lines(answers.map(answer => answerOf(answer, said)))],
  [w.words, 40, ({ words }) => words.join(' ')],
  [w.says, 50, ({ says }) => lines(says)],
  [w.not, 40, ({ not }) => lines(not.map(({ is, ask }) => `${is}：${ask}`))],
  [w.form, 28, ({ form }) => form.join(' ')],
  [w.former, 12, ({ former }) => former.join(' ')],
]

function categoryName(id: string, { rules, language }: Said): string {
  const found = rules.categories.get(id)
  return (language === 'en' ? found?.english : found?.name) ?? id
}

const answerOf = ({ unit, districts }: Described['answers'][number], { language }: Said) =>
  `${unit || w.nobody[language]}：${districts.length === 0 ? w.everywhere[language] : districts.join('、')}`

/** Kinds with everything that the catalogue says about them, one row each. */
export async function* catalogueFile(
  format: z.output<typeof catalogueFileParamsSchema>['format'],
  kinds: readonly Described[],
  said: Said,
): AsyncGenerator<Uint8Array | string> {
  const rows = kinds.map(kind => columns.map(([, , cell]) => cell(kind, said)))
  const head = columns.map(([words, width]) => [words[said.language], width] as const)
  if (format === 'xlsx') yield* xlsxOf(w.catalogue[said.language], head, inOne(rows))
  else yield excelMark + csvOf([head.map(([name]) => name), ...rows])
}

async function* inOne<One>(all: One): AsyncGenerator<One> {
  yield all
}
