import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { whomOf } from '../../retention/api.ts'
import { ask, reasonOf } from '../house/house.ts'
import { refusalOf } from './words.ts'

const keys = ['forgettings', 'retention'] as const
const againMs = 5_000

const isDone = (work: Promise<unknown>) =>
  work.then(
    () => true,
    () => false,
  )

/** Requests, holds and periods, and what can be done about them; what was refused last stands in `trouble`. */
export function usePersons() {
  const client = useQueryClient()
  const forgettings = useQuery({
    queryKey: [keys[0]],
    queryFn: ({ signal }) => ask('GET /api/persons/forgettings', {}, signal),
    // What goes on goes on by itself.
    refetchInterval: againMs,
  })
  const retention = useQuery({
    queryKey: [keys[1]],
    queryFn: ({ signal }) => ask('GET /api/retention', {}, signal),
  })
  const doing = useMutation({
    mutationFn: (work: () => Promise<unknown>) => work(),
    onSettled: () => Promise.all(keys.map(key => client.invalidateQueries({ queryKey: [key] }))),
  })
  const act = (work: () => Promise<unknown>) => isDone(doing.mutateAsync(work))
  const error = doing.error ?? forgettings.error ?? retention.error
  return {
    forgettings: forgettings.data?.forgettings,
    retention: retention.data,
    trouble: error ? refusalOf(reasonOf(error)) : '',
    forget: (written: string, because: string) =>
      act(() => ask('POST /api/persons/forgettings', { body: { ...whomOf(written), because } })),
    decide: (written: string, agreed: boolean) =>
      act(() => ask('POST /api/persons/forgettings/decision', { body: { ...whomOf(written), agreed } })),
    hold: (hold: { number?: string; order?: string; reason: string; untilMs: number }) =>
      act(() => ask('POST /api/holds', { body: hold })),
    lift: (id: string) => act(() => ask('POST /api/holds/{id}/end', { path: { id }, body: {} })),
    take: (number: string) =>
      act(async () => {
        const found = await ask('POST /api/persons/export', { body: { number } })
        save(`person-${found.madeAtMs}.json`, JSON.stringify(found, undefined, 2))
      }),
  }
}

export type Persons = ReturnType<typeof usePersons>

/** Into the browser's own folder, under a name that tells nobody whose it is. */
function save(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
