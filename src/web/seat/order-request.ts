import type { DraftFields, NewOrderRequest } from '../../http/contract.ts'

/** The call that a form is about. */
export type FormCall = {
  readonly id: string
  readonly direction: 'in' | 'out'
  /** Empty when withheld, and of a call from a page. */
  readonly number: string
}

const isYes = (text: string | undefined) => text === 'yes'
const said = (text: string | undefined) =>
  text === undefined || text.trim() === '' ? undefined : text.trim()
const bare = (number: string) => number.replace(/[\s-]/g, '')

/** Whether this consultation is answered at once. */
export const isAnswered = ({ type, answer }: DraftFields) => type === 'consultation' && (answer ?? '') !== ''

/** Whether somebody who is to be rung or written to has left no number for it. */
export const lacksNumber = ({ mode = 'voice', number }: DraftFields, call: FormCall | undefined) =>
  mode !== 'none' && said(number) === undefined && (call?.number ?? '') === ''

/** What the house is asked to make of a form. How the citizen is to be answered is always said: nothing becomes "none" by itself. */
export function requestOf(
  fields: DraftFields,
  call: FormCall | undefined,
  more: Pick<NewOrderRequest, 'draft' | 'suggested'>,
): NewOrderRequest {
  const number = said(fields.number)
  const isIn = call?.direction === 'in'
  const answered = isAnswered(fields)
  return {
    ...more,
    call: isIn ? call.id : undefined,
    // Whom we rang is asked for by their number.
    caller: call && !isIn && call.number !== '' ? call.number : undefined,
    type: said(fields.type) as NewOrderRequest['type'],
    name: said(fields.name),
    kind: said(fields.kind),
    matter: fields.matter ?? '',
    district: said(fields.district),
    street: said(fields.street),
    place: said(fields.place),
    urgency: said(fields.urgency) as NewOrderRequest['urgency'],
    contact: {
      mode: (said(fields.mode) ?? 'voice') as NonNullable<NewOrderRequest['contact']>['mode'],
      number: number === undefined ? undefined : bare(number),
    },
    answered: answered ? { words: fields.answer ?? '', article: said(fields.article) } : undefined,
    undecided: isYes(fields.undecided) && !answered ? true : undefined,
    elder: isYes(fields.elder) ? true : undefined,
    confidential: isYes(fields.confidential) ? true : undefined,
    anyway: isYes(fields.anyway) ? true : undefined,
  }
}
