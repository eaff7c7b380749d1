import { useQuery } from '@tanstack/react-query'
import type { ReturnFigures, ReturnPage, ReturnPeriod } from '../../orders/returning/api.ts'
import { ask } from '../house/house.ts'
import './routes.ts'

const key = 'returns'
const restMs = 60_000

export const useReturnFigures = (period: ReturnPeriod): ReturnFigures | undefined =>
  useQuery({
    queryKey: [key, 'figures', period],
    queryFn: ({ signal }) => ask('GET /api/orders/returns/figures', { query: period }, signal),
    refetchInterval: restMs,
  }).data

export const useReturnPage = (period: ReturnPeriod, after: string | undefined): ReturnPage | undefined =>
  useQuery({
    queryKey: [key, 'list', period, after],
    queryFn: ({ signal }) => ask('GET /api/orders/returns', { query: { ...period, after } }, signal),
    refetchInterval: restMs,
  }).data
