import { type FormEvent, useState } from 'react'
import { Button, Input, Label, TextField } from 'react-aria-components'
import type { ExclusionShown, Member } from '../../http/contract.ts'
import { Trouble } from '../design/trouble.tsx'
import { useNames } from '../house/names.ts'
import { type NameOf, useExclusions } from './use-rates.ts'
import { grouped, reasonWords, timeOf, words } from './words.ts'

type Props = {
  readonly member: Member
  readonly reasons: readonly string[]
  readonly nameOf: NameOf
}

/** Orders that leave the rates: one asks, another decides, and both are named. */
export function Exclusions({ member, reasons, nameOf }: Props) {
  const { exclusions, trouble, exclude, decide } = useExclusions()
  const called = useNames()
  return (
    <section className="card" aria-label={words.exclusions}>
      <h2>{words.exclusions}</h2>
      <Trouble text={trouble} />
      {exclusions?.length === 0 && <p>{words.noExclusions}</p>}
      <ul className="exclusions">
        {exclusions?.map(one => (
          <li key={`${one.order} ${one.cycle} ${one.askedAtMs}`}>
            <strong>
              <a href={`/orders/${one.order}`}>{grouped(one.order)}</a>
              {one.cycle > 1 && ` · ${words.closing(one.cycle)}`}
            </strong>
            <span>
              {nameOf(one.unit)} · {reasonWords[one.because] ?? one.because}
            </span>
            <span className="quiet">{words.askedBy(called(one.askedBy), timeOf(one.askedAtMs))}</span>
            <Outcome one={one} member={member} decide={agreed => void decide({ ...of(one), agreed })} />
          </li>
        ))}
      </ul>
      <details>
        <summary>{words.ask}</summary>
        <Asking reasons={reasons} exclude={exclude} />
      </details>
    </section>
  )
}

const of = ({ order, cycle }: ExclusionShown) => ({ order, cycle })

function Outcome({
  one: { order, decided, askedBy },
  member,
  decide,
}: {
  readonly one: ExclusionShown
  readonly member: Member
  readonly decide: (agreed: boolean) => void
}) {
  const called = useNames()
  if (decided) return <span>{words.decidedBy(called(decided.by), decided.agreed, timeOf(decided.atMs))}</span>
  if (askedBy === member.name) return <span>{words.mine}</span>
  return (
    <span className="moves">
      {words.waits}
      {[true, false].map(agreed => (
        <Button
          key={String(agreed)}
          className="button"
          aria-label={`${agreed ? words.agree : words.refuse} ${grouped(order)}`}
          onPress={() => decide(agreed)}
        >
          {agreed ? words.agree : words.refuse}
        </Button>
      ))}
    </span>
  )
}

function Asking({
  reasons,
  exclude,
}: {
  readonly reasons: readonly string[]
  readonly exclude: ReturnType<typeof useExclusions>['exclude']
}) {
  const [order, setOrder] = useState('')
  const [cycle, setCycle] = useState('1')
  const [because, setBecause] = useState('')
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (await exclude({ order, cycle: Number(cycle), because: because || (reasons[0] ?? '') })) setOrder('')
  }
  return (
    <form className="asking" onSubmit={event => void submit(event)}>
      <TextField value={order} onChange={setOrder} isRequired inputMode="numeric" maxLength={40}>
        <Label>{words.order}</Label>
        <Input />
      </TextField>
      <TextField value={cycle} onChange={setCycle} isRequired inputMode="numeric" pattern="[1-9][0-9]?">
        <Label>{words.cycle}</Label>
        <Input />
      </TextField>
      <label>
        {words.reason}
        <select value={because || (reasons[0] ?? '')} onChange={event => setBecause(event.target.value)}>
          {reasons.map(reason => (
            <option key={reason} value={reason}>
              {reasonWords[reason] ?? reason}
            </option>
          ))}
        </select>
      </label>
      <p className="quiet">{words.two}</p>
      <Button className="button main" type="submit">
        {words.ask}
      </Button>
    </form>
  )
}
