import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { OrderSummary } from '../../http/contract.ts'
import { ask } from '../house/house.ts'
import { aboutName } from '../orders/names.ts'
import { useRules } from '../orders/use-orders.ts'
import { grouped } from '../orders/words.ts'
import type { FormCall } from './order-request.ts'
import { stageWords, orderWords as words } from './order-words.ts'
import { useOrders } from './sent-orders.tsx'

/** A number as a telephone takes it: what is still being typed is looked up by nobody. */
const whole = /^(\+86)?1[3-9]\d{9}$|^0\d{9,11}$/

const none: readonly string[] = []

/**
 * Orders of whoever this call is with, and of the number that they gave, the latest first.
 * @param sent numbers of those that were made of this call: whoever shows no number has them, too
 */
export function useEarlierOrders(
  call: FormCall | undefined,
  given: string,
  sent: readonly string[] = none,
): readonly OrderSummary[] {
  const query = call?.direction === 'in' ? { call: call.id } : { caller: call?.number }
  const ofCall = useQuery({
    queryKey: ['orders', 'of caller', query],
    queryFn: ({ signal }) => ask('GET /api/orders', { query }, signal),
    enabled: call !== undefined && (call.direction === 'in' || call.number !== ''),
  }).data?.orders
  const number = given.replace(/[\s-]/g, '')
  const byNumber = { caller: number }
  const ofNumber = useQuery({
    queryKey: ['orders', 'of caller', byNumber],
    queryFn: ({ signal }) => ask('GET /api/orders', { query: byNumber }, signal),
    enabled: whole.test(number),
  }).data?.orders
  const ofForm = useOrders(sent)
  return useMemo(() => {
    const all = [
      ...ofForm.map(({ order }) => order),
      ...(ofCall ?? []),
      ...(whole.test(number) ? (ofNumber ?? []) : []),
    ]
    const once = [...new Map(all.map(order => [order.number, order])).values()]
    return once.toSorted((one, other) => (one.number < other.number ? 1 : -1))
  }, [ofForm, ofCall, ofNumber, number])
}

export function EarlierOrders({ orders }: { readonly orders: readonly OrderSummary[] }) {
  const rules = useRules()
  return (
    <section className="card earlier" aria-label={words.earlier}>
      <h2>{words.earlier}</h2>
      {orders.length === 0 && <p className="quiet">{words.noEarlier}</p>}
      <ul>
        {orders.map(order => (
          <li key={order.number}>
            <a href={`/orders/${order.number}`} target="_blank" rel="noreferrer">
              {grouped(order.number)}
            </a>{' '}
            <strong>{stageWords[order.stage]}</strong> {rules && aboutName(rules, order)}
            <p className="quiet">{order.matter.slice(0, 60)}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}
