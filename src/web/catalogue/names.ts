import { useQuery } from '@tanstack/react-query'
import { ask } from '../house/house.ts'
import { categoryName } from '../orders/names.ts'

/** What categories of orders are called; their ids until that is known. */
export function useRulesNames(): (category: string) => string {
  const { data } = useQuery({
    queryKey: ['order-rules'],
    queryFn: ({ signal }) => ask('GET /api/orders/rules', {}, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return id => (data ? categoryName(data, id) : id)
}
