import { type FormEvent, useState } from 'react'
import { Button } from 'react-aria-components'
import { knowledgeFormats } from '../../knowledge/api.ts'
import { Table } from '../design/table.tsx'
import { Trouble } from './trouble.tsx'
import { useImport } from './use-knowledge.ts'
import { words } from './words.ts'

const names = { csv: 'CSV', xlsx: 'XLSX', md: 'Markdown' }

/** Entries come in and go out as tables. */
export function Exchange() {
  const { take, taken, trouble, isTaking } = useImport()
  const [file, setFile] = useState<File>()
  const [submit, setSubmit] = useState(false)
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (file) take({ file, submit })
  }
  return (
    <section className="card" aria-label={words.views.exchange}>
      <form onSubmit={send}>
        <label className="wide">
          {words.file}
          <input
            type="file"
            accept=".csv,.xlsx,.md"
            required
            onChange={event => setFile(event.target.files?.[0])}
          />
        </label>
        <label className="check wide">
          <input type="checkbox" checked={submit} onChange={event => setSubmit(event.target.checked)} />{' '}
          {words.submitAtOnce}
        </label>
        <Button type="submit" className="button main" isDisabled={isTaking}>
          {words.import}
        </Button>
      </form>
      <Trouble code={trouble} />
      <div role="status">
        {taken && <p>{words.imported(taken.drafted, taken.changed, taken.same, taken.submitted)}</p>}
      </div>
      {taken && taken.faults.length > 0 && (
        <Table
          caption={words.faults}
          isCaptionSeen
          head={words.faultHead}
          rows={taken.faults.map(({ row, column, found, expected }) => ({
            key: `${row} ${column}`,
            cells: [row, column, found, expected],
          }))}
        />
      )}
      <h2>{words.export}</h2>
      <p className="acts">
        {knowledgeFormats.map(format => (
          <a key={format} href={`/api/knowledge/export/${format}`} download>
            {names[format]}
          </a>
        ))}
      </p>
    </section>
  )
}
