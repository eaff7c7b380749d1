import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { CatalogueFilter } from '../../catalogue/api.ts'
import type { CatalogueEditRequest, CataloguePublish } from '../../catalogue/versions/api.ts'
import { ask, reasonOf } from '../house/house.ts'
import { refusalOf } from '../house/refusal.ts'

const pauseMs = 200
const perPage = 50
const troubleOf = (error: unknown) => (error ? refusalOf(reasonOf(error)) : undefined)

/** What was asked for, once nobody has typed for a moment. */
export function useSteady<Value>(value: Value): Value {
  const [steady, setSteady] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSteady(value), pauseMs)
    return () => clearTimeout(timer)
  }, [value])
  return steady
}

/** @param after where the page begins; at the head of the list when absent */
export function useKinds(filter: CatalogueFilter, after: string | undefined) {
  const { data, error } = useQuery({
    queryKey: ['catalogue', 'list', filter, after],
    queryFn: ({ signal }) =>
      ask('GET /api/catalogue', { query: { ...filter, limit: perPage, after } }, signal),
    placeholderData: before => before,
  })
  return { page: data, trouble: troubleOf(error) }
}

export function useKind(code: string) {
  const { data, error } = useQuery({
    queryKey: ['catalogue', 'kind', code],
    queryFn: ({ signal }) => ask('GET /api/catalogue/{code}', { path: { code } }, signal),
  })
  return { kind: data, trouble: troubleOf(error) }
}

export function useDraft() {
  const { data, error } = useQuery({
    queryKey: ['catalogue', 'draft'],
    queryFn: ({ signal }) => ask('GET /api/catalogue/draft', {}, signal),
  })
  return { draft: data, trouble: troubleOf(error) }
}

export function useVersions() {
  const { data, error } = useQuery({
    queryKey: ['catalogue', 'versions'],
    queryFn: ({ signal }) => ask('GET /api/catalogue/versions', {}, signal),
  })
  return { versions: data, trouble: troubleOf(error) }
}

export function useDiff(number: number) {
  const { data, error } = useQuery({
    queryKey: ['catalogue', 'diff', number],
    queryFn: ({ signal }) => ask('GET /api/catalogue/versions/{number}/diff', { path: { number } }, signal),
    // What was published stays as it was.
    staleTime: Number.POSITIVE_INFINITY,
  })
  return { changes: data?.changes, trouble: troubleOf(error) }
}

/** As a kind's object is written now, asked once: what others write meanwhile is told when this is saved. */
export function useWritten(code: string) {
  const { data, error } = useQuery({
    queryKey: ['catalogue', 'written', code],
    queryFn: ({ signal }) => ask('GET /api/catalogue/written/{code}', { path: { code } }, signal),
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
  return { written: data, trouble: troubleOf(error) }
}

/** What changes the catalogue; whatever is shown of it is asked anew then. */
export function useChanges() {
  const client = useQueryClient()
  const onSuccess = () => client.invalidateQueries({ queryKey: ['catalogue'] })
  const edited = useMutation({
    mutationFn: (body: CatalogueEditRequest) => ask('POST /api/catalogue/draft', { body }),
    onSuccess,
  })
  const discarded = useMutation({ mutationFn: () => ask('DELETE /api/catalogue/draft', {}), onSuccess })
  const published = useMutation({
    mutationFn: (body: CataloguePublish) => ask('POST /api/catalogue/versions', { body }),
    onSuccess,
  })
  const used = useMutation({
    mutationFn: (number: number) =>
      ask('POST /api/catalogue/versions/{number}/use', { path: { number }, body: {} }),
    onSuccess,
  })
  return {
    edit: edited.mutate,
    discard: discarded.mutate,
    publish: published.mutate,
    use: used.mutate,
    isBusy: edited.isPending || published.isPending || used.isPending,
    trouble: troubleOf(edited.error ?? discarded.error ?? published.error ?? used.error),
  }
}
