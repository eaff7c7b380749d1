import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { Button, Group, Input, Label, TextField } from 'react-aria-components'
import type { CallbackView, OutgoingView, SeatCommand } from '../../http/contract.ts'
import {
  cautionWords,
  lightWords,
  limitWords,
  rangWords,
  results,
  resultWords,
  troubleWords,
  whyWords,
  words,
} from './callback-words.ts'
import { Message } from './message.tsx'
import { type CallbackList, useCallbacks } from './use-callbacks.ts'
import { numberWords } from './words.ts'

/** Whoever rang and was not served, beside the calls that come in: heard, rung, and what came of it. */
export function Callbacks({
  seat,
  isFree,
  outgoing,
  refused,
  order,
}: {
  readonly seat: string
  /** It has no call, and its phone is there. */
  readonly isFree: boolean
  /** Whom it rings. */
  readonly outgoing: OutgoingView | undefined
  /** Why the last call was not made, or reached nobody. */
  readonly refused: string | undefined
  readonly order: (order: SeatCommand) => void
}) {
  const list = useCallbacks(seat)
  const { own, due, later, hasMore } = list
  const trouble = refused ?? list.trouble
  const call = isFree ? (id: string) => order({ kind: 'call-back', callback: id }) : undefined
  return (
    <section className="card callbacks" aria-label={words.panel}>
      <h2>
        {words.panel}{' '}
        {own.length + due.length > 0 && <span className="count">{own.length + due.length}</span>}
      </h2>
      {trouble !== undefined && (
        <p className="trouble" role="alert">
          {troubleWords(trouble)}
        </p>
      )}
      {own.map(one => (
        <Own
          key={one.id}
          callback={one}
          isAhead={outgoing?.callback === one.id && outgoing.rings === 'seat'}
          list={list}
          call={call}
        />
      ))}
      {own.length + due.length === 0 && <p className="quiet">{words.none}</p>}
      <ul className="due">
        {due.map(one => (
          <li key={one.id}>
            <Facts callback={one} />
            {canRing(one) ? (
              <CallNow callback={one} call={call} />
            ) : (
              <Button className="button" onPress={() => list.take(one.id)}>
                {words.take}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {later > 0 && <p className="quiet">{words.later(later)}</p>}
      {hasMore && <p className="quiet">{words.more}</p>}
    </section>
  )
}

function Facts({ callback }: { readonly callback: CallbackView }) {
  const { number, invitedAtMs, light, dueAtMs, toldAtMs, tries, triesLeft, elder, losses, id, quietUntilMs } =
    callback
  const caution = cautionWords(callback)
  return (
    <>
      <p className="who">
        <strong>{number === '' ? words.withheld : numberWords(number)}</strong>{' '}
        <span className={`light ${light}`}>{lightWords[light]}</span>
        {dueAtMs !== undefined && <span className="quiet"> {limitWords(callback, dueAtMs)}</span>}
      </p>
      <p>
        {whyWords(callback)} · {words.rang} {rangWords(invitedAtMs)}
        {elder && ` · ${words.elder}`}
        {toldAtMs !== undefined && ` · ${words.told(rangWords(toldAtMs))}`}
        {tries.length > 0 && ` · ${words.tries(tries.length, triesLeft)}`}
      </p>
      {caution !== undefined && <p className="caution">{caution}</p>}
      {quietUntilMs !== undefined && canRing(callback) && (
        <p className="caution">{words.quiet(rangWords(quietUntilMs))}</p>
      )}
      {losses.map(
        loss =>
          loss.hasMessage && (
            <Message
              key={loss.call}
              callback={id}
              call={loss.call}
              hasVoice={loss.hasVoice}
              words={loss.words}
            />
          ),
      )}
    </>
  )
}

/** Where nobody may ring, a person still deals with it. */
const canRing = ({ ringing, triesLeft }: CallbackView) => ringing.by !== 'nobody' && triesLeft > 0

function CallNow({
  callback,
  call,
}: {
  readonly callback: CallbackView
  readonly call: ((id: string) => void) | undefined
}) {
  return (
    <Button
      className="button main"
      isDisabled={!call || !canRing(callback)}
      onPress={() => call?.(callback.id)}
    >
      {words.call}
    </Button>
  )
}

/** One that this seat has. */
function Own({
  callback,
  isAhead,
  list,
  call,
}: {
  readonly callback: CallbackView
  /** The seat's own phone is still to answer: nothing can have come of it. */
  readonly isAhead: boolean
  readonly list: CallbackList
  readonly call: ((id: string) => void) | undefined
}) {
  return (
    <div className="own">
      <h3>{words.own}</h3>
      <Facts callback={callback} />
      {!isAhead && <Outcome callback={callback} list={list} call={call} />}
    </div>
  )
}

/** What came of it: a result by one key each, while the focus is here (WCAG 2.1.4). */
function Outcome({
  callback,
  list,
  call,
}: {
  readonly callback: CallbackView
  readonly list: CallbackList
  readonly call: ((id: string) => void) | undefined
}) {
  const { id, state } = callback
  const [number, setNumber] = useState('')
  const input = useRef<HTMLInputElement>(null)
  const first = useRef<HTMLButtonElement>(null)
  const end = (result: (typeof results)[number]) => {
    if (list.isBusy) return
    if (result !== 'order-made') return list.end(id, result)
    if (number.trim() === '') input.current?.focus()
    else list.end(id, result, number.trim())
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const result = results[Number(event.key) - 1]
    if (!result || event.target instanceof HTMLInputElement || event.repeat) return
    event.preventDefault()
    end(result)
  }
  // Once the call is over, the next key says what came of it.
  useEffect(() => {
    if (
      (state === 'ringing' || state === 'talking') &&
      call &&
      !(document.activeElement instanceof HTMLInputElement)
    )
      first.current?.focus()
  }, [state, call === undefined])
  return (
    <>
      <div className="row">
        <CallNow callback={callback} call={call} />
        {state === 'taken' && (
          <Button className="button" onPress={() => list.giveBack(id)}>
            {words.giveBack}
          </Button>
        )}
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys of the buttons inside, while the focus is on one */}
      <div onKeyDown={onKeyDown}>
        <Group className="row" aria-label={words.results}>
          {results.map((result, index) => (
            <Button
              key={result}
              ref={index === 0 ? first : undefined}
              className="button"
              aria-keyshortcuts={`${index + 1}`}
              onPress={() => end(result)}
            >
              {`${index + 1} ${resultWords[result]}`}
            </Button>
          ))}
        </Group>
      </div>
      <TextField className="order-number" value={number} onChange={setNumber}>
        <Label>{words.order}</Label>
        <Input
          ref={input}
          inputMode="numeric"
          onKeyDown={({ key }) => key === 'Enter' && end('order-made')}
        />
      </TextField>
      <p className="quiet">{words.keys}</p>
    </>
  )
}
