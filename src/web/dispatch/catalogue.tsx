import { Button } from 'react-aria-components'
import { Table } from '../design/table.tsx'
import { Trouble } from '../design/trouble.tsx'
import { language } from '../language.ts'
import { grouped } from '../orders/words.ts'
import { type Brought, useBringing, useByRule, useTrial } from './use-catalogue.ts'
import { words } from './words.ts'

const formats = ['csv', 'xlsx'] as const
const pathOf = (format: string, of: string) =>
  `/api/dispatch-catalogue/file/${format}?of=${of}&lang=${language}`

/** The dispatch catalogue as a table: taken along, brought back, and tried on what came in. */
export function DispatchCatalogue() {
  const bringing = useBringing()
  const { trial, isBusy, trouble, tryIt } = useTrial()
  const figures = useByRule()
  return (
    <section className="card wide" aria-labelledby="catalogue">
      <h2 id="catalogue">{words.catalogue}</h2>
      <p>{words.catalogueNote}</p>
      <p className="acts">
        {(['holds', 'draft'] as const).flatMap(of =>
          formats.map(format => (
            <a key={`${of} ${format}`} className="button" href={pathOf(format, of)} download>
              {words.taken} {format.toUpperCase()} {of === 'draft' && words.ofDraft}
            </a>
          )),
        )}
      </p>
      <p className="field">
        <label htmlFor="table">{words.bring}</label>
        <input
          id="table"
          type="file"
          accept=".csv,.xlsx"
          disabled={bringing.isPending}
          onChange={({ target }) => {
            const [file] = target.files ?? []
            // The same file is chosen again once it was mended.
            target.value = ''
            if (file) bringing.mutate(file)
          }}
        />
      </p>
      <BroughtSaid brought={bringing.data} />
      <p className="acts">
        <Button className="button" isDisabled={isBusy} onPress={tryIt}>
          {words.tryIt}
        </Button>
        <a className="button" href="/admin#dispatch">
          {words.publish}
        </a>
      </p>
      <Trouble text={trouble} />
      {trial && (
        <>
          <p role="status">{words.elsewhere(trial.elsewhere, trial.tried)}</p>
          {trial.orders.length > 0 && (
            <Table
              caption={words.moves}
              head={words.movesHead}
              narrow="cards"
              rows={trial.orders.map(({ number, kindName, from = words.nobody, to = words.nobody }) => ({
                key: number,
                cells: [
                  <a key="number" href={`/orders/${number}`}>
                    {grouped(number)}
                  </a>,
                  kindName,
                  from,
                  to,
                ],
              }))}
            />
          )}
        </>
      )}
      <h3>{words.figures}</h3>
      {figures && (
        <Table
          caption={words.figures}
          head={words.figuresHead}
          narrow="cards"
          none={words.noFigures}
          rows={figures.kinds.map(({ kind, kindName, went, reversed, looked, right }) => ({
            key: kind,
            cells: [kindName, went, reversed, looked, right],
          }))}
        />
      )}
    </section>
  )
}

function BroughtSaid({ brought }: { readonly brought: Brought | undefined }) {
  if (brought?.draft) return <p role="status">{words.brought(brought.draft.rows, brought.draft.changes)}</p>
  if (!brought?.faults) return null
  return (
    <div className="trouble" role="alert">
      <p>{words.refusedTable}</p>
      <ul>
        {brought.faults.map(({ place, found, expected }) => (
          <li key={`${place} ${found}`}>{words.fault(place, found, expected)}</li>
        ))}
      </ul>
    </div>
  )
}
