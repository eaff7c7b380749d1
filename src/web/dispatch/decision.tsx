import { type KeyboardEvent, useEffect, useRef } from 'react'
import { Button } from 'react-aria-components'
import type { OrderSummary, SuggestedUnit } from '../../http/contract.ts'
import { steadyMs } from '../design/steady-button.tsx'
import { Trouble } from '../design/trouble.tsx'
import { Beside } from '../orders/beside.tsx'
import { LightBadge } from '../orders/order.tsx'
import type { DecidedBeside } from '../orders/use-decided.ts'
import { grouped, leftWords, urgencyWords } from '../orders/words.ts'
import { SearchedUnit } from './searched-unit.tsx'
import { type DecidedUnit, useUnits } from './use-dispatch.ts'
import { suggestedWords, waitsWords, words } from './words.ts'

/** One order, and whose it may be: a key each. */
export function OrderDecision({
  order,
  isBusy,
  takesFocus,
  decide,
  onDone,
}: {
  readonly order: OrderSummary
  readonly isBusy: boolean
  /** Whoever decided the one before by keys goes on by keys. */
  readonly takesFocus: boolean
  readonly decide: (decision: DecidedUnit) => void
  /** It was merged, or told apart from another. */
  readonly onDone: (decided: DecidedBeside) => void
}) {
  const { units, trouble } = useUnits(order.number)
  return (
    <section className="card" aria-labelledby="decision">
      <h2 id="decision">{grouped(order.number)}</h2>
      <p className="standing">
        <LightBadge light={order.light} /> {urgencyWords[order.urgency]}
        {order.dueAtMs !== undefined && <> · {leftWords(order.dueAtMs - Date.now())}</>}
        {units && <> · {waitsWords[units.because]}</>}
      </p>
      <p className="matter">{order.matter}</p>
      <p>
        {[order.district, order.street, order.place].filter(Boolean).join(' ')} ·{' '}
        <a href={`/orders/${order.number}`}>{words.whole}</a>
      </p>
      <Beside number={order.number} decides onDone={onDone} />
      <Trouble text={trouble} />
      {units && (
        <SuggestedUnits
          suggested={units.suggested}
          isUnsure={units.isUnsure}
          isBusy={isBusy}
          takesFocus={takesFocus}
          decide={decide}
        />
      )}
      <SearchedUnit order={order} isBusy={isBusy} decide={decide} />
    </section>
  )
}

type Suggested = {
  readonly suggested: readonly SuggestedUnit[]
  readonly isUnsure: boolean
  readonly isBusy: boolean
  readonly takesFocus: boolean
  readonly decide: (decision: DecidedUnit) => void
}

/** At most three; digits mean them only while the focus is here (WCAG 2.1.4). */
function SuggestedUnits({ suggested, isUnsure, isBusy, takesFocus, decide }: Suggested) {
  const list = useRef<HTMLOListElement>(null)
  const shownMs = useRef(0)
  useEffect(() => {
    // The second of two presses on the order before is none on this one.
    shownMs.current = takesFocus ? performance.now() : 0
    if (takesFocus) list.current?.querySelector('button')?.focus()
  }, [])
  const choose = (at: number) => {
    const one = suggested[at]
    if (!one || isBusy || (shownMs.current > 0 && performance.now() - shownMs.current < steadyMs)) return
    decide({ unit: one.unit, kind: one.kind, category: one.category })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const { key, repeat, ctrlKey, metaKey, altKey } = event
    if (repeat || ctrlKey || metaKey || altKey || !/^[1-3]$/.test(key)) return
    event.preventDefault()
    choose(Number(key) - 1)
  }
  return (
    <>
      <h3 id="suggested">{words.suggested}</h3>
      {suggested.length === 0 && <p>{words.noSuggestions}</p>}
      {suggested.length > 0 && <p className="quiet">{words.keys}</p>}
      {isUnsure && suggested.length > 0 && <p className="caution">{words.unsure}</p>}
      <ol className="suggested" aria-labelledby="suggested" ref={list} onKeyDown={onKeyDown}>
        {suggested.map((one, at) => (
          <li key={`${one.unit} ${one.kind}`}>
            <Button className="button" aria-keyshortcuts={`${at + 1}`} onPress={() => choose(at)}>
              <kbd>{at + 1}</kbd> {one.unitName} · {one.kindName}
            </Button>
            <p className="quiet">{whyOf(one).join(' · ')}</p>
          </li>
        ))}
      </ol>
    </>
  )
}

const whyOf = ({ because, row, sure, weighed }: SuggestedUnit): readonly string[] => [
  suggestedWords[because],
  words.row(row),
  ...(sure === undefined ? [] : [words.sure(Math.round(sure * 100))]),
  ...(weighed.length === 0 ? [] : [words.weighed(weighed)]),
]
