import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { DraftFields, NearRequest, OrderSummary } from '../../http/contract.ts'
import { ask } from '../house/house.ts'
import { grouped } from '../orders/words.ts'
import { orderWords as words } from './order-words.ts'

/** Whoever types is not asked about at every letter. */
const pauseMs = 800
/** Orders of one caller: more are held against nothing. */
const mostOwn = 50
const nothing = { orders: [], own: [] } as const

/** Open orders that may be about what is being written. @param earlier those of this caller, which are told apart from others */
export function useNear(fields: DraftFields, earlier: readonly OrderSummary[]) {
  const { street = '', matter = '', kind = '' } = fields
  const open = earlier.filter(({ stage }) => stage !== 'closed').map(({ number }) => number)
  const own = open.slice(0, mostOwn).join(' ')
  const [asked, setAsked] = useState<NearRequest>()
  useEffect(() => {
    const isPlaced = street.trim().length >= 2
    const isEnough = (isPlaced || own !== '') && matter.trim().length >= (kind === '' ? 4 : 1)
    const told = {
      street: isPlaced ? street.trim() : undefined,
      matter: matter.trim(),
      kind: kind === '' ? undefined : kind,
      own: own === '' ? undefined : own.split(' '),
    }
    const timer = setTimeout(() => setAsked(isEnough ? told : undefined), pauseMs)
    return () => clearTimeout(timer)
  }, [street, matter, kind, own])
  const { data = nothing } = useQuery({
    queryKey: ['orders', 'near', asked],
    queryFn: ({ signal }) => ask('POST /api/orders/near', { body: asked ?? { matter: '' } }, signal),
    enabled: asked !== undefined,
    placeholderData: before => before,
  })
  if (asked === undefined) return nothing
  const known = new Set(earlier.map(({ number }) => number))
  return { ...data, orders: data.orders.filter(({ number }) => !known.has(number)) }
}

/** Open orders of the street that may be about the same thing: one burst pipe is told by many. */
export function Nearby({ orders }: { readonly orders: readonly OrderSummary[] }) {
  if (orders.length === 0) return null
  return (
    <details className="cell wide nearby">
      <summary>{words.nearby(orders.length)}</summary>
      <ul>
        {orders.map(({ number, matter: told, place }) => (
          <li key={number}>
            <a href={`/orders/${number}`} target="_blank" rel="noreferrer">
              {grouped(number)}
            </a>{' '}
            <span className="quiet">{`${told.slice(0, 60)} · ${place}`}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}
