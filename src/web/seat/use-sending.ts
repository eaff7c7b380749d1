import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { NewOrderRequest } from '../../http/contract.ts'
import { ask } from '../house/house.ts'
import { orderKey, sendFile } from '../orders/use-orders.ts'
import { type FormCall, isAnswered, requestOf } from './order-request.ts'
import { orderWords as words } from './order-words.ts'
import type { Sent } from './sent.ts'
import type { DraftForm } from './use-draft.ts'

/** Makes an order of what stands in the form; its files go after it. */
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
  const [files, setFiles] = useState<readonly File[]>([])
  const [refused, setRefused] = useState<readonly string[]>([])
  const sending = useMutation({
    mutationFn: async () => {
      await form.save()
      const body = requestOf(fields, call, { draft: form.shown.id, suggested })
      const made = await ask('POST /api/orders', { body })
      client.setQueryData(orderKey(made.order.number), made)
      const refused: string[] = []
      for (const file of isAnswered(fields) ? [] : files) {
        const why = await sendFile(made.order.number, file)
        if (why !== undefined) refused.push(words.notAttached(file.name, why))
      }
      return { order: made.order, refused }
    },
    onSuccess({ order, refused }) {
      setFiles([])
      setRefused(refused)
      onSent({ number: order.number, how: order.stage === 'closed' ? 'closed' : 'made' })
      form.over()
    },
  })
  return {
    files,
    setFiles,
    /** Why files of the last order were not taken. */
    refused,
    error: sending.error,
    isPending: sending.isPending,
    send: () => {
      if (!sending.isPending) sending.mutate()
    },
  }
}
export type Sending = ReturnType<typeof useSending>
