import type { Member } from '../../http/contract.ts'
import type { Deduction } from '../../supervision/deductions/api.ts'
import { type Decidable, Decisions } from '../house/decisions.tsx'
import { useNames } from '../house/names.ts'
import { useDeductionActs } from './use-deductions.ts'
import { factWords, grouped, noticeWords, reasonWords, stateWords, timeOf, words } from './words.ts'

/** One of them: what for, who decided what, and what this person can do with it. */
export function One({
  one,
  member,
  unitName,
}: {
  readonly one: Deduction
  readonly member: Member
  readonly unitName: string
}) {
  const called = useNames()
  const { firstBy, secondBy, appealedBy } = one
  const first = firstBy && called(firstBy)
  const second = secondBy && called(secondBy)
  return (
    <li>
      <p className="line">
        <strong>
          {unitName} · {reasonWords[one.reason]} · {words.points(one.points)}
        </strong>
        <span className="state" data-state={one.state}>
          {stateWords[one.state]}
        </span>
      </p>
      <p>
        <a href={`/orders/${one.order}`}>{grouped(one.order)}</a> · {factWords[one.reason]} ·{' '}
        {words.at(timeOf(one.factAtMs))} · {noticeWords[one.notice]}
      </p>
      {(first || second || appealedBy || one.words !== '') && (
        <p className="quiet">
          {[
            words.by(first, second),
            appealedBy && words.appealedBy(called(appealedBy)),
            one.words !== '' && words.said(one.words),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      )}
      <Acts one={one} member={member} />
    </li>
  )
}

function Acts({ one, member }: { readonly one: Deduction; readonly member: Member }) {
  const { decide, appeal, trouble, isBusy } = useDeductionActs()
  if (member.role !== 'unit' && one.state === 'seconded' && one.firstBy === member.name)
    return <p className="quiet">{words.mine}</p>
  return (
    <Decisions
      decisions={actsOf(one, member, { decide, appeal })}
      label={words.why}
      most={500}
      about={grouped(one.order)}
      isBusy={isBusy}
      trouble={trouble}
    />
  )
}

function actsOf(
  { id, state, firstBy, secondBy }: Deduction,
  { role, name }: Member,
  { decide, appeal }: Pick<ReturnType<typeof useDeductionActs>, 'decide' | 'appeal'>,
): readonly Decidable[] {
  if (role === 'unit')
    return state === 'confirmed' ? [{ said: words.appeal, do: text => appeal(id, text) }] : []
  const either = (yes: string, no: string): readonly Decidable[] => [
    { said: yes, do: text => decide(id, { agreed: true, words: text }) },
    { said: no, do: text => decide(id, { agreed: false, words: text }) },
  ]
  if (state === 'proposed' || state === 'seconded') return either(words.agree, words.refuse)
  // Whoever took the points does not look at them again.
  return state === 'appealed' && name !== firstBy && name !== secondBy ? either(words.lift, words.stay) : []
}
