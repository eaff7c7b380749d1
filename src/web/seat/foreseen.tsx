import { useQuery } from '@tanstack/react-query'
import type { DraftFields } from '../../http/contract.ts'
import { ask, reasonOf } from '../house/house.ts'
import { refusalOf } from '../orders/words.ts'
import type { FormCall } from './order-request.ts'
import { type urgencyWords, orderWords as words } from './order-words.ts'

/** Whose it would be, and until when. */
export function useForeseen(fields: DraftFields, call: FormCall | undefined) {
  const { kind = '', district = '', street = '', urgency = '', elder, undecided } = fields
  const body = {
    call: call?.direction === 'in' ? call.id : undefined,
    kind: kind === '' ? undefined : kind,
    district: district === '' ? undefined : district,
    street: street === '' ? undefined : street,
    urgency: urgency === '' ? undefined : (urgency as keyof typeof urgencyWords),
    elder: elder === 'yes' ? true : undefined,
    undecided: undecided === 'yes' ? true : undefined,
  }
  return useQuery({
    queryKey: ['foreseen', body],
    queryFn: ({ signal }) => ask('POST /api/orders/foreseen', { body }, signal),
    // Without a kind it can be said for whom it waits once its class is known.
    enabled: kind !== '' || (undecided === 'yes' && urgency !== ''),
  })
}

/** Said before it is sent. */
export function ForeseenLine({
  asked: { data, error },
  isToldAll,
}: {
  readonly asked: ReturnType<typeof useForeseen>
  /** Whether a kind stands there, or that it waits for a dispatcher. */
  readonly isToldAll: boolean
}) {
  if (error) return <p className="trouble">{refusalOf(reasonOf(error))}</p>
  return (
    <p className="foreseen" role="status">
      {data === undefined || !isToldAll
        ? words.noUnitYet
        : [
            data.dispatchByMs === undefined
              ? words.foreseen(data.unitName, data.dueAtMs)
              : words.waits(data.dispatchByMs, data.dueAtMs),
            data.signByMs === undefined ? '' : words.sign(data.signByMs),
            data.feedbackByMs === undefined ? '' : words.feedback(data.feedbackByMs),
            data.evidence ? words.evidence : '',
            words.ofUnit(data.unitLine, data.unitHours),
          ].join('')}
    </p>
  )
}
