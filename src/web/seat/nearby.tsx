import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { DraftFields, NearRequest, OrderSummary } from '../../http/contract.ts'
import { ask } from '../house/house.ts'
import { orderWords as words } from './order-words.ts'

/** Whoever types is not asked about at every letter. */
const pauseMs = 800

/** Open orders of the street that may be about the same thing: one burst pipe is told by many. @param own those of this caller, which are shown elsewhere */
export function Nearby({
  fields,
  own,
}: {
  readonly fields: DraftFields
  readonly own: readonly OrderSummary[]
}) {
  const { street = '', matter = '', kind = '' } = fields
  const [asked, setAsked] = useState<NearRequest>()
  useEffect(() => {
    const isEnough = street.trim().length >= 2 && matter.trim().length >= (kind === '' ? 4 : 1)
    const told = { street: street.trim(), matter: matter.trim(), kind: kind === '' ? undefined : kind }
    const timer = setTimeout(() => setAsked(isEnough ? told : undefined), pauseMs)
    return () => clearTimeout(timer)
  }, [street, matter, kind])
  const { data } = useQuery({
    queryKey: ['orders', 'near', asked],
    queryFn: ({ signal }) =>
      ask('POST /api/orders/near', { body: asked ?? { street: '', matter: '' } }, signal),
    enabled: asked !== undefined,
    placeholderData: before => before,
  })
  const known = new Set(own.map(({ number }) => number))
  const near = asked === undefined ? [] : (data?.orders ?? []).filter(({ number }) => !known.has(number))
  if (near.length === 0) return null
  return (
    <details className="cell wide nearby">
      <summary>{words.nearby(near.length)}</summary>
      <ul>
        {near.map(({ number, matter: told, place }) => (
          <li key={number}>
            <a href={`/orders/${number}`} target="_blank" rel="noreferrer">
              {number.replace(/(\d{6})(?=\d)/g, '$1 ')}
            </a>{' '}
            <span className="quiet">{`${told.slice(0, 60)} · ${place}`}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}
