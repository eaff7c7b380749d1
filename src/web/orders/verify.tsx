import { useState } from 'react'
import { Button } from 'react-aria-components'
import type { OrderDetail } from '../../http/contract.ts'
import { OrderForm } from './form.tsx'
import { askHouse } from './use-orders.ts'
import { timeOf, words } from './words.ts'

/** A number that never rang us is rung once its owner has read back what it was sent. */
export function Verify({
  number,
  onVerified,
}: {
  readonly number: string
  readonly onVerified: () => Promise<void>
}) {
  const [untilMs, setUntilMs] = useState<number>()
  const [refused, setRefused] = useState('')
  const path = `/orders/${encodeURIComponent(number)}/contact-check`
  const send = async () => {
    const answer = await askHouse<{ untilMs: number }>(path, {})
    setRefused('value' in answer ? '' : answer.refused)
    if ('value' in answer) setUntilMs(answer.value.untilMs)
  }
  const check = async (code: string) => {
    const answer = await askHouse<OrderDetail>(`${path}/answer`, { code })
    if (!('value' in answer)) return answer.refused
    await onVerified()
    return undefined
  }
  return (
    <section className="card" aria-label={words.verify}>
      <h3>{words.verify}</h3>
      <p>{words.why}</p>
      {refused !== '' && (
        <p className="trouble" role="alert">
          {refused}
        </p>
      )}
      <Button className="button" onPress={() => void send()}>
        {words.sendCode}
      </Button>
      <p role="status">{untilMs === undefined ? '' : words.codeSent(timeOf(untilMs))}</p>
      {untilMs !== undefined && (
        <OrderForm
          fields={[{ name: 'code', label: words.code, kind: 'line', needed: true }]}
          submit={words.checkCode}
          onGiven={({ code = '' }) => check(code)}
        />
      )}
    </section>
  )
}
