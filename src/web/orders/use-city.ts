import { useQuery } from '@tanstack/react-query'
import { ask } from '../house/house.ts'

/** What the house says of its city, its districts among it. */
export const useCity = () =>
  useQuery({
    queryKey: ['city'],
    queryFn: ({ signal }) => ask('GET /api/city', {}, signal),
    staleTime: Number.POSITIVE_INFINITY,
  }).data
