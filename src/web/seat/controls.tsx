import { useEffect, useRef, useState } from 'react'
import { Button, ToggleButton } from 'react-aria-components'
import type { OutgoingView, SeatCommand, TalkView, ToSeatPage } from '../../http/contract.ts'
import { SteadyButton } from '../design/steady-button.tsx'
import { Trouble } from '../design/trouble.tsx'
import { useRingsEverywhere } from '../house/ringing.ts'
import { useKeys } from '../house/use-keys.ts'
import { words as callbackWords } from './callback-words.ts'
import { RecordingKey } from './recording.tsx'
import { Shift } from './shift.tsx'
import { isWithThird, ThirdParty } from './third.tsx'
import type { Phone } from './use-phone.ts'
import { numberWords, phaseWords, reasonWords, refusedWords, stateWords, words } from './words.ts'

type Desk = Extract<ToSeatPage, { kind: 'desk' }>
type Props = {
  readonly desk: Desk
  readonly talk: TalkView | undefined
  /** Whom this seat rings. */
  readonly outgoing: OutgoingView | undefined
  readonly refusal: Extract<ToSeatPage, { kind: 'refused' }> | undefined
  readonly phone: Phone
  /** What is known of the call, for whoever is asked in. */
  readonly brief: string
  readonly order: (order: SeatCommand) => void
}

/** All that a seat can do, in one place, whatever the state: by mouse, by Tab and Enter, or by a key of its own. */
export function Controls({
  desk: { seat, waiting, others, numbers, units },
  talk,
  outgoing,
  refusal,
  phone,
  brief,
  order,
}: Props) {
  const [isChoosing, setChoosing] = useState(false)
  const answer = useRef<HTMLButtonElement>(null)
  const [wants, setWants] = useState<'ready' | 'done'>()
  /** The call that was taken before this phone rang with it: phone and desk tell of a call by sockets of their own, in any order. */
  const [taken, setTaken] = useState<string>()
  /** A telephone on the desk rings by itself; without one this page is the phone. */
  const isTelephone = seat.contact !== undefined && !seat.contact.startsWith('browser:')
  /** The seat's phone is on another page, or nowhere: here it would not ring. */
  const needsPhone = !isTelephone && !phone.isOpen
  const isAtWork = !['signed-out', 'away', 'offline', 'set-aside'].includes(seat.state)
  const isParted = talk?.phase === 'held'
  /** One of the other two hears music. */
  const isApart = talk?.phase === 'consulting' || talk?.phase === 'swapped'
  const isShared = talk !== undefined && (isWithThird(talk) || talk.parties.isGuest === true)
  const mayMove = talk?.phase === 'talking' || talk?.phase === 'held'
  const refused = refusal && refusal.order !== 'call-back' ? refusedWords(refusal.code) : undefined
  const isCalling = seat.state === 'calling'
  /** What this seat is asked to take: a caller, or a callback that the hotline leads. */
  const callback = seat.state === 'offered' && outgoing?.isOffered ? outgoing : undefined
  const asked = talk?.phase === 'ringing' ? talk.id : callback?.callback

  const goReady = async () => {
    // Whoever only ends a wrap-up goes where they asked to go meanwhile.
    const wish = seat.state === 'wrap-up' && !needsPhone && !phone.isDeaf ? 'done' : 'ready'
    if (isTelephone || (await phone.getReady())) setWants(wish)
  }
  // The house must have heard of the phone before a call can be offered to it.
  useEffect(() => {
    if (!wants || seat.contact === undefined) return
    setWants(undefined)
    order({ kind: wants })
  }, [wants, seat.contact, order])
  // Whoever rings somebody has said that they want to talk: their own phone answers by itself.
  useEffect(() => {
    if (isCalling && phone.isRinging) phone.answer()
  }, [isCalling, phone.isRinging])
  const take = () => (phone.isRinging ? phone.answer() : setTaken(asked))
  const ringing = talk?.phase === 'ringing' ? talk.number : callback?.number
  const who = ringing === '' ? words.withheld : ringing === undefined ? undefined : numberWords(ringing)
  useRingsEverywhere(who, take)
  useEffect(() => {
    if (taken === undefined || taken !== asked || !phone.isRinging) return
    setTaken(undefined)
    phone.answer()
  }, [taken, asked, phone.isRinging])
  // Nobody is put through to a seat that cannot speak.
  useEffect(() => {
    if (!isTelephone && phone.isOpen && phone.isDeaf) order({ kind: 'unplugged' })
  }, [isTelephone, phone.isOpen, phone.isDeaf])
  useEffect(() => {
    if (talk?.phase !== 'talking' && talk?.phase !== 'held') setChoosing(false)
  }, [talk?.phase])

  /** This page was loaded anew within a call, which waits for it. */
  const isAwaited = needsPhone && talk !== undefined && talk.phase !== 'ringing'

  // The next key answers, unless somebody is typing.
  const isOffered = phone.isRinging && asked !== undefined
  useEffect(() => {
    if ((isOffered || isAwaited) && !(document.activeElement instanceof HTMLInputElement))
      answer.current?.focus()
  }, [isOffered, isAwaited])

  useKeys({
    F2: () =>
      isAwaited
        ? void phone.open()
        : isAtWork && seat.state !== 'wrap-up' && !needsPhone
          ? order({ kind: 'away', reason: 'busy' })
          : void goReady(),
    F4: () => (phone.isUp && !phone.isRinging ? phone.end() : take()),
    F8: () => talk && order({ kind: isApart ? 'swap' : isParted ? 'resume' : 'hold' }),
    F9: () => mayMove && setChoosing(!isChoosing),
  })

  return (
    <section className="controls" aria-label={words.state}>
      <p className="state" role="status">
        <strong>{talk ? phaseWords(talk.phase) : stateWords(seat)}</strong>
        <span className="quiet"> {words.waiting(waiting)}</span>
      </p>
      {talk?.phase === 'ringing' && (
        <p className="rings" role="alert">
          {talk.number === '' ? words.withheld : numberWords(talk.number)} · {reasonWords(talk.reason)}
        </p>
      )}
      {callback && (
        <p className="rings" role="alert">
          {callbackWords.offered(numberWords(callback.number))}
        </p>
      )}
      <Trouble text={refused} />
      {asked !== undefined ? (
        isTelephone ? (
          <p>{words.usePhone}</p>
        ) : (
          <div className="row">
            <Button className="button main big" onPress={take} aria-keyshortcuts="F4" ref={answer}>
              {words.answer}
            </Button>
            <Button className="button" onPress={phone.refuse}>
              {words.refuse}
            </Button>
          </div>
        )
      ) : isAwaited ? (
        <>
          <p>{words.waits}</p>
          <div className="row">
            <Button
              className="button main big"
              onPress={() => void phone.open()}
              aria-keyshortcuts="F2"
              ref={answer}
            >
              {words.goOn}
            </Button>
          </div>
        </>
      ) : talk ? (
        <>
          <div className="row">
            {!isTelephone && (
              <SteadyButton meaning="end" className="button big end" onPress={phone.end} shortcut="F4">
                {words.end}
              </SteadyButton>
            )}
            {!isShared && (
              <Button
                className="button"
                onPress={() => order({ kind: isParted ? 'resume' : 'hold' })}
                isDisabled={talk.phase === 'moving'}
                aria-keyshortcuts="F8"
              >
                {isParted ? words.resume : words.hold}
              </Button>
            )}
            {isShared ? null : talk.phase === 'moving' ? (
              <Button className="button" onPress={() => order({ kind: 'cancel' })}>
                {words.cancel}
              </Button>
            ) : (
              <ToggleButton
                className="button"
                isSelected={isChoosing}
                onChange={setChoosing}
                aria-keyshortcuts="F9"
              >
                {words.transfer}
              </ToggleButton>
            )}
            {!isTelephone && (
              <ToggleButton
                className={({ isSelected }) => (isSelected ? 'button main' : 'button')}
                isSelected={phone.isMuted}
                onChange={phone.mute}
              >
                {words.mute}
              </ToggleButton>
            )}
          </div>
          {talk.recording && <RecordingKey recording={talk.recording} order={order} />}
          {isChoosing && <Choice others={others} numbers={numbers} order={order} />}
          <ThirdParty desk={{ others, numbers, units }} talk={talk} brief={brief} order={order} />
        </>
      ) : isCalling ? (
        <>
          {outgoing && (
            <p className="rings" role="status">
              {outgoing.rings === 'seat'
                ? callbackWords.ownPhone
                : callbackWords.rings(numberWords(outgoing.number))}
            </p>
          )}
          {!isTelephone && (
            <div className="row">
              <SteadyButton meaning="end" className="button big end" onPress={phone.end} shortcut="F4">
                {words.end}
              </SteadyButton>
            </div>
          )}
        </>
      ) : (
        <Shift seat={seat} isReady={seat.state === 'ready' && !needsPhone} goReady={goReady} order={order} />
      )}
      {phone.isOpen && (
        <meter aria-label={words.level} min={0} max={0.3} value={Math.min(0.3, phone.level)} />
      )}
    </section>
  )
}

/** Whom a caller can be handed over to: seats that are ready, and the numbers that the house has listed. */
function Choice({ others, numbers, order }: Pick<Desk, 'others' | 'numbers'> & Pick<Props, 'order'>) {
  const ready = others.filter(({ state }) => state === 'ready')
  return (
    <div className="choice">
      <h2>{words.toSeat}</h2>
      {ready.length === 0 ? (
        <p className="quiet">{words.noSeat}</p>
      ) : (
        <div className="row">
          {ready.map(({ name, display }) => (
            <Button key={name} className="button" onPress={() => order({ kind: 'to-seat', seat: name })}>
              {display}
            </Button>
          ))}
        </div>
      )}
      <h2>{words.outside}</h2>
      <div className="row">
        {numbers.map(({ number, name }) => (
          <Button key={number} className="button" onPress={() => order({ kind: 'outside', number })}>
            {`${name} ${number}`}
          </Button>
        ))}
      </div>
    </div>
  )
}
