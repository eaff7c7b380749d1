import { useState } from 'react'
import { Button } from 'react-aria-components'
import { type KnowledgeListQuery, knowledgeLists } from '../../knowledge/api.ts'
import { UnitField } from '../house/unit-field.tsx'
import { Rows } from './rows.tsx'
import { Trouble } from './trouble.tsx'
import { useList } from './use-knowledge.ts'
import { fields, words } from './words.ts'

/** All entries, by what they are and whose. */
export function Entries({ open }: { readonly open: (id: string) => void }) {
  const [list, setList] = useState<KnowledgeListQuery['list']>('all')
  const [unit, setUnit] = useState('')
  const [after, setAfter] = useState<string>()
  const { list: page, trouble } = useList({ list, unit: unit || undefined, after })
  return (
    <section className="card" aria-label={words.views.list}>
      <div className="acts">
        <label>
          {words.which}
          <select
            value={list}
            onChange={event => {
              setAfter(undefined)
              setList(knowledgeLists.find(one => one === event.target.value) ?? 'all')
            }}
          >
            {knowledgeLists.map(one => (
              <option key={one} value={one}>
                {words.lists[one]}
              </option>
            ))}
          </select>
        </label>
        <UnitField
          label={fields.unit}
          unit={unit}
          hint={words.lists.all}
          onChosen={next => {
            setAfter(undefined)
            setUnit(next)
          }}
        />
      </div>
      <Trouble code={trouble} />
      {page ? <Rows caption={words.views.list} rows={page.entries} open={open} /> : null}
      {page?.next !== undefined && (
        <Button className="button" onPress={() => setAfter(page.next)}>
          {words.more}
        </Button>
      )}
    </section>
  )
}
