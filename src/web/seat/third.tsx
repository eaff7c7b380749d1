import { useMemo, useState } from 'react'
import { Button, Checkbox, ToggleButton } from 'react-aria-components'
import type { SeatCommand, TalkView, ToSeatPage } from '../../http/contract.ts'
import { UnitField } from '../house/unit-field.tsx'
import { useKeys } from '../house/use-keys.ts'
import { placeOf, thirdWords } from './third-words.ts'
import { words } from './words.ts'

type Desk = Extract<ToSeatPage, { kind: 'desk' }>
type Props = {
  readonly desk: Pick<Desk, 'others' | 'numbers' | 'units'>
  readonly talk: TalkView
  /** What is known, to be read out or spoken. */
  readonly brief: string
  readonly order: (order: SeatCommand) => void
}

const withThird: readonly TalkView['phase'][] = ['calling', 'briefing', 'consulting', 'swapped', 'joined']
/** A third is rung, or there. */
export const isWithThird = ({ phase }: TalkView) => withThird.includes(phase)

/** More than two on a call: who is asked in, who is there, and what can be done with each. */
export function ThirdParty({ desk, talk, brief, order }: Props) {
  const [isChoosing, setChoosing] = useState(false)
  const { phase, parties } = talk
  const isParted = phase === 'consulting' || phase === 'swapped'
  const mayAsk = phase === 'talking'
  const help = () => order({ kind: 'help', isWanted: parties.helpSinceMs === undefined })
  useKeys({
    'Shift+F9': () => (isParted ? order({ kind: 'join' }) : mayAsk && setChoosing(!isChoosing)),
    'Shift+F2': help,
  })
  if (parties.isGuest) return <p role="status">{thirdWords.guest}</p>
  return (
    <>
      {parties.awaySinceMs !== undefined && (
        <p className="trouble" role="alert">
          {thirdWords.lost}
        </p>
      )}
      {parties.supervisor && (
        <p className="rings" role="status">
          {thirdWords.supervisor(parties.supervisor.by, parties.supervisor.how)}
        </p>
      )}
      {isWithThird(talk) && <Parties talk={talk} brief={brief} order={order} />}
      <div className="row">
        {mayAsk && (
          <ToggleButton
            className="button"
            isSelected={isChoosing}
            onChange={setChoosing}
            aria-keyshortcuts="Shift+F9"
          >
            {thirdWords.ask}
          </ToggleButton>
        )}
        <ToggleButton
          className={({ isSelected }) => (isSelected ? 'button main' : 'button')}
          isSelected={parties.helpSinceMs !== undefined}
          onChange={help}
          aria-keyshortcuts="Shift+F2"
        >
          {parties.helpSinceMs === undefined ? thirdWords.help : thirdWords.helpAsked}
        </ToggleButton>
      </div>
      {mayAsk && isChoosing && (
        <Whom
          desk={desk}
          brief={brief}
          ask={asked => {
            setChoosing(false)
            order(asked)
          }}
        />
      )}
    </>
  )
}

/** The caller and the third, each with what it does now. */
function Parties({ talk, brief, order }: Omit<Props, 'desk'>) {
  const { phase, parties } = talk
  const isThere = phase === 'consulting' || phase === 'swapped' || phase === 'joined'
  return (
    <section className="parties" aria-label={thirdWords.parties}>
      <ul>
        <li>
          {words.caller} <strong>{placeOf('caller', talk)}</strong>
        </li>
        <li>
          {parties.third?.name} <strong>{placeOf('third', talk)}</strong>
          {parties.third?.mayBeMachine && <em role="status"> {thirdWords.mayBeMachine}</em>}
          {parties.third?.isAway && <em role="status"> {thirdWords.thirdLost}</em>}
        </li>
      </ul>
      {brief !== '' && (
        <p className="brief">
          <span className="quiet">{thirdWords.readOut}</span> {brief}
        </p>
      )}
      <div className="row">
        {!isThere && (
          <Button className="button" onPress={() => order({ kind: 'drop' })}>
            {thirdWords.cancel}
          </Button>
        )}
        {isThere && (
          <>
            {phase === 'joined' ? (
              <>
                <Button className="button" onPress={() => order({ kind: 'hold' })} aria-keyshortcuts="F8">
                  {thirdWords.holdCaller}
                </Button>
                <Button className="button" onPress={() => order({ kind: 'hold-third' })}>
                  {thirdWords.holdThird}
                </Button>
              </>
            ) : (
              <>
                <Button
                  className="button main"
                  onPress={() => order({ kind: 'join' })}
                  aria-keyshortcuts="Shift+F9"
                >
                  {thirdWords.join}
                </Button>
                <Button className="button" onPress={() => order({ kind: 'swap' })} aria-keyshortcuts="F8">
                  {thirdWords.swap}
                </Button>
              </>
            )}
            {(['caller', 'third'] as const).map(party => (
              <ToggleButton
                key={party}
                className={({ isSelected }) => (isSelected ? 'button main' : 'button')}
                isSelected={parties.muted.includes(party)}
                onChange={isMuted => order({ kind: 'mute', party, isMuted })}
              >
                {party === 'caller' ? thirdWords.muteCaller : thirdWords.muteThird}
              </ToggleButton>
            ))}
            <Button className="button" onPress={() => order({ kind: 'drop' })}>
              {phase === 'joined' ? thirdWords.drop : thirdWords.back}
            </Button>
            <Button className="button" onPress={() => order({ kind: 'leave' })}>
              {thirdWords.leave}
            </Button>
          </>
        )}
      </div>
    </section>
  )
}

/** Whom one may ask in: seats that are ready, units by their telephone, and the numbers that the city lists. */
function Whom({
  desk: { others, numbers, units },
  brief,
  ask,
}: Pick<Props, 'desk' | 'brief'> & { readonly ask: (asked: SeatCommand) => void }) {
  const [isTold, setTold] = useState(false)
  const ready = others.filter(({ state }) => state === 'ready')
  const among = useMemo(() => units.map(({ id }) => id), [units])
  const spoken = isTold && brief !== '' ? { brief } : {}
  return (
    <div className="choice">
      <Checkbox className="yes" isSelected={isTold} onChange={setTold} isDisabled={brief === ''}>
        <span className="box" aria-hidden="true">
          {isTold ? '✓' : ''}
        </span>
        {thirdWords.tellFirst}
      </Checkbox>
      {!isTold && <p className="quiet">{thirdWords.talkFirst}</p>}
      {brief !== '' && <p className="brief">{brief}</p>}
      <h2>{thirdWords.numbers}</h2>
      <div className="row">
        {numbers.map(({ number, name }) => (
          <Button
            key={number}
            className="button"
            onPress={() => ask({ kind: 'ask-in', number, ...spoken })}
          >{`${name} ${number}`}</Button>
        ))}
      </div>
      {units.length > 0 && (
        <UnitField
          label={thirdWords.find}
          unit=""
          among={among}
          onChosen={unit => unit !== '' && ask({ kind: 'ask-in', unit, ...spoken })}
        />
      )}
      <h2>{thirdWords.seats}</h2>
      {ready.length === 0 ? (
        <p className="quiet">{thirdWords.noSeat}</p>
      ) : (
        <div className="row">
          {ready.map(({ name, display }) => (
            <Button
              key={name}
              className="button"
              onPress={() => ask({ kind: 'ask-in', seat: name, ...spoken })}
            >
              {display}
            </Button>
          ))}
        </div>
      )}
    </div>
  )
}
