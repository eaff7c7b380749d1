import { useQueries } from '@tanstack/react-query'
import { Button } from 'react-aria-components'
import type { OrderDetail, OrderRulesShown } from '../../http/contract.ts'
import { ask } from '../house/house.ts'
import { useKeys } from '../house/use-keys.ts'
import { aboutName, unitName } from '../orders/names.ts'
import { orderKey, useRules } from '../orders/use-orders.ts'
import { grouped } from '../orders/words.ts'
import { stageWords, orderWords as words } from './order-words.ts'
import type { Sent } from './sent.ts'

const loaded = (all: readonly { readonly data?: OrderDetail | undefined }[]) =>
  all.flatMap(({ data }) => data ?? [])

/** Each look at an order is written into the trail: it is looked at anew once a minute has gone by, and not with each part of the page. */
const freshMs = 60_000

/** These orders; one that is not there yet, or no more, is left out. */
export const useOrders = (numbers: readonly string[]) =>
  useQueries({
    queries: numbers.map(number => ({
      queryKey: orderKey(number),
      queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
        ask('GET /api/orders/{number}', { path: { number } }, signal),
      staleTime: freshMs,
    })),
    combine: loaded,
  })

/** Whose it is, and until when; until the centre has said whose, that. */
function limitOf({ order, clocks }: OrderDetail, rules: OrderRulesShown): string {
  const running = (name: (typeof clocks)[number]['name']) =>
    clocks.find(clock => clock.name === name && clock.doneAtMs === undefined)
  const [handling, dispatch] = [running('handling'), running('dispatch')]
  if (!handling) return unitName(rules, order.unit)
  return dispatch
    ? words.waits(dispatch.dueAtMs, handling.dueAtMs)
    : words.foreseen(unitName(rules, order.unit), handling.dueAtMs)
}

/** What was sent: each order with its number, whose it is, and until when. */
export function SentOrders({
  numbers,
  last,
}: {
  readonly numbers: readonly string[]
  /** Sent just now. */
  readonly last: Sent | undefined
}) {
  const orders = useOrders(numbers)
  const rules = useRules()
  return (
    <div className="made">
      <p role="status">
        {last
          ? { made: words.made, closed: words.madeClosed, added: words.added, told: words.told }[last.how]
          : words.ordersOfCall(numbers.length)}
      </p>
      <ul>
        {numbers.map(number => {
          const detail = orders.find(({ order }) => order.number === number)
          return (
            <li key={number}>
              <a href={`/orders/${number}`} target="_blank" rel="noreferrer">
                {grouped(number)}
              </a>
              {detail && rules && (
                <>
                  {' '}
                  {aboutName(rules, detail.order)} · {stageWords[detail.order.stage]}
                  <p>{limitOf(detail, rules)}</p>
                </>
              )}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

/** The way to a second order of the same call. */
export function Another({
  isJustSent,
  onAsked,
}: {
  /** The form was here a moment ago: whoever works by keys goes on from this place. */
  readonly isJustSent: boolean
  readonly onAsked: () => void
}) {
  useKeys({ F7: onAsked })
  return (
    <Button className="button" aria-keyshortcuts="F7" autoFocus={isJustSent} onPress={onAsked}>
      {words.another}
    </Button>
  )
}
