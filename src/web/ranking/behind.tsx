import { useEffect, useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import type { BehindQuery, RankedUnit } from '../../supervision/api.ts'
import { useBehind } from './use-ranking.ts'
import { answerWords, grouped, timeOf, words } from './words.ts'

type Answer = BehindQuery['answer']

const countOf: Readonly<Record<Answer, (unit: RankedUnit) => number>> = {
  'not-contacted': ({ tally }) => tally.contacted.no,
  'not-solved': ({ tally }) => tally.solved.no,
  'partly-solved': ({ tally }) => tally.solved.partly,
  dissatisfied: ({ tally }) => (tally.ratings[3] ?? 0) + (tally.ratings[4] ?? 0),
}
const answers = Object.keys(countOf) as readonly Answer[]

/** The orders behind a unit's figures, by what their citizens said. */
export function Behind({ unit, month }: { readonly unit: RankedUnit; readonly month: string }) {
  const [answer, setAnswer] = useState<Answer>(
    () => answers.find(one => one !== 'not-contacted' && countOf[one](unit) > 0) ?? 'not-solved',
  )
  const head = useRef<HTMLHeadingElement>(null)
  // Whoever opened it by a key goes on reading here.
  useEffect(() => head.current?.focus(), [])
  return (
    <section className="behind" aria-label={words.behind(unit.name)}>
      <h3 ref={head} tabIndex={-1}>
        {words.behind(unit.name)}
      </h3>
      <div className="answers">
        {answers.map(one => (
          <Button key={one} className="button" aria-pressed={one === answer} onPress={() => setAnswer(one)}>
            {answerWords[one]} {countOf[one](unit)}
          </Button>
        ))}
      </div>
      <Orders month={month} unit={unit.unit} answer={answer} />
    </section>
  )
}

function Orders(asked: BehindQuery) {
  const { orders, trouble } = useBehind(asked)
  if (trouble !== '')
    return (
      <p className="trouble" role="alert">
        {trouble}
      </p>
    )
  if (!orders) return <p role="status">{words.asking}</p>
  if (orders.length === 0) return <p className="quiet">{words.noOrders}</p>
  return (
    <>
      <ul>
        {orders.map(({ order, cycle, closedAtMs }) => (
          <li key={`${order} ${cycle}`}>
            <a href={`/orders/${order}`}>{grouped(order)}</a>{' '}
            <span className="quiet">
              {words.closedAt(timeOf(closedAtMs))}
              {cycle > 1 && ` · ${words.closing(cycle)}`}
            </span>
          </li>
        ))}
      </ul>
      {orders.length >= 1000 && <p className="quiet">{words.most}</p>}
    </>
  )
}
