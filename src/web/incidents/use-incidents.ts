import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { NewIncident } from '../../http/contract.ts'
import { ask, reasonOf } from '../house/house.ts'

const queryKey = ['incidents']
const everyMs = 5_000

/** The latest incidents, asked for again and again; one is made, or ended, by a press. */
export function useIncidents() {
  const client = useQueryClient()
  const asked = useQuery({
    queryKey,
    queryFn: ({ signal }) => ask('GET /api/incidents', {}, signal),
    refetchInterval: everyMs,
  })
  const onSuccess = () => client.invalidateQueries({ queryKey })
  const made = useMutation({
    mutationFn: (body: NewIncident) => ask('POST /api/incidents', { body }),
    onSuccess,
  })
  const ended = useMutation({
    mutationFn: (id: string) => ask('POST /api/incidents/{id}/end', { path: { id }, body: {} }),
    onSuccess,
  })
  const refused = made.error ?? ended.error ?? asked.error
  return {
    incidents: asked.data?.incidents,
    trouble: refused ? reasonOf(refused) : undefined,
    isMade: made.isSuccess,
    make: (body: NewIncident, then: () => void) => made.mutate(body, { onSuccess: then }),
    end: (id: string) => ended.mutate(id),
  }
}
