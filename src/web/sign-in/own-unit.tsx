import { useQuery } from '@tanstack/react-query'
import { calledIn } from '../../http/words/orders.ts'
import { ask } from '../house/house.ts'
import { say } from '../language.ts'

/** The unit that somebody works for, by its name; by its id until the rules of orders are there. */
export function OwnUnit({ id, isAllowed }: { readonly id: string; readonly isAllowed: boolean }) {
  const { data } = useQuery({
    queryKey: ['order-rules'],
    queryFn: ({ signal }) => ask('GET /api/orders/rules', {}, signal),
    enabled: isAllowed,
  })
  return <span className="quiet"> · {say(calledIn(data, 'unit', id))}</span>
}
