import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { CallbackResult } from '../../http/contract.ts'
import { ask, reasonOf } from '../house/house.ts'
import { useLive } from '../use-live.ts'

const queryKey = ['callbacks']
/** Told or not, the time that is left is shown anew as often. */
const everyMs = 30_000
const shown = 50

/** Whoever is owed a callback: those that this seat has, and those that anybody may take, in the order of their INVITE. */
export function useCallbacks(seat: string) {
  const client = useQueryClient()
  const look = () => client.invalidateQueries({ queryKey })
  const { data, error } = useQuery({
    queryKey,
    queryFn: ({ signal }) => ask('GET /api/callbacks', { query: { limit: shown } }, signal),
    refetchInterval: everyMs,
  })
  useLive('/callbacks/live', { onMessage: () => void look(), onLost: () => undefined })
  const acting = useMutation({
    mutationFn: ({
      id,
      result,
      order,
    }: {
      readonly id: string
      readonly result: CallbackResult
      readonly order?: string
    }) => ask('POST /api/callbacks/{id}/acts', { path: { id }, body: { do: 'end', result, order } }),
    onSettled: look,
  })
  const moving = useMutation({
    mutationFn: ({ id, how }: { readonly id: string; readonly how: 'take' | 'give-back' }) =>
      ask('POST /api/callbacks/{id}/acts', { path: { id }, body: { do: how } }),
    onSettled: look,
  })
  const all = data?.callbacks ?? []
  const isDue = (notBeforeMs = 0) => notBeforeMs <= Date.now()
  return {
    own: all.filter(({ takenBy }) => takenBy === seat),
    due: all.filter(({ state, notBeforeMs }) => state === 'open' && isDue(notBeforeMs)),
    later: all.filter(({ state, notBeforeMs }) => state === 'open' && !isDue(notBeforeMs)).length,
    hasMore: data?.next !== undefined,
    /** The list is not known, or something that was asked was refused: the code of the fault. */
    trouble: [error, acting.error, moving.error].flatMap(one => (one ? reasonOf(one) : []))[0],
    isBusy: acting.isPending || moving.isPending,
    end: (id: string, result: CallbackResult, order?: string) => acting.mutate({ id, result, order }),
    take: (id: string) => moving.mutate({ id, how: 'take' }),
    giveBack: (id: string) => moving.mutate({ id, how: 'give-back' }),
  }
}
export type CallbackList = ReturnType<typeof useCallbacks>
