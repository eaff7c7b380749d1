import './closings.css'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import type { OrderRulesShown } from '../../http/contract.ts'
import type { CheckedFigures, CheckedQuery } from '../../orders/checking/api.ts'
import { showPage } from '../design/page.tsx'
import { Table } from '../design/table.tsx'
import { Trouble } from '../design/trouble.tsx'
import { unitName } from '../orders/names.ts'
import { useRules } from '../orders/use-orders.ts'
import { SignedIn } from '../sign-in/sign-in.tsx'
import { One } from './one.tsx'
import { useCheckFigures, useJudging, useSample } from './use-closings.ts'
import { shareOf, words } from './words.ts'

const periods = [7, 30, 90, 366] as const

/** What closings lack: the sample that people look at, and the share by unit. */
function ClosingsPage() {
  const rules = useRules()
  const [query, setQuery] = useState<Partial<CheckedQuery>>({ days: 30, judged: 'no' })
  const figures = useCheckFigures(query.days ?? 30)
  if (!rules) return <p role="status">{words.loading}</p>
  const ask = (next: Partial<CheckedQuery>) => setQuery({ ...query, after: undefined, ...next })
  return (
    <div className="closings">
      <section className="card">
        <p className="quiet">{words.method}</p>
        <Asked query={query} rules={rules} ask={ask} />
      </section>
      <Sample query={query} rules={rules} ask={ask} />
      {figures && <ByUnit figures={figures} rules={rules} />}
    </div>
  )
}

type Asking = {
  readonly query: Partial<CheckedQuery>
  readonly rules: OrderRulesShown
  readonly ask: (next: Partial<CheckedQuery>) => void
}

const Asked = ({ query, rules, ask }: Asking) => (
  <div className="asked">
    <label>
      {words.period}{' '}
      <select value={query.days} onChange={({ target }) => ask({ days: Number(target.value) })}>
        {periods.map(days => (
          <option key={days} value={days}>
            {words.days(days)}
          </option>
        ))}
      </select>
    </label>
    <label>
      {words.unit}{' '}
      <select value={query.unit ?? ''} onChange={({ target }) => ask({ unit: target.value || undefined })}>
        <option value="">{words.everyUnit}</option>
        {rules.units.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
    <label>
      {words.which}{' '}
      <select
        value={query.judged}
        onChange={({ target }) => ask({ judged: target.value === 'yes' ? 'yes' : 'no' })}
      >
        <option value="no">{words.sample}</option>
        <option value="yes">{words.judged}</option>
      </select>
    </label>
  </div>
)

function Sample({ query, rules, ask }: Asking) {
  const { page, trouble } = useSample(query)
  const judging = useJudging()
  const title = query.judged === 'yes' ? words.judged : words.sample
  return (
    <section className="card" aria-label={title}>
      <h2>{title}</h2>
      {query.judged !== 'yes' && <p className="quiet">{words.keys}</p>}
      <Trouble text={trouble || judging.trouble} />
      {!page && trouble === '' && <p role="status">{words.loading}</p>}
      {page?.closings.length === 0 && <p>{words.noSample}</p>}
      <ul>
        {page?.closings.map(one => (
          <One
            key={`${one.number} ${one.cycle}`}
            one={one}
            unitName={unitName(rules, one.unit)}
            judging={judging}
          />
        ))}
      </ul>
      <p className="turning">
        {query.after !== undefined && (
          <Button className="button" onPress={() => ask({})}>
            {words.first}
          </Button>
        )}
        {page?.next !== undefined && (
          <Button className="button" onPress={() => ask({ after: page.next })}>
            {words.more}
          </Button>
        )}
      </p>
    </section>
  )
}

const ByUnit = ({
  figures: { all, units },
  rules,
}: {
  readonly figures: CheckedFigures
  readonly rules: OrderRulesShown
}) => (
  <section className="card" aria-label={words.units}>
    <h2>{words.units}</h2>
    <p>
      {words.sum(all.closed, all.lacking, all.told)}
      <br />
      {words.right(all.agreed, all.judgedLacking, all.missed)}
    </p>
    <Table
      caption={words.units}
      narrow="cards"
      none={words.none}
      head={[
        words.unit,
        { figures: words.closed },
        { figures: words.lacking },
        { figures: words.share },
        { figures: words.toldHead },
        { figures: words.agreed },
      ]}
      rows={units.map(({ unit, closed, lacking, told, agreed, judgedLacking }) => ({
        key: unit,
        cells: [
          unitName(rules, unit),
          closed,
          lacking,
          shareOf(lacking, closed),
          told,
          `${agreed}/${judgedLacking}`,
        ],
      }))}
    />
  </section>
)

showPage({ 'zh-CN': '答复抽查', en: 'Closings' }, <SignedIn>{() => <ClosingsPage />}</SignedIn>)
