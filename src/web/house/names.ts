import { useQuery } from '@tanstack/react-query'
import { calledIn } from '../../http/words/people.ts'
import { say } from '../language.ts'
import { ask } from './house.ts'

const staleMs = 60_000

/** What somebody is called who stands in what was written down, or a seat; until that is known, by what stands there. */
export function useNames(): (name: string) => string {
  const { data } = useQuery({
    queryKey: ['names'],
    queryFn: ({ signal }) => ask('GET /api/staff/names', {}, signal),
    staleTime: staleMs,
  })
  return name => say(calledIn(data?.names ?? [], name))
}
