import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { DispatchDraftShown, Problem } from '../../http/contract.ts'
import { ask, reasonOf } from '../house/house.ts'
import { refusalOf } from '../orders/words.ts'

const days = 30
const draftKey = ['dispatch-catalogue', 'draft']

/** What came of a table that was brought: a draft, or all that is wrong with it. */
export type Brought = { readonly draft?: DispatchDraftShown; readonly faults?: Problem['faults'] }

export function useBringing() {
  const client = useQueryClient()
  return useMutation({
    async mutationFn(file: File): Promise<Brought> {
      const { revision } = await ask('GET /api/dispatch-catalogue/draft', {})
      const answer = await fetch('/api/dispatch-catalogue/file', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ revision, name: file.name, data: await inBase64(file) }),
      })
      if (answer.ok) return { draft: await answer.json() }
      const problem: Partial<Problem> = await answer.json().catch(() => ({}))
      return { faults: problem.faults ?? [] }
    },
    onSettled: () => client.invalidateQueries({ queryKey: draftKey }),
  })
}

const inBase64 = (file: File) =>
  new Promise<string>((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''))
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(file)
  })

/** Where orders of a month would go by the draft. */
export function useTrial() {
  const trial = useMutation({
    mutationFn: () => ask('GET /api/dispatch-catalogue/trial', { query: { days } }),
  })
  return {
    trial: trial.data,
    isBusy: trial.isPending,
    trouble: trial.error ? refusalOf(reasonOf(trial.error)) : undefined,
    tryIt: () => trial.mutate(),
  }
}

export const useByRule = () =>
  useQuery({
    queryKey: ['orders', 'by-rule'],
    queryFn: ({ signal }) => ask('GET /api/orders/by-rule', { query: { days } }, signal),
  }).data
