import { useQuery } from '@tanstack/react-query'
import type { StepDecision, StepGiven } from '../../callers/ladder/api.ts'
import { ask, reasonOf } from '../house/house.ts'
import { useActing } from '../house/use-acting.ts'
import { refusalOf } from './words.ts'
import './routes.ts'

const key = 'ladder'
const textOf = (error: Error | null) => (error ? refusalOf(reasonOf(error)) : '')

export function useLadders() {
  const { data, error } = useQuery({
    queryKey: [key],
    queryFn: ({ signal }) => ask('GET /api/ladder', {}, signal),
  })
  return { callers: data?.callers, trouble: textOf(error) }
}

/** Where one number stands. @param number nobody's when empty */
export function useLadder(number: string) {
  const { data, error } = useQuery({
    queryKey: [key, number],
    queryFn: ({ signal }) => ask('GET /api/callers/{number}/ladder', { path: { number } }, signal),
    enabled: number !== '',
  })
  return { ladder: data, trouble: textOf(error) }
}

/** What somebody does; what was refused is said where it was done. */
export function useLadderActs() {
  const { isDone, ...acting } = useActing(key, textOf)
  return {
    ...acting,
    take: (number: string, body: StepGiven) =>
      isDone(() => ask('POST /api/callers/{number}/ladder', { path: { number }, body })),
    decide: (id: string, body: StepDecision) =>
      isDone(() => ask('POST /api/ladder/{id}/decision', { path: { id }, body })),
    appeal: (id: string, words: string) =>
      isDone(() => ask('POST /api/ladder/{id}/appeal', { path: { id }, body: { words } })),
  }
}
