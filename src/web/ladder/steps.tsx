import type { StepShown } from '../../callers/ladder/api.ts'
import type { Member } from '../../http/contract.ts'
import { type Decidable, Decisions } from '../house/decisions.tsx'
import { useNames } from '../house/names.ts'
import { grouped } from '../orders/words.ts'
import { useLadderActs } from './use-ladder.ts'
import { stateWords, stepWords, timeOf, words } from './words.ts'

/** Every step with a caller: on what it rests, who took it, and what this person can do with it. */
export const Steps = ({
  steps,
  member,
}: {
  readonly steps: readonly StepShown[]
  readonly member: Member
}) => (
  <ol className="steps">
    {steps.map(one => (
      <li key={one.id}>
        <Step one={one} />
        <Acts one={one} member={member} />
      </li>
    ))}
  </ol>
)

function Step({ one }: { readonly one: StepShown }) {
  const called = useNames()
  const { secondBy, appealedBy, closedBy, untilMs, days } = one
  const who = [
    words.by(called(one.by), timeOf(one.atMs)),
    secondBy && words.second(called(secondBy)),
    appealedBy && words.appealedBy(called(appealedBy)),
    closedBy && words.closedBy(called(closedBy)),
  ]
  return (
    <>
      <p>
        <strong>{stepWords[one.step]}</strong> · {stateWords[one.state]}
        {untilMs === undefined ? days && ` · ${words.days(days)}` : ` · ${words.until(timeOf(untilMs))}`}
      </p>
      <p>{[one.words, ...one.laterWords].join(' → ')}</p>
      <p className="quiet">
        {who.filter(Boolean).join(' · ')} · {words.facts}：
        {one.facts.map(fact =>
          fact.startsWith('call_') ? (
            <span key={fact}>{fact} </span>
          ) : (
            <a key={fact} href={`/orders/${fact}`}>
              {grouped(fact)}{' '}
            </a>
          ),
        )}
      </p>
    </>
  )
}

function Acts({ one, member }: { readonly one: StepShown; readonly member: Member }) {
  const { decide, appeal, trouble, isBusy } = useLadderActs()
  if (one.state === 'proposed' && one.by === member.name) return <p className="quiet">{words.mine}</p>
  return (
    <Decisions
      decisions={actsOf(one, member.name, { decide, appeal })}
      label={one.state === 'holds' ? words.appealWords : words.why}
      most={1000}
      isBusy={isBusy}
      trouble={trouble}
    />
  )
}

function actsOf(
  { id, state, by, secondBy, appealedBy, untilMs = 0 }: StepShown,
  name: string,
  { decide, appeal }: Pick<ReturnType<typeof useLadderActs>, 'decide' | 'appeal'>,
): readonly Decidable[] {
  const either = (yes: string, no: string): readonly Decidable[] => [
    { said: yes, do: text => decide(id, { agreed: true, words: text }) },
    { said: no, do: text => decide(id, { agreed: false, words: text }) },
  ]
  if (state === 'proposed') return either(words.agree, words.refuse)
  if (state === 'holds' && Date.now() < untilMs) return [{ said: words.appeal, do: text => appeal(id, text) }]
  // Whoever restricted them does not look at it again, nor who wrote the appeal down.
  return state === 'appealed' && ![by, secondBy, appealedBy].includes(name)
    ? either(words.lift, words.stay)
    : []
}
