import { Button } from 'react-aria-components'
import type { AuditReport } from '../../http/contract.ts'
import { Trouble } from '../design/trouble.tsx'
import { type NameOf, useAudit } from './use-rates.ts'
import { breakWords, grouped, roomWords, signWords, timeOf, words } from './words.ts'

/** Whether what is counted is what was answered, and what a person should look at. */
export function Audit({ nameOf }: { readonly nameOf: NameOf }) {
  const { audit, isBusy, trouble, walk } = useAudit()
  return (
    <section className="card" aria-label={words.audit}>
      <h2>{words.audit}</h2>
      <Button className="button" isDisabled={isBusy} onPress={walk}>
        {isBusy ? words.auditing : words.doAudit}
      </Button>
      <Trouble text={trouble} />
      <div role="status">
        {audit && (
          <p>
            {audit.breaks.length === 0
              ? words.intact(sum(audit.rooms.map(({ events }) => events)), sum(audit.rooms.map(rowsOf)))
              : words.broken(audit.breaks.length)}
          </p>
        )}
        {audit && <p>{audit.coached.length === 0 ? words.nothingCoached : words.coached}</p>}
      </div>
      {audit && (
        <>
          <ul>
            {audit.breaks.map(({ room, seq, stream, table, column, what }) => (
              <li key={`${room} ${seq} ${stream} ${table} ${column} ${what}`}>
                {[roomWords[room] ?? room, seq, stream, table, column, breakWords[what]]
                  .filter(Boolean)
                  .join(' · ')}
              </li>
            ))}
            {audit.rooms.map(room => (
              <li key={room.room}>
                {words.room(roomWords[room.room] ?? room.room, room.events, room.erased, rowsOf(room))}
                {room.adopted && ` ${words.adopted(room.adopted.events, timeOf(room.adopted.atMs))}`}
              </li>
            ))}
            <li>{words.seals(audit.seals.checked, audit.seals.stamped)}</li>
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
              {audit.rooms.map(({ head: { room, seq, hash } }) => (
                <li key={room}>
                  {room} {seq} {hash}
                </li>
              ))}
            </ul>
          </details>
        </>
      )}
    </section>
  )
}

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0)
const rowsOf = (room: AuditReport['rooms'][number]) => sum(Object.values(room.rows))
