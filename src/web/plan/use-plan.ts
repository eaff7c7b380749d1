import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { PlanQuery } from '../../planning/api.ts'
import { ask, reasonOf } from '../house/house.ts'
import { refusalOf } from '../house/refusal.ts'
import { words } from './words.ts'

const textOf = (error: Error | null) =>
  error
    ? refusalOf(reasonOf(error), {
        silent: words.lost,
        'handling-unknown': words.noHandling,
        'plan-invalid': words.impossible,
      })
    : ''

/** @param query undefined while something that was typed makes no sense: the last plan stays */
export function usePlan(query: Partial<PlanQuery> | undefined) {
  const { data, error } = useQuery({
    queryKey: ['plan', query],
    queryFn: ({ signal }) => ask('GET /api/plan', { query: query ?? {} }, signal),
    enabled: query !== undefined,
    placeholderData: keepPreviousData,
  })
  return { plan: data, trouble: query === undefined ? words.wrong : textOf(error) }
}

/** @param date as 2026-01-05; today in the city when empty */
export function useShifts(date: string) {
  const { data, error } = useQuery({
    queryKey: ['shifts', date],
    queryFn: ({ signal }) =>
      ask('GET /api/shifts', { query: { date: date === '' ? undefined : date } }, signal),
    placeholderData: keepPreviousData,
    // Today goes on.
    refetchInterval: 60_000,
  })
  return { shifts: data, trouble: textOf(error) }
}
