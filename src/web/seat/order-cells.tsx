import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { Button } from 'react-aria-components'
import type { DraftField, OrderSummary } from '../../http/contract.ts'
import { ask, reasonOf } from '../house/house.ts'
import { useKeys } from '../house/use-keys.ts'
import { refusalOf } from '../orders/words.ts'
import { Attachments } from './attachments.tsx'
import { Discard } from './discard.tsx'
import { ForeseenLine, useForeseen } from './foreseen.tsx'
import { KindField } from './kind-field.tsx'
import { Nearby, useNear } from './nearby.tsx'
import { Choice, Line, Theirs, Types } from './order-fields.tsx'
import { type FormCall, isAnswered, lacksNumber } from './order-request.ts'
import { modeWords, typeWords, urgencyWords, orderWords as words } from './order-words.ts'
import { sameMatter } from './same.ts'
import { SameMatter } from './same-matter.tsx'
import { StreetField } from './street-field.tsx'
import { Ticks } from './ticks.tsx'
import type { DraftForm } from './use-draft.ts'
import { useSendKey } from './use-send-key.ts'
import type { Sending } from './use-sending.ts'

const pairs = (all: Readonly<Record<string, string>>) => Object.entries(all)

/** The fields of an order, and what is known of it before it is sent. */
export function OrderCells({
  form,
  call,
  earlier,
  isElder,
  isAskedFor,
  taken,
  take,
  sending,
  onAdded,
  onTold,
}: {
  readonly form: DraftForm
  readonly call: FormCall | undefined
  /** Orders of this caller. */
  readonly earlier: readonly OrderSummary[]
  readonly isElder: boolean
  /** Somebody asked for another form: they begin to write at once. */
  readonly isAskedFor: boolean
  /** The kind that was taken here, as it reads. */
  readonly taken: { readonly code: string; readonly name: string } | undefined
  readonly take: (code: string, name: string) => void
  readonly sending: Sending
  /** What is written went into the open order of this number. */
  readonly onAdded: (number: string) => void
  readonly onTold: (number: string) => void
}) {
  const { fields } = form.shown
  const place = useRef<HTMLFormElement>(null)
  const focus = (name: DraftField) => place.current?.querySelector<HTMLElement>(`[name="${name}"]`)?.focus()
  useKeys({ F7: () => focus('matter') })
  useSendKey(place)
  useEffect(() => {
    if (isAskedFor) focus('matter')
  }, [])
  const districts = useQuery({
    queryKey: ['city'],
    queryFn: ({ signal }) => ask('GET /api/city', {}, signal),
    staleTime: Number.POSITIVE_INFINITY,
  }).data?.districts
  const foreseen = useForeseen(fields, call)
  const near = useNear(fields, earlier)
  const needsNumber = lacksNumber(fields, call)
  const answered = isAnswered(fields)
  return (
    <form
      ref={place}
      className="order-cells"
      onSubmit={event => {
        event.preventDefault()
        sending.send()
      }}
    >
      <Types form={form} options={pairs(typeWords)} />
      <Line form={form} name="matter" label={words.matter} needed lines={3} />
      <div className="cell wide">
        <KindField
          code={fields.kind ?? ''}
          name={taken?.code === fields.kind ? taken?.name : undefined}
          onTaken={take}
          isNeeded={fields.undecided !== 'yes'}
        />
        <Theirs form={form} name="kind" />
      </div>
      {districts && districts.length > 0 && (
        <Choice
          form={form}
          name="district"
          label={words.district}
          needed={!answered}
          empty={words.anyDistrict}
          options={districts.map(({ name }) => [name, name] as const)}
        />
      )}
      <StreetField form={form} needed={!answered} />
      <Line form={form} name="place" label={words.place} needed={!answered} />
      <Line form={form} name="name" label={words.name} />
      <Choice form={form} name="mode" label={words.contact} options={pairs(modeWords)} />
      <Line
        form={form}
        name="number"
        label={words.number}
        needed={needsNumber}
        hint={needsNumber ? words.askNumber : words.numberHint}
      />
      <Choice
        form={form}
        name="urgency"
        label={words.urgency}
        needed={fields.undecided === 'yes' && (fields.kind ?? '') === ''}
        empty={words.urgencyOfKind}
        options={pairs(urgencyWords)}
      />
      <Ticks form={form} isElder={isElder} hasOpen={earlier.some(({ stage }) => stage !== 'closed')} />
      {answered && (
        <>
          <Line form={form} name="answer" label={words.answer} needed lines={2} />
          <Line form={form} name="article" label={words.article} />
        </>
      )}
      {!answered && <Attachments form={form} />}
      {!answered && <Nearby orders={near.orders} />}
      {!answered && (
        <SameMatter
          orders={sameMatter(earlier, {
            kind: fields.kind,
            category: foreseen.data?.category,
            alike: near.own,
          })}
          kind={fields.kind}
          form={form}
          call={call}
          onAdded={onAdded}
          onTold={onTold}
        />
      )}
      <div className="cell wide send">
        {!answered && (
          <ForeseenLine
            asked={foreseen}
            isToldAll={(fields.kind ?? '') !== '' || fields.undecided === 'yes'}
          />
        )}
        {sending.error && (
          <p className="trouble" role="alert">
            {refusalOf(reasonOf(sending.error))}
          </p>
        )}
        <Button
          className="button main"
          type="submit"
          isDisabled={sending.isPending}
          aria-keyshortcuts="Control+Enter"
        >
          {sending.isPending ? words.sending : answered ? words.sendClosed : words.send}
        </Button>
        <Discard form={form} />
        <p className="quiet">{words.keys}</p>
      </div>
    </form>
  )
}
