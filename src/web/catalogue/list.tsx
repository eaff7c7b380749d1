import { useState } from 'react'
import { Input, Label, TextField } from 'react-aria-components'
import type { CatalogueFilter } from '../../catalogue/api.ts'
import { Pages, usePages } from '../design/pages.tsx'
import { Table } from '../design/table.tsx'
import { Trouble } from '../design/trouble.tsx'
import { language } from '../language.ts'
import { useKinds, useSteady } from './use-catalogue.ts'
import { urgencyWords, words } from './words.ts'

/** All kinds, or those that fit, a page at a time. @param open the one that is shown beside them */
export function Kinds({ open }: { readonly open: string | undefined }) {
  const [filter, setFilter] = useState<CatalogueFilter>({ q: '' })
  const pages = usePages()
  const steady = useSteady(filter)
  const { page, trouble } = useKinds(steady, pages.begin)
  const change = (changed: Partial<CatalogueFilter>) => {
    setFilter({ ...filter, ...changed })
    pages.toFirst()
  }
  const choice = (key: 'class' | 'tag', all: readonly string[] = []) => (
    <label>
      {words[key]}
      <select
        value={filter[key] ?? ''}
        onChange={event => change({ [key]: event.target.value || undefined })}
      >
        <option value="">{words.all}</option>
        {all.map(one => (
          <option key={one}>{one}</option>
        ))}
      </select>
    </label>
  )
  return (
    <section className="kinds" aria-label={words.catalogue}>
      <search className="acts">
        <TextField
          className="field"
          type="search"
          maxLength={100}
          value={filter.q}
          onChange={q => change({ q })}
        >
          <Label>{words.lookFor}</Label>
          <Input lang="zh-CN" />
        </TextField>
        {choice('class', page?.classes)}
        {choice('tag', page?.tags)}
        <label className="check">
          <input
            type="checkbox"
            checked={filter.elder === 'true'}
            onChange={event => change({ elder: event.target.checked ? 'true' : undefined })}
          />{' '}
          {words.elderOnly}
        </label>
      </search>
      <Trouble text={trouble} />
      <div className="acts">
        <p role="status">{page ? words.found(page.count) : words.asking}</p>
        <span>
          {words.takeAlong}{' '}
          {(['csv', 'xlsx'] as const).map(format => (
            <a key={format} href={fileOf(format, filter)} download>
              {format.toUpperCase()}
            </a>
          ))}
        </span>
      </div>
      {page && (
        <Table
          caption={words.catalogue}
          head={[words.name, words.code, words.group, words.urgency, words.units]}
          none={words.none}
          narrow="cards"
          rows={page.kinds.map(kind => ({
            key: kind.code,
            marks: { 'data-shown': kind.code === open },
            cells: [
              <a key="open" href={`#${kind.code}`} aria-current={kind.code === open ? 'true' : undefined}>
                {kind.object}·{kind.name}
              </a>,
              kind.code,
              kind.group,
              urgencyWords[kind.urgency],
              kind.units.join(' '),
            ],
          }))}
        />
      )}
      <Pages pages={pages} next={page?.next} />
    </section>
  )
}

/** What is listed, whole. */
function fileOf(format: 'csv' | 'xlsx', filter: CatalogueFilter): string {
  const query = new URLSearchParams({ lang: language })
  for (const [name, value] of Object.entries(filter)) if (value) query.set(name, value)
  return `/api/catalogue/file/${format}?${query}`
}
