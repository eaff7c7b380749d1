import './rates.css'
import { useState } from 'react'
import type { GroupRates, RateQuery } from '../../http/contract.ts'
import { showPage } from '../design/page.tsx'
import { Table } from '../design/table.tsx'
import { Trouble } from '../design/trouble.tsx'
import { type Signed, SignedIn } from '../sign-in/sign-in.tsx'
import { Audit } from './audit.tsx'
import { Exclusions } from './exclusions.tsx'
import { type NameOf, useNames, useRates } from './use-rates.ts'
import { groupWords, percentOf, words } from './words.ts'

function RatesPage({ member }: Signed) {
  const [by, setBy] = useState<RateQuery['by']>('unit')
  const [from, setFrom] = useState('')
  const [until, setUntil] = useState('')
  const { rates, trouble } = useRates(by, from, until)
  const nameOf = useNames()
  return (
    <div className="rates">
      <section className="card" aria-label={words.rates}>
        <div className="chosen">
          <label>
            {words.by}
            <select value={by} onChange={event => setBy(event.target.value as RateQuery['by'])}>
              {Object.entries(groupWords).map(([group, label]) => (
                <option key={group} value={group}>
                  {label}
                </option>
              ))}
            </select>
          </label>
          <label>
            {words.from}
            <input type="date" value={from} onChange={event => setFrom(event.target.value)} />
          </label>
          <label>
            {words.until}
            <input type="date" value={until} onChange={event => setUntil(event.target.value)} />
          </label>
        </div>
        <Trouble text={trouble} />
        {rates ? (
          <>
            <RateTable by={rates.by} groups={rates.groups} nameOf={nameOf} />
            <p className="quiet">{words.formula(rates.formula)}</p>
          </>
        ) : (
          <p role="status">{words.asking}</p>
        )}
      </section>
      <Exclusions member={member} nameOf={nameOf} reasons={rates?.formula.exclusions ?? []} />
      <Audit nameOf={nameOf} />
    </div>
  )
}

const rateNames = ['response', 'solved', 'satisfied', 'composite'] as const
const countNames = ['asked', 'reached', 'answered', 'excluded', 'referred'] as const

/** A rate never without what it is made of: on a narrow screen a row becomes a card, and both stay side by side. */
function RateTable({
  by,
  groups,
  nameOf,
}: {
  readonly by: RateQuery['by']
  readonly groups: readonly GroupRates[]
  readonly nameOf: NameOf
}) {
  return (
    <Table
      caption={words.rates}
      head={[groupWords[by], ...[...rateNames, ...countNames].map(name => ({ figures: words[name] }))]}
      rows={groups.map(({ name, rates, tally }) => ({
        key: name,
        cells: [
          nameOf(name, by),
          ...rateNames.map(rate => <strong key={rate}>{percentOf(rates[rate])}</strong>),
          ...countNames.map(count => tally[count]),
        ],
      }))}
      none={words.none}
      narrow="cards"
    />
  )
}

showPage({ 'zh-CN': '三率', en: 'Rates' }, <SignedIn>{signed => <RatesPage {...signed} />}</SignedIn>)
