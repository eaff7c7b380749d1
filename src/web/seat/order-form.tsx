import { useEffect, useMemo, useState } from 'react'
import type { CaptionLine, DraftField, OrderSummary, OwnCall } from '../../http/contract.ts'
import { Answers } from './answers/answers.tsx'
import { missingOf } from './asking.ts'
import { withDrafted } from './drafted.ts'
import { useKind } from './kind-field.tsx'
import { OrderCells } from './order-cells.tsx'
import { News } from './order-fields.tsx'
import { type FormCall, isAnswered } from './order-request.ts'
import { orderWords as words } from './order-words.ts'
import { Proposals } from './proposals.tsx'
import { ownLine, type ReadSoFar } from './reading.ts'
import { heardBefore, personOf, type Sent, sentOf } from './sent.ts'
import { Another, SentOrders, useOrders } from './sent-orders.tsx'
import { Suggestions } from './suggestions.tsx'
import type { KnownOfCall } from './third-words.ts'
import { useAssistedReading } from './use-assisted-reading.ts'
import { useDraft } from './use-draft.ts'
import { useReading } from './use-reading.ts'
import { useSending } from './use-sending.ts'
import { useSuggestions } from './use-suggestions.ts'

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
  record,
  isRinging,
  lines,
  isUp,
  isElder,
  earlier,
  onTold,
  onChanged,
}: {
  readonly call: FormCall | undefined
  /** The same call among those that this agent had today. */
  readonly record: OwnCall | undefined
  /** Whether somebody rings whom nobody has answered yet. */
  readonly isRinging: boolean
  /** What the caller has said and typed so far. */
  readonly lines: readonly CaptionLine[]
  /** Whether they are on the line still. */
  readonly isUp: boolean
  readonly isElder: boolean
  /** Orders of this caller. */
  readonly earlier: readonly OrderSummary[]
  /** Told what was read in it, and which number they gave. */
  readonly onTold: (told: FormTold) => void
  /** A draft of this call was begun, or became something: what is known of it and of its caller is asked for anew. */
  readonly onChanged: () => void
}) {
  const form = useDraft(call?.id)
  const { fields } = form.shown
  const [taken, setTaken] = useState<{ readonly code: string; readonly name: string }>()
  const [last, setLast] = useState<Sent>()
  const [isAnother, setAnother] = useState(false)
  const sent = sentOf(record, last)
  const [latest = ''] = sent
  const isBlank = form.shown.id === undefined && Object.values(fields).every(text => text === '')
  /** What this call was about is sent; another form is there when somebody asks for it. */
  const isOver = call !== undefined && sent.length > 0 && isBlank && !isAnother
  const spent = useMemo(() => heardBefore(lines, record), [lines, record])
  const fresh = useMemo(() => lines.filter(({ id }) => !spent.has(id)), [lines, spent])
  const heard = useMemo(() => fresh.map(({ text }) => text).join('\n'), [fresh])
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
  const assisted = useAssistedReading(call?.id, { lines: fresh, isUp, names })
  const proposed = useMemo(
    () => withDrafted(read, assisted.proposals, lines),
    [read, assisted.proposals, lines],
  )
  const number = fields.number ?? ''
  const known = useMemo(
    () => ({
      order: latest,
      place: [fields.street, fields.place].filter(one => (one ?? '').trim() !== '').join(' '),
      matter,
    }),
    [latest, fields.street, fields.place, matter],
  )
  useEffect(() => onTold({ read, number, known }), [read, number, known, onTold])
  const held = useSuggestions(`${call?.id} ${sent.length}`, {
    heard,
    isSettled: fresh.at(-1)?.settled === true,
    typed: matter,
    district: fields.district ?? '',
  })
  const take = (code: string, name: string) => {
    setTaken({ code, name })
    form.set('kind', code)
  }
  const told = useOrders(sent).find(({ order }) => order.number === latest)
  const beginAnother = () => {
    setAnother(true)
    if (!told) return
    for (const [name, text] of Object.entries(personOf(told, call)))
      if (text !== undefined) form.set(name as DraftField, text)
  }
  const becomes = (what: Sent) => {
    setLast(what)
    setAnother(false)
    setTaken(undefined)
  }
  const sending = useSending({
    form,
    call,
    suggested: held && {
      text: `${matter}\n${heard}`.trim().slice(0, 4000),
      objects: held.found.map(({ object }) => object),
    },
    onSent: becomes,
  })
  const draft = form.shown.id
  useEffect(onChanged, [draft, last, onChanged])
  const kind = useKind(fields.kind ?? '')
  const mustSay = kind?.form ?? held?.found[0]?.form ?? []
  const said = read.proposals.filter(({ line }) => !spent.has(line))
  return (
    <>
      {!isOver && (
        <Suggestions
          held={held}
          taken={fields.kind}
          take={take}
          missing={isAnswered(fields) ? [] : missingOf(mustSay, fields, said)}
        />
      )}
      <Answers form={form} call={call} heard={heard} names={names} />
      <section className="card order-desk" aria-label={words.title}>
        <h2>
          {words.title} {!isOver && <small className="quiet">{words.states[form.state]}</small>}
        </h2>
        <News form={form} />
        {!call && <p className="quiet">{isRinging ? words.ringing : words.noCall}</p>}
        {sent.length > 0 && <SentOrders numbers={sent} last={last} />}
        {isOver ? (
          <Another isJustSent={last !== undefined} onAsked={beginAnother} />
        ) : (
          <>
            <Proposals
              form={form}
              read={proposed}
              spent={spent}
              number={call?.number ?? ''}
              note={assisted.note}
            />
            <OrderCells
              form={form}
              call={call}
              earlier={earlier}
              isElder={isElder}
              isAskedFor={isAnother}
              taken={taken}
              take={take}
              sending={sending}
              onAdded={number => {
                becomes({ number, how: 'added' })
                form.over()
              }}
              onTold={number => {
                becomes({ number, how: 'told' })
                form.over()
              }}
            />
          </>
        )}
      </section>
    </>
  )
}
