import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useEffect, useMemo, useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import type { CaptionLine, DraftField, OrderSummary } from '../../http/contract.ts'
import { ask, reasonOf } from '../house/house.ts'
import { useKeys } from '../house/use-keys.ts'
import { sendFile } from '../orders/use-orders.ts'
import { refusalOf } from '../orders/words.ts'
import { Answers } from './answers/answers.tsx'
import { missingOf } from './asking.ts'
import { Attachments } from './attachments.tsx'
import { withDrafted } from './drafted.ts'
import { ForeseenLine, sameMatter, useForeseen } from './foreseen.tsx'
import { KindField, useKind } from './kind-field.tsx'
import { Nearby } from './nearby.tsx'
import { Choice, Line, News, Theirs, Types, Yes } from './order-fields.tsx'
import { type FormCall, isAnswered, lacksNumber, requestOf } from './order-request.ts'
import { modeWords, typeWords, urgencyWords, orderWords as words } from './order-words.ts'
import { Proposals } from './proposals.tsx'
import { ownLine, type ReadSoFar } from './reading.ts'
import { SameMatter } from './same-matter.tsx'
import { StreetField } from './street-field.tsx'
import { Suggestions } from './suggestions.tsx'
import type { KnownOfCall } from './third-words.ts'
import { useAssistedReading } from './use-assisted-reading.ts'
import { type DraftForm, useDraft } from './use-draft.ts'
import { useReading } from './use-reading.ts'
import { useSuggestions } from './use-suggestions.ts'

const pairs = (all: Readonly<Record<string, string>>) => Object.entries(all)

/** What the page hears of its form. */
export type FormTold = {
  readonly read: ReadSoFar
  readonly number: string
  /** What is written down of it so far. */
  readonly known: KnownOfCall
}

/** What somebody tells, written down beside the call. Whoever goes on to another call finds it again by its call. */
export function OrderForm({
  call,
  lines,
  isUp,
  isElder,
  earlier,
  onTold,
  onMade,
}: {
  readonly call: FormCall | undefined
  /** What the caller has said and typed so far. */
  readonly lines: readonly CaptionLine[]
  /** Whether they are on the line still. */
  readonly isUp: boolean
  readonly isElder: boolean
  /** Orders of this caller. */
  readonly earlier: readonly OrderSummary[]
  /** Told what was read in it, and which number they gave. */
  readonly onTold: (told: FormTold) => void
  readonly onMade: () => void
}) {
  const form = useDraft(call?.id)
  const { fields } = form.shown
  const [taken, setTaken] = useState<{ readonly code: string; readonly name: string }>()
  const [made, setMade] = useState<{ readonly number: string; readonly how: 'made' | 'closed' | 'added' }>()
  const [files, setFiles] = useState<readonly File[]>([])
  const [refused, setRefused] = useState<readonly string[]>([])
  const place = useRef<HTMLFormElement>(null)
  const heard = useMemo(() => lines.map(({ text }) => text).join('\n'), [lines])
  const matter = fields.matter ?? ''
  const toRead = useMemo(
    () => [
      { id: ownLine, text: matter, isSettled: false },
      ...lines.map(({ id, text, settled }) => ({ id, text, isSettled: settled })),
    ],
    [matter, lines],
  )
  const read = useReading(toRead)
  const names = useMemo(() => [fields.name ?? ''].filter(name => name.trim() !== ''), [fields.name])
  const assisted = useAssistedReading(call?.id, { lines, isUp, names })
  const proposed = useMemo(
    () => withDrafted(read, assisted.proposals, lines),
    [read, assisted.proposals, lines],
  )
  const number = fields.number ?? ''
  const known = useMemo(
    () => ({
      order: made?.number ?? '',
      place: [fields.street, fields.place].filter(one => (one ?? '').trim() !== '').join(' '),
      matter,
    }),
    [made, fields.street, fields.place, matter],
  )
  useEffect(() => onTold({ read, number, known }), [read, number, known, onTold])
  const held = useSuggestions(call?.id, {
    heard,
    isSettled: lines.at(-1)?.settled === true,
    typed: matter,
    district: fields.district ?? '',
  })
  const take = (code: string, name: string) => {
    setTaken({ code, name })
    form.set('kind', code)
  }
  const sending = useMutation({
    mutationFn: async () => {
      await form.save()
      const suggested = held && {
        text: `${fields.matter ?? ''}\n${heard}`.trim().slice(0, 4000),
        objects: held.found.map(({ object }) => object),
      }
      const body = requestOf(fields, call, { draft: form.shown.id, suggested })
      const made = await ask('POST /api/orders', { body })
      const refused: string[] = []
      for (const file of isAnswered(fields) ? [] : files) {
        const why = await sendFile(made.order.number, file)
        if (why !== undefined) refused.push(words.notAttached(file.name, why))
      }
      return { order: made.order, refused }
    },
    onSuccess({ order, refused }) {
      setFiles([])
      setRefused(refused)
      setMade({ number: order.number, how: order.stage === 'closed' ? 'closed' : 'made' })
      setTaken(undefined)
      form.over()
      onMade()
    },
  })
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (!sending.isPending) sending.mutate()
  }
  const focus = (name: DraftField) => place.current?.querySelector<HTMLElement>(`[name="${name}"]`)?.focus()
  useKeys({ F7: () => focus('matter') })
  const districts = useQuery({
    queryKey: ['city'],
    queryFn: ({ signal }) => ask('GET /api/city', {}, signal),
    staleTime: Number.POSITIVE_INFINITY,
  }).data?.districts
  const kind = useKind(fields.kind ?? '')
  const mustSay = kind?.form ?? held?.found[0]?.form ?? []
  const foreseen = useForeseen(fields, call)
  const needsNumber = lacksNumber(fields, call)
  const answered = isAnswered(fields)
  return (
    <>
      <Suggestions
        held={held}
        taken={fields.kind}
        take={take}
        missing={answered ? [] : missingOf(mustSay, fields, read.proposals)}
      />
      <Answers form={form} call={call} heard={heard} names={names} />
      <section className="card order-desk" aria-label={words.title}>
        <h2>
          {words.title} <small className="quiet">{words.states[form.state]}</small>
        </h2>
        <News form={form} />
        {!call && <p className="quiet">{words.noCall}</p>}
        {made && (
          <p className="made" role="status">
            {{ made: words.made, closed: words.madeClosed, added: words.added }[made.how]}{' '}
            <a href={`/orders/${made.number}`} target="_blank" rel="noreferrer">
              {made.number.replace(/(\d{6})(?=\d)/g, '$1 ')}
            </a>
          </p>
        )}
        {refused.map(why => (
          <p key={why} className="trouble" role="alert">
            {why}
          </p>
        ))}
        <Proposals form={form} read={proposed} number={call?.number ?? ''} note={assisted.note} />
        <form
          ref={place}
          className="order-cells"
          onSubmit={send}
          onKeyDown={event => {
            if (event.key === 'Enter' && event.ctrlKey) place.current?.requestSubmit()
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
          {!answered && <Attachments files={files} set={setFiles} />}
          {!answered && <Nearby fields={fields} own={earlier} />}
          {!answered && (
            <SameMatter
              orders={sameMatter(earlier, fields.kind, foreseen.data?.category)}
              matter={matter}
              call={call}
              onAdded={added => {
                setMade({ number: added, how: 'added' })
                void form.discard().then(onMade)
              }}
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
      </section>
    </>
  )
}

function Ticks({
  form,
  isElder,
  hasOpen,
}: {
  readonly form: DraftForm
  readonly isElder: boolean
  readonly hasOpen: boolean
}) {
  const { fields } = form.shown
  const tick = (name: 'undecided' | 'elder' | 'confidential' | 'anyway', label: string) => (
    <Yes label={label} isSet={fields[name] === 'yes'} set={is => form.set(name, is ? 'yes' : '')} />
  )
  return (
    <div className="cell wide ticks">
      {fields.type === 'consultation' && (
        <Yes label={words.atOnce} isSet={isAnswered(fields)} set={is => form.set('answer', is ? ' ' : '')} />
      )}
      {!isAnswered(fields) && tick('undecided', words.undecided)}
      {!isElder && tick('elder', words.elder)}
      {tick('confidential', words.confidential)}
      {hasOpen && tick('anyway', words.anyway)}
    </div>
  )
}

/** Pressed once it asks; pressed again what was written is gone. */
function Discard({ form }: { readonly form: DraftForm }) {
  const [isAsked, setAsked] = useState(false)
  useEffect(() => {
    if (!isAsked) return
    const timer = setTimeout(() => setAsked(false), 5_000)
    return () => clearTimeout(timer)
  }, [isAsked])
  if (form.shown.id === undefined) return null
  const press = () => {
    if (isAsked) void form.discard()
    setAsked(!isAsked)
  }
  return (
    <Button className="button" onPress={press}>
      {isAsked ? words.reallyDiscard : words.discard}
    </Button>
  )
}
