import { useQuery } from '@tanstack/react-query'
import type { OrderSummary } from '../../http/contract.ts'
import { ask } from '../house/house.ts'
import { categoryName } from '../orders/names.ts'
import { useRules } from '../orders/use-orders.ts'
import type { FormCall } from './order-request.ts'
import { stageWords, orderWords as words } from './order-words.ts'

/** Orders of whoever this call is with, the latest first. */
export function useEarlierOrders(call: FormCall | undefined): readonly OrderSummary[] {
  const query = call?.direction === 'in' ? { call: call.id } : { caller: call?.number }
  const { data } = useQuery({
    queryKey: ['orders', 'of caller', query],
    queryFn: ({ signal }) => ask('GET /api/orders', { query }, signal),
    enabled: call !== undefined && (call.direction === 'in' || call.number !== ''),
  })
  return data?.orders ?? []
}

export function EarlierOrders({ orders }: { readonly orders: readonly OrderSummary[] }) {
  const rules = useRules()
  return (
    <section className="card earlier" aria-label={words.earlier}>
      <h2>{words.earlier}</h2>
      {orders.length === 0 && <p className="quiet">{words.noEarlier}</p>}
      <ul>
        {orders.map(({ number, stage, kindName, category, matter }) => (
          <li key={number}>
            <a href={`/orders/${number}`} target="_blank" rel="noreferrer">
              {number.replace(/(\d{6})(?=\d)/g, '$1 ')}
            </a>{' '}
            <strong>{stageWords[stage]}</strong> {kindName ?? (rules ? categoryName(rules, category) : '')}
            <p className="quiet">{matter.slice(0, 60)}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}
