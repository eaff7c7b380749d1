import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { OrderAct } from '../../http/contract.ts'
import type { InstructionQuery } from '../../orders/supervising/listing/api.ts'
import { ask, reasonOf } from '../house/house.ts'
import { refusalOf } from '../orders/words.ts'
import './routes.ts'

/** Lists of orders and what hangs on them are asked for anew whenever one changes. */
const listKey = 'orders'

export const useSupervisionCounts = () =>
  useQuery({
    queryKey: [listKey, 'supervision'],
    queryFn: ({ signal }) => ask('GET /api/orders/instructions/counts', {}, signal),
  }).data

export function useInstructions(query: Partial<InstructionQuery>) {
  const { data, error } = useQuery({
    queryKey: [listKey, 'instructions', query],
    queryFn: ({ signal }) => ask('GET /api/orders/instructions', { query }, signal),
  })
  return { page: data, trouble: error ? refusalOf(reasonOf(error)) : '' }
}

export const useSites = () =>
  useQuery({
    queryKey: [listKey, 'sites'],
    queryFn: ({ signal }) => ask('GET /api/orders/site-checks', {}, signal),
  }).data

/** @returns of what is done to an order that somebody names: why not, in words; undefined once it is done */
export function useActOn() {
  const client = useQueryClient()
  const { mutateAsync } = useMutation({
    mutationFn: ({ number, act }: { readonly number: string; readonly act: OrderAct }) =>
      ask('POST /api/orders/{number}/acts', { path: { number }, body: act }),
    onSuccess: () => client.invalidateQueries({ queryKey: [listKey] }),
  })
  return (number: string, act: OrderAct): Promise<string | undefined> =>
    mutateAsync({ number, act }).then(
      () => undefined,
      (error: unknown) => refusalOf(reasonOf(error)),
    )
}
