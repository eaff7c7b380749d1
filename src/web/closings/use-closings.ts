import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { CheckedClosing, CheckedQuery, ClosingVerdict } from '../../orders/checking/api.ts'
import { ask, reasonOf } from '../house/house.ts'
import { refusalOf } from '../orders/words.ts'
import './routes.ts'

const key = 'closings'
const textOf = (error: Error | null) => (error ? refusalOf(reasonOf(error)) : '')

export function useSample(query: Partial<CheckedQuery>) {
  const { data, error } = useQuery({
    queryKey: [key, 'sample', query],
    queryFn: ({ signal }) => ask('GET /api/closings', { query }, signal),
    placeholderData: before => before,
  })
  return { page: data, trouble: textOf(error) }
}

export const useCheckFigures = (days: number) =>
  useQuery({
    queryKey: [key, 'figures', days],
    queryFn: ({ signal }) => ask('GET /api/closings/figures', { query: { days } }, signal),
  }).data

/** What somebody says of one; what was refused is said where it was done. */
export function useJudging() {
  const client = useQueryClient()
  const { mutate, error, isPending } = useMutation({
    mutationFn: ({ one: { number, cycle }, verdict }: Judging) =>
      ask('POST /api/orders/{number}/acts', {
        path: { number },
        body: { do: 'judge-closing', cycle, verdict },
      }),
    // Somebody else may have been quicker.
    onSettled: () => client.invalidateQueries({ queryKey: [key] }),
  })
  return {
    trouble: textOf(error),
    isBusy: isPending,
    judge: (one: CheckedClosing, verdict: ClosingVerdict) => mutate({ one, verdict }),
  }
}
type Judging = { readonly one: CheckedClosing; readonly verdict: ClosingVerdict }
