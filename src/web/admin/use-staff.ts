import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { MemberChange, NewMember } from '../../http/contract.ts'
import { ask, reasonOf } from '../house/house.ts'
import { refusalOf } from '../house/refusal.ts'

const troubleOf = (error: unknown) => (error ? refusalOf(reasonOf(error)) : undefined)

export function useMembers() {
  const { data, error } = useQuery({
    queryKey: ['staff'],
    queryFn: ({ signal }) => ask('GET /api/staff', {}, signal),
  })
  return { members: data?.members, trouble: troubleOf(error) }
}

export function useRightsChanges(name: string) {
  const { data, error } = useQuery({
    queryKey: ['staff', name, 'changes'],
    queryFn: ({ signal }) => ask('GET /api/staff/{name}/changes', { path: { name } }, signal),
  })
  return { changes: data?.changes, trouble: troubleOf(error) }
}

/** What changes who may do what; lists are asked anew then. */
export function useStaffChanges() {
  const client = useQueryClient()
  const onSuccess = () => client.invalidateQueries({ queryKey: ['staff'] })
  const added = useMutation({ mutationFn: (body: NewMember) => ask('POST /api/staff', { body }), onSuccess })
  const changed = useMutation({
    mutationFn: ({ name, ...body }: MemberChange & { readonly name: string }) =>
      ask('POST /api/staff/{name}/change', { path: { name }, body }),
    onSuccess,
  })
  const removed = useMutation({
    mutationFn: (name: string) => ask('DELETE /api/staff/{name}', { path: { name } }),
    onSuccess,
  })
  const all = [added, changed, removed]
  return {
    add: added.mutate,
    change: changed.mutate,
    remove: removed.mutate,
    isBusy: all.some(({ isPending }) => isPending),
    isDone: all.some(({ isSuccess }) => isSuccess),
    trouble: troubleOf(all.find(({ error }) => error)?.error),
  }
}

export function useSeats() {
  const client = useQueryClient()
  const queryKey = ['seats']
  const { data, error } = useQuery({
    queryKey,
    queryFn: ({ signal }) => ask('GET /api/seats', {}, signal),
  })
  const onSuccess = () => client.invalidateQueries({ queryKey })
  const skilled = useMutation({
    mutationFn: ({ name, skills }: { readonly name: string; readonly skills: readonly string[] }) =>
      ask('POST /api/seats/{name}/skills', { path: { name }, body: { skills } }),
    onSuccess,
  })
  const removed = useMutation({
    mutationFn: (name: string) => ask('DELETE /api/seats/{name}', { path: { name } }),
    onSuccess,
  })
  const added = useMutation({
    mutationFn: (body: {
      readonly name: string
      readonly display: string
      readonly contact?: string
      readonly password?: string
    }) => ask('POST /api/seats', { body }),
    onSuccess,
  })
  return {
    seats: data?.seats,
    setSkills: skilled.mutate,
    add: added.mutate,
    remove: removed.mutate,
    trouble: troubleOf(error ?? skilled.error ?? removed.error ?? added.error),
  }
}
