import { Button } from 'react-aria-components'
import { Trouble } from '../design/trouble.tsx'
import { OrderForm } from './form.tsx'
import type { Verifying } from './use-orders.ts'
import { timeOf, words } from './words.ts'

/** A number that never rang us is rung once its owner has read back what it was sent. */
export function Verify({ verify: { untilMs, trouble, send, check } }: { readonly verify: Verifying }) {
  return (
    <section className="card" aria-label={words.verify}>
      <h3>{words.verify}</h3>
      <p>{words.why}</p>
      <Trouble text={trouble} />
      <Button className="button" onPress={send}>
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
