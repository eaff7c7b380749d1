import { useQuery } from '@tanstack/react-query'
import type { BulletinEdit, NewBulletin } from '../../supervision/bulletins/api.ts'
import { ask, reasonOf } from '../house/house.ts'
import { useActing } from '../house/use-acting.ts'
import { refusalOf } from './words.ts'

const key = 'bulletins'
const textOf = (error: Error | null) => (error ? refusalOf(reasonOf(error)) : '')

export function useBulletins() {
  const { data, error } = useQuery({
    queryKey: [key],
    queryFn: ({ signal }) => ask('GET /api/bulletins', {}, signal),
  })
  return { bulletins: data?.bulletins, trouble: textOf(error) }
}

export function useBulletin(id: string) {
  const { data, error } = useQuery({
    queryKey: [key, id],
    queryFn: ({ signal }) => ask('GET /api/bulletins/{id}', { path: { id } }, signal),
  })
  return { bulletin: data, trouble: textOf(error) }
}

/** What somebody does with one of them; what was refused is said where it was done. */
export function useBulletinActs() {
  const { isDone, ...acting } = useActing(key, textOf)
  return {
    ...acting,
    begin: (body: NewBulletin, open: (id: string) => void) =>
      isDone(async () => open((await ask('POST /api/bulletins', { body })).id)),
    write: (id: string, body: BulletinEdit) =>
      isDone(() => ask('POST /api/bulletins/{id}/words', { path: { id }, body })),
    publish: (id: string) => isDone(() => ask('POST /api/bulletins/{id}/publish', { path: { id } })),
    decide: (id: string, agreed: boolean) =>
      isDone(() => ask('POST /api/bulletins/{id}/decision', { path: { id }, body: { agreed } })),
  }
}
