import { useQuery } from '@tanstack/react-query'
import { calledIn } from '../../http/words/orders.ts'
import { say } from '../language.ts'
import { ask } from './house.ts'

/** Units by their ids, as orders know them, and what they are called. */
export function useUnits() {
  const { data } = useQuery({
    queryKey: ['order-rules'],
    queryFn: ({ signal }) => ask('GET /api/orders/rules', {}, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return { units: data?.units ?? [], nameOf: (id: string) => say(calledIn(data, 'unit', id)) }
}
