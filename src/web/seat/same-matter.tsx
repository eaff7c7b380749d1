import { useMutation } from '@tanstack/react-query'
import { Button } from 'react-aria-components'
import type { OrderSummary } from '../../http/contract.ts'
import { ask, reasonOf } from '../house/house.ts'
import { useKeys } from '../house/use-keys.ts'
import { unitName } from '../orders/names.ts'
import { useRules } from '../orders/use-orders.ts'
import { grouped, refusalOf } from '../orders/words.ts'
import type { FormCall } from './order-request.ts'
import { stageWords, orderWords as words } from './order-words.ts'
import type { DraftForm } from './use-draft.ts'

/** Open orders of this caller about the same: before a second one is made it is said, and what is written can go into the first. */
export function SameMatter({
  orders,
  kind,
  form,
  call,
  onAdded,
  onTold,
}: {
  readonly orders: readonly OrderSummary[]
  /** The kind that is chosen: what is of another is told in like words. */
  readonly kind: string | undefined
  readonly form: DraftForm
  readonly call: FormCall | undefined
  readonly onAdded: (number: string) => void
  readonly onTold: (number: string) => void
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
  const telling = useMutation({
    mutationFn: async (number: string) => {
      await form.save()
      const body = { do: 'tell-state' as const, call: call?.id, draft: form.shown.id }
      await ask('POST /api/orders/{number}/acts', { path: { number }, body })
      return number
    },
    onSuccess: onTold,
  })
  const [first] = orders
  useKeys({ 'Shift+F7': () => first && !telling.isPending && telling.mutate(first.number) })
  const rules = useRules()
  if (orders.length === 0) return null
  return (
    <div className="cell wide same-matter" role="status">
      {orders.map(({ number, kind: its, matter: told, place, unit, stage, dueAtMs }, at) => (
        <div key={number}>
          <p className="caution">
            <a href={`/orders/${number}`} target="_blank" rel="noreferrer">
              {its === undefined || its === kind
                ? words.openOfKind(grouped(number))
                : words.openAlike(grouped(number))}
            </a>
          </p>
          <p className="quiet">{`${told.slice(0, 60)} · ${place}`}</p>
          <p>{words.stands(stageWords[stage], rules ? unitName(rules, unit) : '', dueAtMs)}</p>
          <Button
            className="button small"
            aria-keyshortcuts={at === 0 ? 'Shift+F7' : undefined}
            isDisabled={telling.isPending}
            onPress={() => telling.mutate(number)}
          >
            {words.tellState} {at === 0 && <kbd>Shift F7</kbd>}
          </Button>{' '}
          <Button
            className="button small"
            isDisabled={matter.trim() === '' || adding.isPending}
            onPress={() => adding.mutate(number)}
          >
            {words.addTo(grouped(number))}
          </Button>
        </div>
      ))}
      {telling.error && (
        <p className="trouble" role="alert">
          {refusalOf(reasonOf(telling.error))}
        </p>
      )}
      {adding.error && (
        <p className="trouble" role="alert">
          {refusalOf(reasonOf(adding.error))}
        </p>
      )}
    </div>
  )
}
