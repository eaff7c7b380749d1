import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { OrderAct } from '../../http/contract.ts'
import { ask, reasonOf } from '../house/house.ts'
import { refusalOf } from './words.ts'

type Decided = Extract<OrderAct, { do: 'merge' | 'part' | 'tell-apart' }>

/** What was decided of an order beside another: told in words, and which order was merged by it. */
export type DecidedBeside = { readonly done: string; readonly merged?: string | undefined }

/** Somebody says whether orders are the same matter. */
export function useDecided(onDone: (decided: DecidedBeside) => void) {
  const client = useQueryClient()
  const acting = useMutation({
    mutationFn: ({ of, act }: { readonly of: string; readonly act: Decided; readonly done: string }) =>
      ask('POST /api/orders/{number}/acts', { path: { number: of }, body: act }),
    onSuccess: (_, { of, act, done }) => onDone({ done, merged: act.do === 'merge' ? of : undefined }),
    onSettled: () =>
      Promise.all(['orders', 'order'].map(key => client.invalidateQueries({ queryKey: [key] }))),
  })
  return {
    trouble: acting.error ? refusalOf(reasonOf(acting.error)) : undefined,
    act: (of: string, act: Decided, done: string) => {
      if (!acting.isPending) acting.mutate({ of, act, done })
    },
  }
}
