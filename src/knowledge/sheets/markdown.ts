import { Fault } from '../../foundation/index.ts'
import type { KnowledgeContent } from '../api.ts'
import { type ContentField, contentFields, shownOf } from '../entry.ts'
import { columns, fieldOfColumn, listFields, type SheetRow } from './columns.ts'

/**
 * Reads entries in the form in which people write and compare them:
 *
 *     # 社会保险                      a title, not read
 *     单位：labour                    before the first entry: for each entry that has no such line
 *
 *     ## 怎么查询社保缴费记录         the question
 *
 *     - 社保交了多少在哪里看          other wordings
 *
 *     > 您可以……                      the text that is read out, one paragraph per line
 *
 *     材料：身份证；社保卡            the other columns
 *
 * Text in `<!-- -->` is not read.
 */
export function readMarkdown(text: string, place: string): readonly SheetRow[] {
  const shared: Partial<Record<ContentField, string>> = {}
  const entries: { row: number; cells: Partial<Record<ContentField, string>> }[] = []
  const put = (field: ContentField, value: string, joined: string) => {
    const cells = entries.at(-1)?.cells ?? shared
    cells[field] = cells[field] === undefined ? value : `${cells[field]}${joined}${value}`
  }
  let isComment = false
  for (const [at, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const line = raw.trim()
    if (isComment || line.startsWith('<!--')) {
      isComment = !line.includes('-->')
      continue
    }
    const wrong = (expected: string) =>
      new Fault({
        code: 'knowledge-file',
        place: `${place}:${at + 1}`,
        found: JSON.stringify(line.slice(0, 60)),
        expected,
      })
    if (line === '' || /^#\s/.test(line)) continue
    const [, question] = /^##\s+(.+)$/.exec(line) ?? []
    if (question !== undefined) entries.push({ row: at + 1, cells: { question: question.trim() } })
    else if (/^[-*]\s/.test(line) || line.startsWith('>')) {
      if (entries.length === 0) throw wrong('an entry first: "## " and its question')
      if (line.startsWith('>')) put('text', line.slice(1).trim(), '\n')
      else put('wordings', line.slice(1).trim(), '\n')
    } else {
      const [, head = '', value = ''] = /^([^：:]{1,20})[：:](.*)$/.exec(line) ?? []
      const field = fieldOfColumn(head)
      if (field === undefined || field === 'question' || field === 'text' || field === 'wordings')
        throw wrong(`"## ", "- ", "> " or one of ${Object.values(columns).join('：, ')}：`)
      put(field, value.trim(), '\n')
    }
  }
  return entries.map(({ row, cells }) => ({ row, cells: { ...shared, ...cells } }))
}

/** Writes what `readMarkdown` reads back unchanged. */
export function writeMarkdown(contents: readonly KnowledgeContent[]): string {
  const written = contents.map(content => {
    const shown = shownOf(content)
    const others = contentFields.filter(
      field => !['question', 'wordings', 'text'].includes(field) && shown[field] !== '',
    )
    return [
      `## ${shown.question}`,
      content.wordings.map(wording => `- ${wording}`).join('\n'),
      content.text
        .split('\n')
        .map(part => `> ${part}`)
        .join('\n'),
      others
        .flatMap(field =>
          listFields.includes(field)
            ? [`${columns[field]}：${shown[field].replaceAll('\n', '；')}`]
            : shown[field].split('\n').map(part => `${columns[field]}：${part}`),
        )
        .join('\n'),
    ]
      .filter(part => part !== '')
      .join('\n\n')
  })
  return `${['# 知识库', ...written].join('\n\n')}\n`
}
