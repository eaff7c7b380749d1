import type { ReactNode } from 'react'
import { Button } from 'react-aria-components'
import type { KnowledgeRow } from '../../knowledge/api.ts'
import { Table } from '../design/table.tsx'
import { useUnits } from '../house/units.ts'
import { lastDay } from './last-day.ts'
import { standings, words } from './words.ts'

/** Entries as a table; the question opens one. @param note what stands beside the state */
export function Rows<Row extends KnowledgeRow>({
  caption,
  rows,
  open,
  note,
}: {
  readonly caption: string
  readonly rows: readonly Row[]
  readonly open: (id: string) => void
  readonly note?: (row: Row) => ReactNode
}) {
  const { nameOf } = useUnits()
  const [question = '', unit = '', state = '', until = '', uses = ''] = words.head
  return (
    <Table
      caption={caption}
      head={[question, unit, state, until, { figures: uses }]}
      none={words.none}
      narrow="cards"
      rows={rows.map(row => ({
        key: row.id,
        cells: [
          <Button key="open" className="question" onPress={() => open(row.id)}>
            {row.question} {row.example && <span className="tag">{words.example}</span>}
          </Button>,
          nameOf(row.unit),
          <>
            {standings[row.standing]} {note?.(row)}
          </>,
          lastDay(row.untilMs),
          row.uses,
        ],
      }))}
    />
  )
}
