import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type {
  KnowledgeContent,
  KnowledgeDetail,
  KnowledgeListQuery,
  KnowledgeReview,
  KnowledgeUse,
} from '../../knowledge/api.ts'
import { ask, reasonOf } from '../house/house.ts'

const key = (...parts: readonly unknown[]) => ['knowledge', ...parts]
const pauseMs = 200
/** Who has typed nothing for so long has typed what they look for. */
const finishedMs = 2_000

/** A value once it has stayed for a while. */
function useSteady(value: string, ms: number): string {
  const [steady, setSteady] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSteady(value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return steady
}

/** What fits while somebody types; once they have stopped, it counts. */
export function useSearch(text: string) {
  const typed = useSteady(text.trim(), pauseMs)
  const finished = useSteady(text.trim(), finishedMs)
  const found = useQuery({
    queryKey: key('search', typed),
    queryFn: ({ signal }) => ask('POST /api/knowledge/search', { body: { text: typed } }, signal),
    enabled: typed !== '',
    placeholderData: before => before,
  })
  useQuery({
    queryKey: key('finished', finished),
    queryFn: ({ signal }) =>
      ask('POST /api/knowledge/search', { body: { text: finished, limit: 1, final: true } }, signal),
    enabled: finished !== '',
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
  return { found: typed === '' ? undefined : found.data, trouble: troubleOf(found.error) }
}

const troubleOf = (error: unknown) => (error ? reasonOf(error) : undefined)

export function useEntry(id: string) {
  const client = useQueryClient()
  const shown = useQuery({
    queryKey: key('entry', id),
    queryFn: ({ signal }) => ask('GET /api/knowledge/{id}', { path: { id } }, signal),
  })
  const onSuccess = (detail: KnowledgeDetail | undefined) => {
    if (detail) client.setQueryData(key('entry', id), detail)
    void client.invalidateQueries({ queryKey: ['knowledge'] })
  }
  const acted = useMutation({
    mutationFn: ({ act, version }: { readonly act: 'submit' | 'withdraw'; readonly version: number }) =>
      act === 'submit'
        ? ask('POST /api/knowledge/{id}/submit', { path: { id }, body: { version } })
        : ask('POST /api/knowledge/{id}/withdraw', { path: { id }, body: { version } }),
    onSuccess,
  })
  const used = useMutation({
    mutationFn: (body: { readonly version: number; readonly how: KnowledgeUse }) =>
      ask('POST /api/knowledge/{id}/uses', { path: { id }, body }),
  })
  return {
    detail: shown.data,
    trouble: troubleOf(acted.error ?? used.error ?? shown.error),
    act: acted.mutate,
    use: used.mutate,
    used: used.data,
  }
}

export function useDiff(id: string, from: number, to: number) {
  const { data } = useQuery({
    queryKey: key('diff', id, from, to),
    queryFn: ({ signal }) =>
      ask('GET /api/knowledge/{id}/diff', { path: { id }, query: { from, to } }, signal),
    enabled: from > 0,
  })
  return data?.changes
}

/** A new entry, or another text of one that was seen. */
export function useSave(
  seen: { readonly id: string; readonly version: number; readonly revision: number } | undefined,
) {
  const client = useQueryClient()
  const saved = useMutation({
    mutationFn: (content: KnowledgeContent) => {
      if (!seen) return ask('POST /api/knowledge', { body: content })
      const { id, version, revision } = seen
      return ask('POST /api/knowledge/{id}/change', { path: { id }, body: { version, revision, content } })
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['knowledge'] }),
  })
  return { save: saved.mutate, trouble: troubleOf(saved.error), isSaving: saved.isPending }
}

export function useReview() {
  const client = useQueryClient()
  const reviewed = useMutation({
    mutationFn: (body: KnowledgeReview) => ask('POST /api/knowledge/reviews', { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['knowledge'] }),
  })
  return {
    review: reviewed.mutate,
    refused: reviewed.data?.refused ?? [],
    done: reviewed.data?.done.length ?? 0,
    trouble: troubleOf(reviewed.error),
  }
}

export function useInbox() {
  const { data, error } = useQuery({
    queryKey: key('inbox'),
    queryFn: ({ signal }) => ask('GET /api/knowledge/inbox', {}, signal),
    refetchInterval: 60_000,
  })
  return { inbox: data, trouble: troubleOf(error) }
}

export function useList(query: Partial<KnowledgeListQuery>) {
  const { data, error } = useQuery({
    queryKey: key('list', query),
    queryFn: ({ signal }) => ask('GET /api/knowledge', { query }, signal),
  })
  return { list: data, trouble: troubleOf(error) }
}

export function useFigures() {
  const { data, error } = useQuery({
    queryKey: key('figures'),
    queryFn: ({ signal }) => ask('GET /api/knowledge/figures', { query: { days: 30 } }, signal),
  })
  return { figures: data, trouble: troubleOf(error) }
}

export function useImport() {
  const client = useQueryClient()
  const taken = useMutation({
    mutationFn: async ({ file, submit }: { readonly file: File; readonly submit: boolean }) =>
      ask('POST /api/knowledge/import', { body: { name: file.name, data: await base64Of(file), submit } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['knowledge'] }),
  })
  return { take: taken.mutate, taken: taken.data, trouble: troubleOf(taken.error), isTaking: taken.isPending }
}

const base64Of = (file: File) =>
  new Promise<string>((resolve, reject) => {
    const reader = new FileReader()
    reader.onerror = () => reject(reader.error)
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''))
    reader.readAsDataURL(file)
  })
