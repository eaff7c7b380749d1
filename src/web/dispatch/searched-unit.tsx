import { type FormEvent, useState } from 'react'
import { Button, Input, Label, TextField } from 'react-aria-components'
import { centre, type OrderSummary } from '../../http/contract.ts'
import { UnitField } from '../house/unit-field.tsx'
import { useForeseen } from '../seat/foreseen.tsx'
import { KindField } from '../seat/kind-field.tsx'
import type { DecidedUnit } from './use-dispatch.ts'
import { words } from './words.ts'

/** What none of the suggestions is: a kind, and the unit that the catalogue names for it, or another. */
export function SearchedUnit({
  order,
  isBusy,
  decide,
}: {
  readonly order: OrderSummary
  readonly isBusy: boolean
  readonly decide: (decision: DecidedUnit) => void
}) {
  const [kind, setKind] = useState(order.kind ?? '')
  const [chosen, choose] = useState<string>()
  const [note, setNote] = useState('')
  const { data } = useForeseen({ kind, district: order.district, street: order.street }, undefined)
  const named = data === undefined || data.unit === centre ? '' : data.unit
  const unit = chosen ?? named
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (isBusy || unit === '') return
    const words = note.trim()
    decide({ unit, kind: kind === '' ? undefined : kind, words: words === '' ? undefined : words })
  }
  return (
    <form className="order-form" aria-label={words.search} onSubmit={send}>
      <h3>{words.search}</h3>
      <KindField code={kind} name={undefined} onTaken={setKind} isNeeded={order.category === ''} />
      <UnitField label={words.unit} unit={unit} onChosen={choose} isNeeded />
      <TextField className="field" value={note} onChange={setNote}>
        <Label>{words.note}</Label>
        <Input maxLength={400} />
      </TextField>
      <Button className="button main" type="submit" isDisabled={isBusy}>
        {words.send}
      </Button>
    </form>
  )
}
