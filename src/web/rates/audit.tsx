import { Button } from 'react-aria-components'
import { type NameOf, useAudit } from './use-rates.ts'
import { breakWords, grouped, signWords, words } from './words.ts'

/** Whether what is counted is what was answered, and what a person should look at. */
export function Audit({ nameOf }: { readonly nameOf: NameOf }) {
  const { audit, isBusy, trouble, walk } = useAudit()
  return (
    <section className="card" aria-label={words.audit}>
      <h2>{words.audit}</h2>
      <Button className="button" isDisabled={isBusy} onPress={walk}>
        {isBusy ? words.auditing : words.doAudit}
      </Button>
      {trouble !== '' && (
        <p className="trouble" role="alert">
          {trouble}
        </p>
      )}
      <div role="status">
        {audit && (
          <p>
            {audit.breaks.length === 0
              ? words.intact(audit.surveys, audit.events)
              : words.broken(audit.breaks.length)}
          </p>
        )}
        {audit && <p>{audit.coached.length === 0 ? words.nothingCoached : words.coached}</p>}
      </div>
      {audit && (
        <>
          <ul>
            {audit.breaks.map(({ lane, seq, survey, what }) => (
              <li key={`${lane} ${seq} ${survey} ${what}`}>
                {[lane === undefined ? '' : `${lane}/${seq}`, survey ?? '', breakWords[what]]
                  .filter(Boolean)
                  .join(' · ')}
              </li>
            ))}
            {audit.coached.map(({ unit, sign, orders, answers }) => (
              <li key={`${unit} ${sign} ${orders[0]}`}>
                {nameOf(unit)} · {signWords[sign]} · {words.count(answers)}{' '}
                {orders.map(order => (
                  <a key={order} href={`/orders/${order}`}>
                    {grouped(order)}{' '}
                  </a>
                ))}
              </li>
            ))}
          </ul>
          <details>
            <summary>{words.heads}</summary>
            <ul className="heads">
              {audit.heads.map(({ lane, seq, hash }) => (
                <li key={lane}>
                  {lane} {seq} {hash}
                </li>
              ))}
            </ul>
          </details>
        </>
      )}
    </section>
  )
}
