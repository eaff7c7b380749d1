import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ask, reasonOf } from '../house/house.ts'
import { refusalOf } from '../house/refusal.ts'

const queryKey = ['kind-models']
const everyMs = 30_000

/** Which model suggests, and what nights made of what agents took. */
export function useLearning() {
  const client = useQueryClient()
  const asked = useQuery({
    queryKey,
    queryFn: ({ signal }) => ask('GET /api/kind-models', {}, signal),
    refetchInterval: everyMs,
  })
  const used = useMutation({
    mutationFn: (version: number) => ask('POST /api/kind-models/{version}/use', { path: { version } }),
    onSuccess: list => client.setQueryData(queryKey, list),
  })
  const refused = used.error ?? asked.error
  return {
    list: asked.data,
    trouble: refused ? refusalOf(reasonOf(refused)) : undefined,
    use: used.mutate,
    isUsing: used.isPending,
  }
}

export function useModel(version: number | undefined) {
  const { data, error } = useQuery({
    queryKey: [...queryKey, version],
    queryFn: ({ signal }) =>
      ask('GET /api/kind-models/{version}', { path: { version: version ?? 0 } }, signal),
    enabled: version !== undefined,
    // What a night found changes no more.
    staleTime: Number.POSITIVE_INFINITY,
  })
  return {
    model: version === undefined ? undefined : data,
    trouble: error ? refusalOf(reasonOf(error)) : undefined,
  }
}
