import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ask, reasonOf } from '../house/house.ts'
import { refusalOf } from '../house/refusal.ts'
import { words } from './words.ts'

const everyMs = 2000
const queryKey = ['campaigns']
export type CampaignVerb = 'start' | 'pause' | 'stop'
type Move = { readonly name: string; readonly verb: CampaignVerb; readonly because: string }

/** The campaigns as they are now, asked for again and again, and moved by a press. */
export function useCampaigns() {
  const client = useQueryClient()
  const asked = useQuery({
    queryKey,
    queryFn: ({ signal }) => ask('GET /api/campaigns', {}, signal),
    refetchInterval: everyMs,
  })
  const moved = useMutation({
    mutationFn: ({ name, verb, because }: Move) =>
      ask(`POST /api/campaigns/{name}/${verb}`, { path: { name }, body: because === '' ? {} : { because } }),
    // What was asked before the press says less than its answer.
    onMutate: () => client.cancelQueries({ queryKey }),
    onSuccess: campaigns => client.setQueryData(queryKey, campaigns),
  })
  return {
    campaigns: asked.data?.campaigns,
    trouble: troubleOf(moved.error, asked.error),
    move: (name: string, verb: CampaignVerb, because: string) =>
      moved.mutateAsync({ name, verb, because }).then(
        () => undefined,
        () => undefined,
      ),
  }
}

function troubleOf(refused: Error | null, lost: Error | null): string | undefined {
  if (lost) return words.lost
  return refused ? refusalOf(reasonOf(refused), { silent: words.lost }) : undefined
}
