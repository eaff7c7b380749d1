import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { IncidentChange, NewIncident } from '../../incidents/api.ts'
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
  const changed = useMutation({
    mutationFn: ({ id, change }: { readonly id: string; readonly change: IncidentChange }) =>
      ask('POST /api/incidents/{id}/change', { path: { id }, body: change }),
    onSuccess,
  })
  const ended = useMutation({
    mutationFn: (id: string) => ask('POST /api/incidents/{id}/end', { path: { id }, body: {} }),
    onSuccess,
  })
  const refused = made.error ?? changed.error ?? ended.error ?? asked.error
  return {
    incidents: asked.data?.incidents,
    trouble: refused ? reasonOf(refused) : undefined,
    isMade: made.isSuccess,
    make: (body: NewIncident, then: () => void) => made.mutate(body, { onSuccess: then }),
    change: (id: string, change: IncidentChange, then: () => void = () => undefined) =>
      changed.mutate({ id, change }, { onSuccess: then }),
    end: (id: string) => ended.mutate(id),
  }
}

export type ActsOnIncidents = Pick<ReturnType<typeof useIncidents>, 'change' | 'end'>

/** What happened to one, once somebody wants to see it. */
export function useIncidentEvents(id: string, isWanted: boolean) {
  const asked = useQuery({
    queryKey: [...queryKey, id],
    queryFn: ({ signal }) => ask('GET /api/incidents/{id}', { path: { id } }, signal),
    enabled: isWanted,
  })
  return asked.data?.events
}
