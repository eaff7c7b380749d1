import { useQuery } from '@tanstack/react-query'
import { ask } from '../house/house.ts'

const everyMs = 2_000

/** The flows as they are now, asked again and again. */
export function useFlows() {
  const { data, isError } = useQuery({
    queryKey: ['flows'],
    queryFn: ({ signal }) => ask('GET /api/flows', {}, signal),
    refetchInterval: everyMs,
  })
  return { now: data, isLost: isError }
}
