import './table.css'
import { type ReactNode, useId } from 'react'

/** What a column is of: words, which begin where reading begins, or figures, which stand under each other by their ends. */
export type TableHead = string | { readonly figures: string }

export type Row = {
  readonly key: string | number
  /** One a column; the first names the row. */
  readonly cells: readonly ReactNode[]
  /** What a page's own sheet draws a row by. */
  readonly marks?: Readonly<Record<`data-${string}`, string | number | boolean>>
}

type TableProps = {
  /** What the table is called, which is heard; and seen, too, where nothing above it says so. */
  readonly caption: string
  readonly isCaptionSeen?: boolean
  readonly head: readonly TableHead[]
  readonly rows: readonly Row[]
  /** In place of a table without rows, where it can be without. */
  readonly none?: string
  /** On a narrow screen it scrolls within itself, also by the keyboard; or each row becomes a card, with the heads in it. */
  readonly narrow?: 'scrolls' | 'cards'
}

export function Table({ caption, isCaptionSeen, head, rows, none, narrow = 'scrolls' }: TableProps) {
  const id = useId()
  if (rows.length === 0 && none !== undefined) return <p className="quiet">{none}</p>
  const columns = head.map(one =>
    typeof one === 'string' ? { name: one, isFigures: undefined } : { name: one.figures, isFigures: true },
  )
  const table = (
    <table>
      <caption id={id}>{isCaptionSeen ? caption : <span className="aloud">{caption}</span>}</caption>
      <thead>
        <tr>
          {columns.map(({ name, isFigures }) => (
            <th key={name} scope="col" data-figures={isFigures}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, cells: [first, ...rest], marks }) => (
          <tr key={key} {...marks}>
            <th scope="row">{first}</th>
            {columns.slice(1).map(({ name, isFigures }, at) => (
              <td key={name} data-figures={isFigures} data-label={narrow === 'cards' ? name : undefined}>
                {rest[at]}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
  if (narrow === 'cards') return <div className="table cards">{table}</div>
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for what is filled in
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be in reach of the keyboard (WCAG 2.1.1)
    <div className="table" role="group" aria-labelledby={id} tabIndex={0}>
      {table}
    </div>
  )
}
