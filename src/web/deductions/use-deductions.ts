import { useQuery } from '@tanstack/react-query'
import type {
  DeductionDecision,
  DeductionProposal,
  DeductionState,
} from '../../supervision/deductions/api.ts'
import { ask, reasonOf } from '../house/house.ts'
import { useActing } from '../house/use-acting.ts'
import { refusalOf } from './words.ts'

const key = 'deductions'
const textOf = (error: Error | null) => (error ? refusalOf(reasonOf(error)) : '')

export function useDeductions(state: DeductionState | undefined) {
  const { data, error } = useQuery({
    queryKey: [key, state],
    queryFn: ({ signal }) => ask('GET /api/deductions', { query: { state } }, signal),
  })
  return { deductions: data?.deductions, trouble: textOf(error) }
}

/** What somebody does with one of them; what was refused is said where it was done. */
export function useDeductionActs() {
  const { isDone, ...acting } = useActing(key, textOf)
  return {
    ...acting,
    decide: (id: string, body: DeductionDecision) =>
      isDone(() => ask('POST /api/deductions/{id}/decision', { path: { id }, body })),
    appeal: (id: string, words: string) =>
      isDone(() => ask('POST /api/deductions/{id}/appeal', { path: { id }, body: { words } })),
    propose: (body: DeductionProposal) => isDone(() => ask('POST /api/deductions', { body })),
  }
}
