import { Table } from '../design/table.tsx'
import { useUnits } from '../house/units.ts'
import { Trouble } from './trouble.tsx'
import { useFigures } from './use-knowledge.ts'
import { words } from './words.ts'

const sum = <Key extends 'all' | 'atOnce'>(rows: readonly Readonly<Record<Key, number>>[], key: Key) =>
  rows.reduce((whole, row) => whole + row[key], 0)

/** What entries are good for, and what is lacking. */
export function Figures() {
  const { figures, trouble } = useFigures()
  const { nameOf } = useUnits()
  if (!figures)
    return (
      <section className="card">
        <Trouble code={trouble} />
        {trouble === undefined && <p role="status">{words.asking}</p>}
      </section>
    )
  const [unit = '', ...counts] = words.unitHead
  const [said = '', times = ''] = words.lackingHead
  return (
    <>
      <section className="card" aria-labelledby="figures">
        <h2 id="figures">{words.days30}</h2>
        <dl className="counts">
          <div>
            <dt>{words.searches}</dt>
            <dd>{figures.searches}</dd>
          </div>
          <div>
            <dt>{words.unanswered}</dt>
            <dd>{figures.unanswered}</dd>
          </div>
          <div>
            <dt>{words.atOnce}</dt>
            <dd>{figures.answeredAtOnce}</dd>
          </div>
          <div>
            <dt>{words.shareAtOnce}</dt>
            <dd>{words.percent(sum(figures.consultations, 'atOnce'), sum(figures.consultations, 'all'))}</dd>
          </div>
        </dl>
        <Table
          caption={words.byUnit}
          isCaptionSeen
          none={words.none}
          head={[unit, ...counts.map(name => ({ figures: name }))]}
          rows={figures.units.map(one => ({
            key: one.unit,
            cells: [
              nameOf(one.unit),
              one.current,
              one.ending,
              one.expired,
              one.unused,
              one.used['read-out'],
              one.used.sms,
              one.used.cite,
            ],
          }))}
        />
      </section>
      <section className="card" aria-labelledby="consulted">
        <h2 id="consulted">{words.shareAtOnce}</h2>
        <Table
          caption={words.shareAtOnce}
          none={words.none}
          head={[
            unit,
            { figures: words.consultations },
            { figures: words.answered },
            { figures: words.share },
          ]}
          rows={figures.consultations.map(one => ({
            key: one.unit,
            cells: [nameOf(one.unit), one.all, one.atOnce, words.percent(one.atOnce, one.all)],
          }))}
        />
      </section>
      <section className="card" aria-labelledby="lacking">
        <h2 id="lacking">{words.lacking}</h2>
        <Table
          caption={words.lacking}
          none={words.none}
          head={[said, { figures: times }]}
          rows={figures.words.map(one => ({ key: one.words, cells: [one.words, one.count] }))}
        />
      </section>
    </>
  )
}
