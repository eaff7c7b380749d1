import type { ReactNode } from 'react'

export type Row = {
  readonly key: string
  /** The first names the row. */
  readonly cells: readonly ReactNode[]
}

/** A table with a head; on a narrow screen it scrolls within itself, and the keyboard can scroll it, too. */
export function Table({
  name,
  head,
  rows,
  none,
}: {
  readonly name: string
  readonly head: readonly string[]
  readonly rows: readonly Row[]
  readonly none: string
}) {
  if (rows.length === 0) return <p className="quiet">{none}</p>
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for what is filled in
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be in reach of the keyboard (WCAG 2.1.1)
    <div className="scrolls" role="group" aria-label={name} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {head.map(one => (
              <th key={one} scope="col">
                {one}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells: [first, ...rest] }) => (
            <tr key={key}>
              <th scope="row">{first}</th>
              {rest.map((value, column) => (
                <td key={head[column + 1]}>{value}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
