import { useState } from 'react'
import type { OrderDetail, OrderRulesShown } from '../../http/contract.ts'
import type { InstructionLine } from '../../orders/supervising/listing/api.ts'
import { Trouble } from '../design/trouble.tsx'
import { OrderForm } from '../orders/form.tsx'
import { aboutName, unitName } from '../orders/names.ts'
import { LightBadge } from '../orders/order.tsx'
import { SiteChecks, Supervised } from '../orders/supervised.tsx'
import { answerInstruction, endInstruction, instruct } from '../orders/supervising-acts.tsx'
import { useOrder } from '../orders/use-orders.ts'
import {
  grouped,
  instructionCauseWords,
  instructionOutcomeWords,
  leftWords,
  supervisionLevelWords,
  timeOf,
} from '../orders/words.ts'
import { words } from './words.ts'

/** One instruction: how it stands in a line; opened, what was asked and answered, and what can be done about it. */
export function One({ one, rules }: { readonly one: InstructionLine; readonly rules: OrderRulesShown }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <li>
      <details onToggle={event => setOpen(event.currentTarget.open)}>
        <summary>
          <span className="line">
            <strong>
              {supervisionLevelWords[one.level]} · {aboutName(rules, one)}
            </strong>
            <span>
              {one.light && <LightBadge light={one.light} />}{' '}
              {one.outcome === undefined
                ? leftWords(one.dueAtMs - Date.now())
                : `${instructionOutcomeWords[one.outcome]} ${timeOf(one.doneAtMs ?? one.dueAtMs)}`}
            </span>
          </span>
          <span className="quiet">
            {unitName(rules, one.unit)} · {instructionCauseWords[one.because]} · {timeOf(one.issuedAtMs)} ·{' '}
            {one.street}
          </span>
        </summary>
        {isOpen && <Opened number={one.number} rules={rules} />}
      </details>
      <a href={`/orders/${one.number}`}>{grouped(one.number)}</a>
    </li>
  )
}

function Opened({ number, rules }: { readonly number: string; readonly rules: OrderRulesShown }) {
  const { detail, trouble, act } = useOrder(number)
  if (!detail) return trouble === '' ? <p role="status">{words.loading}</p> : <Trouble text={trouble} />
  return (
    <>
      <p>{detail.order.matter}</p>
      <Supervised detail={detail} rules={rules} />
      <SiteChecks detail={detail} />
      {actsOn(detail).map(({ name, fields, of }) => (
        <details key={name} open={name === answering.name}>
          <summary>{name}</summary>
          <OrderForm fields={fields} submit={name} onGiven={given => act(of(given))} />
        </details>
      ))}
    </>
  )
}

const answering = answerInstruction([])

/** An answer stands open; what takes a decision is opened by who decides. */
const actsOn = ({ may, mayInstruct, evidence }: OrderDetail) => [
  ...(may.includes('answer-instruction') ? [answerInstruction(evidence)] : []),
  ...(may.includes('instruct') ? [instruct(mayInstruct)] : []),
  ...(may.includes('end-instruction') ? [endInstruction] : []),
]
