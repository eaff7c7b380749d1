import { useState } from 'react'
import { Button } from 'react-aria-components'
import type { EmergencyShown, SeatCommand, TalkView, ToSeatPage } from '../../http/contract.ts'
import { useKeys } from '../house/use-keys.ts'
import { showLine } from './captions.tsx'
import { emergencyWords, orderWords as words } from './order-words.ts'
import { ownLine } from './reading.ts'
import { refusedWords } from './words.ts'

type Desk = Extract<ToSeatPage, { kind: 'desk' }>

type Props = {
  readonly found: readonly EmergencyShown[]
  /** The call in which it was said, while it is up. */
  readonly talk: TalkView | undefined
  /** Whom a caller can be handed over to. */
  readonly numbers: Desk['numbers']
  readonly order: (order: SeatCommand) => void
  readonly refusal: Extract<ToSeatPage, { kind: 'refused' }> | undefined
}

/** What was heard that cannot wait, until the agent says that it is none; said again it is shown again. */
export function Emergency(props: Props) {
  const [dropped, setDropped] = useState<ReadonlySet<string>>(new Set())
  const open = props.found.filter(one => !dropped.has(saidOf(one)))
  if (open.length === 0) return null
  const drop = (one: EmergencyShown) =>
    setDropped(new Set([...dropped, ...open.filter(other => kindOf(other) === kindOf(one)).map(saidOf)]))
  return <Raised {...props} found={firstOfEach(open)} drop={drop} />
}

function Raised({
  found,
  talk,
  numbers,
  order,
  refusal,
  drop,
}: Props & { readonly drop: (one: EmergencyShown) => void }) {
  const isUp = talk?.phase === 'talking' || talk?.phase === 'held'
  const listed = (service: string) => numbers.find(({ number }) => number === service)
  const isFree = talk?.phase === 'talking'
  const isRefused = refusal?.order === 'ask-in' || refusal?.order === 'outside'
  const ask = (service: string) => isFree && listed(service) && order({ kind: 'ask-in', number: service })
  const ring = (service: string) => isUp && listed(service) && order({ kind: 'outside', number: service })
  useKeys({ F10: () => found[0] && ask(found[0].service) })
  return (
    <section className="emergency" role="alert" aria-label={words.emergency}>
      {found.map((one, at) => (
        <div key={kindOf(one)}>
          <strong>{`${words.emergency}：${emergencyWords(one.what)}`}</strong>
          {one.line === ownLine ? (
            <q>{one.words}</q>
          ) : (
            <Button
              className="quote"
              aria-label={words.toWords(one.words)}
              onPress={() => showLine(one.line)}
            >
              “{one.words}”
            </Button>
          )}
          {!listed(one.service) ? (
            <span>{words.notListed(one.service)}</span>
          ) : isUp ? (
            <>
              <Button
                className="button main"
                aria-keyshortcuts={at === 0 ? 'F10' : undefined}
                onPress={() => ask(one.service)}
                isDisabled={!isFree}
              >
                {at === 0 && <kbd>F10</kbd>} {words.askIn(one.service, listed(one.service)?.name ?? '')}
              </Button>
              <Button className="button" onPress={() => ring(one.service)}>
                {words.handOver(one.service, listed(one.service)?.name ?? '')}
              </Button>
            </>
          ) : (
            <span>
              {talk === undefined
                ? words.callIsOver(one.service)
                : talk.phase === 'moving'
                  ? words.handingOver
                  : words.askedIn}
            </span>
          )}
          <Button className="button" onPress={() => drop(one)}>
            {words.noEmergency}
          </Button>
        </div>
      ))}
      {/* The agent may be at another part of the page and must know that nobody is being rung. */}
      {isRefused && <p className="trouble">{refusedWords(refusal.code)}</p>}
    </section>
  )
}

const kindOf = ({ service, what }: EmergencyShown) => `${service}|${what}`
const saidOf = (one: EmergencyShown) => `${kindOf(one)}|${one.line}`

/** Of one kind the words that were said first: a caller says it again and again. */
const firstOfEach = (found: readonly EmergencyShown[]) => [
  ...new Map(found.toReversed().map(one => [kindOf(one), one])).values(),
]
