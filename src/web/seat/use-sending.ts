import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { NewOrderRequest } from '../../http/contract.ts'
import { ask } from '../house/house.ts'
import { orderKey } from '../orders/use-orders.ts'
import { type FormCall, requestOf } from './order-request.ts'
import type { Sent } from './sent.ts'
import type { DraftForm } from './use-draft.ts'

/** Makes an order of what stands in the form; what is attached to the draft is the order's with it. */
export function useSending({
  form,
  call,
  suggested,
  onSent,
}: {
  readonly form: DraftForm
  readonly call: FormCall | undefined
  readonly suggested: NewOrderRequest['suggested']
  readonly onSent: (sent: Sent) => void
}) {
  const client = useQueryClient()
  const { fields } = form.shown
  const sending = useMutation({
    mutationFn: async () => {
      await form.save()
      const body = requestOf(fields, call, { draft: form.shown.id, suggested })
      const made = await ask('POST /api/orders', { body })
      client.setQueryData(orderKey(made.order.number), made)
      return made
    },
    onSuccess({ order }) {
      onSent({ number: order.number, how: order.stage === 'closed' ? 'closed' : 'made' })
      form.over()
    },
  })
  return {
    error: sending.error,
    isPending: sending.isPending,
    send: () => {
      if (!sending.isPending) sending.mutate()
    },
  }
}
export type Sending = ReturnType<typeof useSending>
