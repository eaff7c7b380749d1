import { useState } from 'react'
import { Button, Input, Label, TextField } from 'react-aria-components'
import { useUnits } from '../house/units.ts'
import { lastDay } from './last-day.ts'
import { Trouble } from './trouble.tsx'
import { useSearch } from './use-knowledge.ts'
import { words } from './words.ts'

/** What answers now, while somebody types. */
export function Search({ open }: { readonly open: (id: string) => void }) {
  const [text, setText] = useState('')
  const { found, trouble } = useSearch(text)
  const { nameOf } = useUnits()
  return (
    <section className="card" aria-label={words.views.search}>
      <TextField className="field" value={text} onChange={setText} type="search">
        <Label>{words.lookFor}</Label>
        <Input lang="zh-CN" />
      </TextField>
      <Trouble code={trouble} />
      <p role="status" className="quiet">
        {found &&
          (found.hits.length === 0
            ? words.nothing
            : found.unsure
              ? words.unsure(found.hits.length)
              : words.found(found.hits.length))}
        {found?.cut && ` · ${words.cut}`}
      </p>
      <ul className="hits">
        {found?.hits.map(hit => (
          <li key={hit.id}>
            <Button className="question" onPress={() => open(hit.id)}>
              {hit.question} {hit.example && <span className="tag">{words.example}</span>}
            </Button>
            <p lang="zh-CN">{hit.text}</p>
            <p className="quiet">
              {nameOf(hit.unit)} · {words.until(lastDay(hit.untilMs))}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
