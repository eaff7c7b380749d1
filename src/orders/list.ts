import { nobody, type OrderQuery } from './listing/api.ts'
import type { ListQuery, ListSort, OrderLine } from './store.ts'

/** The database query for a page; it asks for one more than is shown, to tell whether another page follows. */
export const listQueryOf = ({
  unit,
  stage,
  returned,
  silent,
  person,
  helping,
  copied,
  toLook,
  repeated,
  light,
  sort,
  after,
  limit,
}: OrderQuery): ListQuery => ({
  unit,
  of: stage === 'closed' || stage === 'all' ? stage : 'running',
  sort: sortOf({ stage, light, sort, returned, silent }),
  stage: stage === 'closed' || stage === 'all' ? undefined : stage,
  returned: returned === 'true',
  silent: silent === 'true',
  person: person === nobody ? '' : person,
  helping: helping === 'true',
  copied: copied === 'true',
  toLook: toLook === 'true',
  repeated: repeated === 'true',
  light,
  after: placeIn(after),
  limit: limit + 1,
})

/** Green orders are sorted by when they turn yellow: sorted by deadline, all yellow ones would come before them. */
function sortOf({
  stage,
  light,
  sort,
  returned,
  silent,
}: Pick<OrderQuery, 'stage' | 'light' | 'sort' | 'returned' | 'silent'>): ListSort {
  if (returned) return 'review'
  if (silent) return 'task'
  if (stage === 'closed') return 'closed'
  if (stage === 'all') return 'latest'
  return sort ?? (light === 'green' ? 'yellow' : 'due')
}

export type OrderLines = { readonly lines: readonly OrderLine[]; readonly next?: string }

/** The page, and where the next one begins. */
export function pageOf(found: readonly OrderLine[], limit: number, sort: ListSort): OrderLines {
  const lines = found.slice(0, limit)
  const last = lines.at(-1)
  return { lines, next: found.length > lines.length && last ? placeAfter(last, sort) : undefined }
}

/** The position of the next page: after this moment and number. */
function placeAfter(
  { changedAt, redAt, yellowAt, reviewAt, taskAt, number }: OrderLine,
  sort: ListSort,
): string {
  const at = {
    closed: changedAt,
    due: redAt,
    yellow: yellowAt,
    review: reviewAt,
    task: taskAt,
    latest: undefined,
  }[sort]
  return `${at?.getTime() ?? 0}-${number}`
}

export function placeIn(after: string | undefined) {
  if (after === undefined) return undefined
  const [at = '', number = ''] = after.split('-')
  return { atMs: Number(at), number }
}
