import './ranking.css'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import type { RankedGroup, RankedUnit } from '../../supervision/api.ts'
import { showPage } from '../design/page.tsx'
import { Table } from '../design/table.tsx'
import { Trouble } from '../design/trouble.tsx'
import { language } from '../language.ts'
import { SignedIn } from '../sign-in/sign-in.tsx'
import { Behind } from './behind.tsx'
import { Interval } from './interval.tsx'
import { useRanking } from './use-ranking.ts'
import { groupSaid, percentOf, pointsOf, words } from './words.ts'

/** A month's units, each beside those that it can be compared with. */
function RankingPage() {
  const [month, setMonth] = useState('')
  const { ranking, trouble } = useRanking(month)
  const file = `/api/ranking/csv?${new URLSearchParams({ month: ranking?.month ?? '', lang: language })}`
  return (
    <div className="ranking">
      <section className="card" aria-label={words.ranking}>
        <div className="chosen">
          <label>
            {words.month}
            <input
              type="month"
              value={month || (ranking?.month ?? '')}
              onChange={event => setMonth(event.target.value)}
            />
          </label>
          {ranking && (
            <span className="moves">
              <a className="button" href={file} download>
                {words.csv}
              </a>
              <Button className="button" onPress={() => print()}>
                {words.print}
              </Button>
            </span>
          )}
        </div>
        <Trouble text={trouble} />
        {ranking ? <p className="quiet">{words.method(ranking)}</p> : <p role="status">{words.asking}</p>}
        {ranking?.groups.length === 0 && <p>{words.none}</p>}
      </section>
      {ranking?.groups.map(group => (
        <Group key={`${ranking.month} ${group.id} ${group.from}`} group={group} month={ranking.month} />
      ))}
    </div>
  )
}

function Group({ group, month }: { readonly group: RankedGroup; readonly month: string }) {
  const [open, setOpen] = useState<string>()
  const name = groupSaid(group)
  const shown = group.units.find(({ unit }) => unit === open)
  const figures = [
    words.composite,
    words.expected,
    words.difference,
    words.response,
    words.solved,
    words.satisfied,
    words.points,
    words.answered,
    words.reached,
    words.asked,
    words.referred,
  ]
  return (
    <section className="card" aria-label={name}>
      <h2>{name}</h2>
      <Table
        caption={name}
        head={[words.unit, ...[words.rank, ...figures].map(one => ({ figures: one }))]}
        rows={group.units.map(unit => ({
          key: unit.unit,
          cells: [
            <Button
              key="unit"
              className="link"
              aria-expanded={unit.unit === open}
              onPress={() => setOpen(unit.unit === open ? undefined : unit.unit)}
            >
              {unit.name}
            </Button>,
            unit.rank ?? <span className="quiet">{words.noRank}</span>,
            <strong key="composite">{percentOf(unit.rates.composite)}</strong>,
            percentOf(unit.expected),
            <strong key="difference">{pointsOf(unit.difference)}</strong>,
            ...rates.map(rate => <Rate key={rate} unit={unit} rate={rate} />),
            unit.points === 0 ? '—' : -unit.points,
            unit.tally.answered,
            unit.tally.reached,
            unit.tally.asked,
            unit.tally.referred,
          ],
        }))}
        narrow="cards"
      />
      {shown && <Behind key={shown.unit} unit={shown} month={month} />}
    </section>
  )
}

const rates = ['response', 'solved', 'satisfied'] as const

/** A rate with how surely, and what it has become since the month before. */
function Rate({ unit, rate }: { readonly unit: RankedUnit; readonly rate: (typeof rates)[number] }) {
  const now = unit.rates[rate]
  const interval = unit.intervals[rate]
  const before = unit.before?.[rate]
  if (now === undefined || !interval) return <>—</>
  return (
    <span className="rate">
      {percentOf(now)}
      <Interval rate={now} interval={interval} />
      {before !== undefined && <span className="quiet">{words.since(pointsOf(now - before))}</span>}
    </span>
  )
}

showPage({ 'zh-CN': '月度排名', en: 'Ranking' }, <SignedIn>{() => <RankingPage />}</SignedIn>)
