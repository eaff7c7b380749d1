import { useMutation } from '@tanstack/react-query'
import { Button } from 'react-aria-components'
import type { OrderSummary } from '../../http/contract.ts'
import { ask, reasonOf } from '../house/house.ts'
import { grouped, refusalOf } from '../orders/words.ts'
import type { FormCall } from './order-request.ts'
import { orderWords as words } from './order-words.ts'
import type { DraftForm } from './use-draft.ts'

/** Open orders of this caller about the same: before a second one is made it is said, and what is written can go into the first. */
export function SameMatter({
  orders,
  kind,
  form,
  call,
  onAdded,
}: {
  readonly orders: readonly OrderSummary[]
  /** The kind that is chosen: what is of another is told in like words. */
  readonly kind: string | undefined
  readonly form: DraftForm
  readonly call: FormCall | undefined
  readonly onAdded: (number: string) => void
}) {
  const { matter = '' } = form.shown.fields
  const adding = useMutation({
    mutationFn: async (number: string) => {
      await form.save()
      const { id: draft } = form.shown
      const body = { do: 'add' as const, words: matter.trim(), call: call?.id, draft }
      await ask('POST /api/orders/{number}/acts', { path: { number }, body })
      return number
    },
    onSuccess: onAdded,
  })
  if (orders.length === 0) return null
  return (
    <div className="cell wide same-matter" role="status">
      {orders.map(({ number, kind: its, matter: told, place }) => (
        <div key={number}>
          <p className="caution">
            <a href={`/orders/${number}`} target="_blank" rel="noreferrer">
              {its === undefined || its === kind
                ? words.openOfKind(grouped(number))
                : words.openAlike(grouped(number))}
            </a>
          </p>
          <p className="quiet">{`${told.slice(0, 60)} · ${place}`}</p>
          <Button
            className="button small"
            isDisabled={matter.trim() === '' || adding.isPending}
            onPress={() => adding.mutate(number)}
          >
            {words.addTo(grouped(number))}
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
