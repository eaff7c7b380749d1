import { Fragment } from 'react'
import { Button } from 'react-aria-components'
import type { OwnCall } from '../../http/contract.ts'
import { cityTime } from '../city.ts'
import { grouped } from '../orders/words.ts'
import { orderWords as words } from './order-words.ts'
import { directionWords, numberWords, words as seatWords } from './words.ts'

/** What became of a call so far: of one that is sent nothing is being written, until a second matter is. */
function standingOf({ direction, orders, draft }: OwnCall, isShown: boolean): string {
  const isSent = orders.length > 0 && draft === undefined
  return [
    directionWords(direction),
    isSent ? words.isSent : isShown ? words.here : '',
    draft === undefined ? '' : words.withDraft,
  ]
    .filter(Boolean)
    .join(' · ')
}

/** The calls of today, each with the way back to what was written of it. */
export function OwnCalls({
  calls,
  shown,
  show,
}: {
  readonly calls: readonly OwnCall[]
  /** Id of the call whose form is shown. */
  readonly shown: string | undefined
  readonly show: (call: OwnCall | undefined) => void
}) {
  return (
    <section className="card own-calls" aria-label={words.ownCalls}>
      <h2>{words.ownCalls}</h2>
      {calls.length === 0 && <p className="quiet">{words.noOwnCalls}</p>}
      <ul>
        {calls.map(call => (
          <li key={call.id}>
            <Button className="button small" onPress={() => show(call)} aria-current={call.id === shown}>
              {cityTime(call.connectedAtMs, 'hour')}{' '}
              {call.number === '' ? seatWords.withheld : numberWords(call.number)}
            </Button>{' '}
            <span className="quiet">{standingOf(call, call.id === shown)}</span>{' '}
            {call.orders.map((number, at) => (
              <Fragment key={number}>
                {at > 0 && ' · '}
                <a href={`/orders/${number}`} target="_blank" rel="noreferrer">
                  {grouped(number)}
                </a>
              </Fragment>
            ))}
          </li>
        ))}
      </ul>
      <Button className="button small" onPress={() => show(undefined)}>
        {words.without}
      </Button>
    </section>
  )
}
