import { useMutation } from '@tanstack/react-query'
import { Button } from 'react-aria-components'
import type { OrderSummary } from '../../http/contract.ts'
import { ask, reasonOf } from '../house/house.ts'
import { refusalOf } from '../orders/words.ts'
import type { FormCall } from './order-request.ts'
import { orderWords as words } from './order-words.ts'

/** Open orders of this caller that are of the kind that is chosen: before a second one is made it is said, and what is written can go into the first. */
export function SameMatter({
  orders,
  matter,
  call,
  onAdded,
}: {
  readonly orders: readonly OrderSummary[]
  readonly matter: string
  readonly call: FormCall | undefined
  readonly onAdded: (number: string) => void
}) {
  const adding = useMutation({
    mutationFn: async (number: string) => {
      const body = { do: 'add' as const, words: matter.trim(), call: call?.id }
      await ask('POST /api/orders/{number}/acts', { path: { number }, body })
      return number
    },
    onSuccess: onAdded,
  })
  if (orders.length === 0) return null
  return (
    <div className="cell wide same-matter" role="status">
      {orders.map(({ number, matter: told, place }) => (
        <div key={number}>
          <p className="caution">
            <a href={`/orders/${number}`} target="_blank" rel="noreferrer">
              {words.openOfKind(number.replace(/(\d{6})(?=\d)/g, '$1 '))}
            </a>
          </p>
          <p className="quiet">{`${told.slice(0, 60)} · ${place}`}</p>
          <Button
            className="button small"
            isDisabled={matter.trim() === '' || adding.isPending}
            onPress={() => adding.mutate(number)}
          >
            {words.addTo(number)}
          </Button>
        </div>
      ))}
      {adding.error && (
        <p className="trouble" role="alert">
          {refusalOf(reasonOf(adding.error))}
        </p>
      )}
    </div>
  )
}
