import type { ReactNode } from 'react'
import type { FloorDates, FloorTable } from '../../http/contract.ts'
import { language } from '../language.ts'
import { words } from './words.ts'

/** A part of the floor, with its table as a file where it has one. */
export function Card({
  name,
  wide = false,
  file,
  children,
}: {
  readonly name: string
  readonly wide?: boolean
  readonly file?: { readonly table: FloorTable; readonly dates?: FloorDates }
  readonly children: ReactNode
}) {
  return (
    <section className={wide ? 'card wide' : 'card'} aria-label={name}>
      <div className="named">
        <h2>{name}</h2>
        {file && (
          <a href={fileUrl(file.table, file.dates)} download aria-label={words.csvOf(name)}>
            {words.csv}
          </a>
        )}
      </div>
      {children}
    </section>
  )
}

function fileUrl(table: FloorTable, dates: FloorDates = {}): string {
  const query = new URLSearchParams({ lang: language })
  for (const [name, date] of Object.entries(dates)) if (date) query.set(name, date)
  return `/api/floor/${table}.csv?${query}`
}
