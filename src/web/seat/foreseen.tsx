import { useQuery } from '@tanstack/react-query'
import type { DraftFields, OrderSummary } from '../../http/contract.ts'
import { ask, reasonOf } from '../house/house.ts'
import { refusalOf } from '../orders/words.ts'
import type { FormCall } from './order-request.ts'
import { type urgencyWords, orderWords as words } from './order-words.ts'

/** Open orders that a second one would be about. */
export const sameMatter = (
  earlier: readonly OrderSummary[],
  kind: string | undefined,
  category: string | undefined,
) => earlier.filter(one => one.stage !== 'closed' && kind && (one.kind === kind || one.category === category))

/** Whose it would be, and until when. */
export function useForeseen(fields: DraftFields, call: FormCall | undefined) {
  const { kind = '', district = '', urgency = '', elder } = fields
  const body = {
    call: call?.direction === 'in' ? call.id : undefined,
    kind,
    district: district === '' ? undefined : district,
    urgency: urgency === '' ? undefined : (urgency as keyof typeof urgencyWords),
    elder: elder === 'yes' ? true : undefined,
  }
  return useQuery({
    queryKey: ['foreseen', body],
    queryFn: ({ signal }) => ask('POST /api/orders/foreseen', { body }, signal),
    enabled: kind !== '',
  })
}

/** Said before it is sent. */
export function ForeseenLine({
  asked: { data, error },
  hasKind,
}: {
  readonly asked: ReturnType<typeof useForeseen>
  readonly hasKind: boolean
}) {
  if (error) return <p className="trouble">{refusalOf(reasonOf(error))}</p>
  return (
    <p className="foreseen" role="status">
      {data === undefined || !hasKind
        ? words.noUnitYet
        : [
            words.foreseen(data.unitName, data.dueAtMs),
            data.signByMs === undefined ? '' : words.sign(data.signByMs),
            data.feedbackByMs === undefined ? '' : words.feedback(data.feedbackByMs),
            data.evidence ? words.evidence : '',
            words.ofUnit(data.unitLine, data.unitHours),
          ].join('')}
    </p>
  )
}
