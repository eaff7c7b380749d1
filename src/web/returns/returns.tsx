import './returns.css'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import type { OrderRulesShown } from '../../http/contract.ts'
import type { ReturnFigures, ReturnPage, ReturnPeriod, ReturnShown } from '../../orders/returning/api.ts'
import { showPage } from '../design/page.tsx'
import { Pages, usePages } from '../design/pages.tsx'
import { Table } from '../design/table.tsx'
import { UnitField } from '../house/unit-field.tsx'
import { language } from '../language.ts'
import { groundName, unitName } from '../orders/names.ts'
import { useRules } from '../orders/use-orders.ts'
import { grouped, timeOf } from '../orders/words.ts'
import { SignedIn } from '../sign-in/sign-in.tsx'
import { useReturnFigures, useReturnPage } from './use-returns.ts'
import { heads, hoursOf, outcomeWords, shareOf, words } from './words.ts'

const periods = [7, 30, 90, 366] as const

/** The ledger of returns: what was lost between whom, for which grounds, and each order's way. */
function Returns() {
  const rules = useRules()
  const [period, setPeriod] = useState<ReturnPeriod>({ days: 30 })
  const pages = usePages()
  const figures = useReturnFigures(period)
  const page = useReturnPage(period, pages.begin)
  const ask = (next: ReturnPeriod) => {
    setPeriod(next)
    pages.toFirst()
  }
  return (
    <div className="returns at-work">
      {/* Stands while what it asks for is on its way: whoever types a unit is not to lose the field. */}
      <Asked period={period} ask={ask} />
      {rules && figures && page ? (
        <>
          <Sum figures={figures} />
          <Pairs figures={figures} rules={rules} />
          <Grounds figures={figures} rules={rules} />
          <List page={page} rules={rules} />
          <Pages pages={pages} next={page.next} />
        </>
      ) : (
        <p role="status">{words.loading}</p>
      )}
    </div>
  )
}

const Sum = ({ figures }: { readonly figures: ReturnFigures }) => (
  <p className="sum" role="status">
    {[
      words.all(figures.all.count),
      words.upheld(figures.all.upheld, figures.all.decided),
      words.open(figures.all.open),
      words.lost(figures.all.lostMs),
    ].join(' · ')}
  </p>
)

type OfRules = { readonly rules: OrderRulesShown }

function Asked({
  period,
  ask,
}: {
  readonly period: ReturnPeriod
  readonly ask: (period: ReturnPeriod) => void
}) {
  const fileOf = (format: string) => {
    const query = new URLSearchParams({ days: String(period.days), lang: language })
    if (period.unit !== undefined) query.set('unit', period.unit)
    return `/api/orders/returns/file/${format}?${query}`
  }
  return (
    <div className="asked">
      <label>
        {words.period}{' '}
        <select value={period.days} onChange={({ target }) => ask({ ...period, days: Number(target.value) })}>
          {periods.map(days => (
            <option key={days} value={days}>
              {words.days(days)}
            </option>
          ))}
        </select>
      </label>
      <UnitField
        label={words.unit}
        unit={period.unit ?? ''}
        hint={words.everyUnit}
        onChosen={unit => ask({ ...period, unit: unit || undefined })}
      />
      <span>
        {words.takeAlong}{' '}
        {['csv', 'xlsx'].map(format => (
          <a key={format} href={fileOf(format)} download>
            {format.toUpperCase()}
          </a>
        ))}
      </span>
      <Button className="button" onPress={() => print()}>
        {words.print}
      </Button>
    </div>
  )
}

const Pairs = ({ figures, rules }: OfRules & { readonly figures: ReturnFigures }) => (
  <section className="card" aria-label={words.pairs}>
    <h2>{words.pairs}</h2>
    <Table
      caption={words.pairs}
      narrow="cards"
      none={words.none}
      head={[
        heads.from,
        words.other,
        { figures: words.count },
        { figures: words.share },
        { figures: heads.lost },
      ]}
      rows={figures.pairs.map(({ from, other, count, decided, upheld, lostMs }) => ({
        key: `${from} ${other}`,
        cells: [
          unitName(rules, from),
          unitName(rules, other),
          count,
          shareOf(upheld, decided),
          hoursOf(lostMs),
        ],
      }))}
    />
  </section>
)

const Grounds = ({ figures, rules }: OfRules & { readonly figures: ReturnFigures }) => (
  <section className="card" aria-label={words.grounds}>
    <h2>{words.grounds}</h2>
    <Table
      caption={words.grounds}
      narrow="cards"
      none={words.none}
      head={[heads.ground, { figures: words.count }, { figures: words.share }]}
      rows={figures.grounds.map(({ ground, count, decided, upheld }) => ({
        key: ground,
        cells: [groundName(rules, ground), count, shareOf(upheld, decided)],
      }))}
    />
  </section>
)

const List = ({ page, rules }: OfRules & { readonly page: ReturnPage }) => (
  <section className="card" aria-label={words.list}>
    <h2>{words.list}</h2>
    <Table
      caption={words.list}
      narrow="cards"
      none={words.none}
      head={[heads.number, heads.way, heads.ground, heads.askedAt, heads.outcome, { figures: heads.lost }]}
      rows={page.returns.map(one => ({
        key: `${one.number} ${one.seq}`,
        cells: [
          <a key="number" href={`/orders/${one.number}`}>
            {grouped(one.number)}
          </a>,
          one.way.map(unit => unitName(rules, unit)).join(' → '),
          groundName(rules, one.ground),
          timeOf(one.askedAtMs),
          decisionOf(one),
          hoursOf(one.lostMs),
        ],
      }))}
    />
  </section>
)

const decisionOf = ({ outcome, decidedAtMs, siteAtMs }: ReturnShown) =>
  [
    outcome ? outcomeWords[outcome] : words.undecided,
    siteAtMs === undefined ? '' : `${heads.siteAt} ${timeOf(siteAtMs)}`,
    decidedAtMs === undefined ? '' : timeOf(decidedAtMs),
  ]
    .filter(Boolean)
    .join(' · ')

showPage({ 'zh-CN': '退单台账', en: 'Ledger of returns' }, <SignedIn>{() => <Returns />}</SignedIn>)
