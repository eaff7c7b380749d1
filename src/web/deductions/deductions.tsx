import './deductions.css'
import { type FormEvent, useState } from 'react'
import { Button, Input, Label, TextField } from 'react-aria-components'
import { type DeductionState, deductionReasons, deductionStates } from '../../supervision/deductions/api.ts'
import { showPage } from '../design/page.tsx'
import { Trouble } from '../design/trouble.tsx'
import { UnitField } from '../house/unit-field.tsx'
import { useUnits } from '../house/units.ts'
import { type Signed, SignedIn } from '../sign-in/sign-in.tsx'
import { One } from './one.tsx'
import { useDeductionActs, useDeductions } from './use-deductions.ts'
import { reasonWords, stateWords, words } from './words.ts'

function DeductionsPage({ member }: Signed) {
  const [state, setState] = useState<DeductionState | ''>('')
  const { deductions, trouble } = useDeductions(state === '' ? undefined : state)
  const { nameOf } = useUnits()
  return (
    <div className="deductions">
      <section className="card" aria-label={words.deductions}>
        <p className="quiet">{words.method}</p>
        <label>
          {words.which}
          <select value={state} onChange={event => setState(event.target.value as DeductionState | '')}>
            <option value="">{words.all}</option>
            {deductionStates.map(one => (
              <option key={one} value={one}>
                {stateWords[one]}
              </option>
            ))}
          </select>
        </label>
        <Trouble text={trouble} />
        {!deductions && trouble === '' && <p role="status">{words.asking}</p>}
        {deductions?.length === 0 && <p>{words.none}</p>}
        <ul>
          {deductions?.map(one => (
            <One key={one.id} one={one} member={member} unitName={nameOf(one.unit)} />
          ))}
        </ul>
      </section>
      {member.role !== 'unit' && (
        <details className="card">
          <summary>{words.propose}</summary>
          <Proposing />
        </details>
      )}
    </div>
  )
}

function Proposing() {
  const { propose, trouble, isBusy } = useDeductionActs()
  const [order, setOrder] = useState('')
  const [unit, setUnit] = useState('')
  const [reason, setReason] = useState<(typeof deductionReasons)[number]>('rude')
  const [text, setText] = useState('')
  const [isProposed, setProposed] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const isDone = await propose({ order, unit, reason, words: text.trim() })
    setProposed(isDone)
    if (isDone) setText('')
  }
  return (
    <form onSubmit={event => void submit(event)}>
      <TextField value={order} onChange={setOrder} isRequired inputMode="numeric" maxLength={40}>
        <Label>{words.order}</Label>
        <Input />
      </TextField>
      <UnitField label={words.unit} unit={unit} onChosen={setUnit} isNeeded />
      <label>
        {words.reason}
        <select value={reason} onChange={event => setReason(event.target.value as typeof reason)}>
          {deductionReasons.map(one => (
            <option key={one} value={one}>
              {reasonWords[one]}
            </option>
          ))}
        </select>
      </label>
      <TextField value={text} onChange={setText} isRequired maxLength={500}>
        <Label>{words.why}</Label>
        <Input />
      </TextField>
      <Button className="button main" type="submit" isDisabled={isBusy}>
        {words.propose}
      </Button>
      <Trouble text={trouble} />
      {isProposed && trouble === '' && <p role="status">{words.proposed}</p>}
    </form>
  )
}

showPage(
  { 'zh-CN': '扣分与申诉', en: 'Deductions' },
  <SignedIn>{signed => <DeductionsPage {...signed} />}</SignedIn>,
)
