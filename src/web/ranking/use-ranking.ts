import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { BehindQuery } from '../../supervision/api.ts'
import { ask, reasonOf } from '../house/house.ts'
import { refusalOf } from './words.ts'

const textOf = (error: Error | null) => (error ? refusalOf(reasonOf(error)) : '')

/** @param month as 2026-01; the last that is over when empty */
export function useRanking(month: string) {
  const { data, error } = useQuery({
    queryKey: ['ranking', month],
    queryFn: ({ signal }) =>
      ask('GET /api/ranking', { query: { month: month === '' ? undefined : month } }, signal),
    placeholderData: keepPreviousData,
  })
  return { ranking: data, trouble: textOf(error) }
}

export function useBehind(asked: BehindQuery) {
  const { data, error } = useQuery({
    queryKey: ['ranking', 'orders', asked],
    queryFn: ({ signal }) => ask('GET /api/ranking/orders', { query: asked }, signal),
  })
  return { orders: data?.orders, trouble: textOf(error) }
}
