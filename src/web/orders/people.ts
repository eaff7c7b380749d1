import { useQuery } from '@tanstack/react-query'
import { ask } from '../house/house.ts'

const staleMs = 60_000

/** A unit's own people, each with what they are called; whoever is of no unit assigns nothing. */
export function useOwnPeople(): readonly (readonly [name: string, called: string])[] {
  const { data } = useQuery({
    queryKey: ['names'],
    queryFn: ({ signal }) => ask('GET /api/staff/names', {}, signal),
    staleTime: staleMs,
  })
  return data?.names.map(({ name, display }) => [name, display] as const) ?? []
}
