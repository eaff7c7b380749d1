import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { RuleEdit, RulePublish, RuleSubjectName } from '../../rulebook/api.ts'
import { ask, reasonOf } from '../house/house.ts'
import { refusalOf } from '../house/refusal.ts'

const troubleOf = (error: unknown) => (error ? refusalOf(reasonOf(error)) : undefined)

export function useRules() {
  const { data, error } = useQuery({
    queryKey: ['rules'],
    queryFn: ({ signal }) => ask('GET /api/rules', {}, signal),
  })
  return { subjects: data?.subjects, trouble: troubleOf(error) }
}

export function useHistory(subject: RuleSubjectName) {
  const { data, error } = useQuery({
    queryKey: ['rules', subject, 'history'],
    queryFn: ({ signal }) => ask('GET /api/rules/{subject}', { path: { subject } }, signal),
  })
  return { history: data, trouble: troubleOf(error) }
}

export function useDraft(subject: RuleSubjectName) {
  const { data, error } = useQuery({
    queryKey: ['rules', subject, 'draft'],
    queryFn: ({ signal }) => ask('GET /api/rules/{subject}/draft', { path: { subject } }, signal),
    // What somebody is typing is not replaced by what they come back to; another's writing is told when this is saved.
    refetchOnWindowFocus: false,
  })
  return { draft: data, trouble: troubleOf(error) }
}

export function useVersion(subject: RuleSubjectName, number: number) {
  const { data, error } = useQuery({
    queryKey: ['rules', subject, 'version', number],
    queryFn: ({ signal }) =>
      ask('GET /api/rules/{subject}/versions/{number}', { path: { subject, number } }, signal),
    // What was published stays as it was.
    staleTime: Number.POSITIVE_INFINITY,
  })
  return { version: data, trouble: troubleOf(error) }
}

/** What changes rules of a subject; whatever is shown of rules is asked anew then. */
export function useRuleChanges(subject: RuleSubjectName) {
  const client = useQueryClient()
  const path = { subject }
  const onSuccess = () => client.invalidateQueries({ queryKey: ['rules'] })
  const edited = useMutation({
    mutationFn: (body: RuleEdit) => ask('POST /api/rules/{subject}/draft', { path, body }),
    onSuccess,
  })
  const discarded = useMutation({
    mutationFn: () => ask('DELETE /api/rules/{subject}/draft', { path }),
    onSuccess,
  })
  const published = useMutation({
    mutationFn: (body: RulePublish) => ask('POST /api/rules/{subject}/versions', { path, body }),
    onSuccess,
  })
  const used = useMutation({
    mutationFn: (number: number) =>
      ask('POST /api/rules/{subject}/versions/{number}/use', { path: { subject, number }, body: {} }),
    onSuccess,
  })
  /** A version as a draft, which another person publishes. */
  const broughtBack = useMutation({
    mutationFn: async (number: number) => {
      const [{ revision }, { text }] = await Promise.all([
        ask('GET /api/rules/{subject}/draft', { path }),
        ask('GET /api/rules/{subject}/versions/{number}', { path: { subject, number } }),
      ])
      return ask('POST /api/rules/{subject}/draft', { path, body: { revision, text } })
    },
    onSuccess,
  })
  const all = [edited, discarded, published, used, broughtBack]
  return {
    edit: edited.mutate,
    discard: discarded.mutate,
    publish: published.mutate,
    use: used.mutate,
    bringBack: broughtBack.mutate,
    isBroughtBack: broughtBack.isSuccess,
    isBusy: all.some(({ isPending }) => isPending),
    isPublished: published.isSuccess,
    trouble: troubleOf(all.find(({ error }) => error)?.error),
  }
}
