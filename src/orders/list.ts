import type { OrderQuery } from './api.ts'
import type { ListQuery, OrderLine } from './store.ts'

/** What is asked of the database for a page: one more than is shown, which tells whether there is another page. */
export const listQueryOf = ({
  unit,
  stage,
  returned,
  helping,
  light,
  after,
  limit,
}: OrderQuery): ListQuery => ({
  unit,
  closed: stage === 'closed',
  stage: stage === 'closed' ? undefined : stage,
  returned: returned === 'true',
  helping: helping === 'true',
  light,
  after: after === undefined ? undefined : placeOf(after),
  limit: limit + 1,
})

export type OrderLines = { readonly lines: readonly OrderLine[]; readonly next?: string }

/** The page, and where the next one begins. */
export function pageOf(found: readonly OrderLine[], limit: number): OrderLines {
  const lines = found.slice(0, limit)
  const last = lines.at(-1)
  return { lines, next: found.length > lines.length && last ? placeAfter(last) : undefined }
}

/** Where the next page begins: after this moment and number. */
const placeAfter = ({ stage, changedAt, redAt, number }: OrderLine) =>
  `${(stage === 'closed' ? changedAt : redAt)?.getTime() ?? 0}-${number}`

function placeOf(after: string) {
  const [at = '', number = ''] = after.split('-')
  return { atMs: Number(at), number }
}
