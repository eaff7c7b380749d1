import type { KeyboardEvent, ReactNode } from 'react'
import type { OrderRulesShown, OrderSummary } from '../../http/contract.ts'
import { Table } from '../design/table.tsx'
import { useNames } from '../house/names.ts'
import { aboutName, unitName } from './names.ts'
import { LightBadge } from './order.tsx'
import { RuledBadge } from './ruled-badge.tsx'
import { grouped, leftWords, stageWords, words } from './words.ts'

export type ShownOrders = {
  readonly orders: readonly OrderSummary[]
  readonly rules: OrderRulesShown
  readonly open: (number: string) => void
}

/** Which rows are chosen, where something can be done with many. */
export type Choosing = {
  readonly chosen: ReadonlySet<string>
  choose(numbers: readonly string[], is: boolean): void
}

/** Up and down go from row to row, in the same column, as in a sheet; the rest is the browser's own. */
function ontoAnotherRow(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  const at = event.target instanceof HTMLElement ? event.target.closest('tr') : null
  if (step === undefined || !at || event.target instanceof HTMLSelectElement) return
  const rows = [...event.currentTarget.querySelectorAll('tbody tr')]
  const next = rows[rows.indexOf(at) + step]
  const kind = event.target instanceof HTMLInputElement ? 'input' : 'a'
  const aim = next?.querySelector<HTMLElement>(kind) ?? next?.querySelector<HTMLElement>('a')
  if (!aim) return
  event.preventDefault()
  aim.focus()
}

/** Orders, a row each, as many as a screen holds. */
export function OrderTable({
  orders,
  rules,
  open,
  choosing,
}: ShownOrders & { readonly choosing?: Choosing | undefined }) {
  const called = useNames()
  const numbers = orders.map(({ number }) => number)
  const isAll = choosing !== undefined && numbers.every(number => choosing.chosen.has(number))
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what is pressed are the links and boxes within
    <div onKeyDown={ontoAnotherRow}>
      {choosing && orders.length > 0 && (
        <p className="quiet">
          <label className="first">
            <input
              type="checkbox"
              checked={isAll}
              onChange={event => choosing.choose(numbers, event.target.checked)}
            />{' '}
            {words.selectPage}
          </label>{' '}
          · {words.keys}
        </p>
      )}
      <Table
        caption={words.list}
        head={words.head}
        narrow="cards"
        none={words.none}
        rows={orders.map(order => ({
          key: order.number,
          cells: [
            <span key="number" className="first">
              {choosing && (
                <input
                  type="checkbox"
                  aria-label={words.select(grouped(order.number))}
                  checked={choosing.chosen.has(order.number)}
                  onChange={event => choosing.choose([order.number], event.target.checked)}
                />
              )}{' '}
              <OrderLink number={order.number} open={open}>
                {grouped(order.number)}
              </OrderLink>
            </span>,
            <>
              <LightBadge light={order.light} />{' '}
              {order.dueAtMs !== undefined && leftWords(order.dueAtMs - Date.now())}
            </>,
            <>
              {stageWords[order.stage]} <RuledBadge order={order} />{' '}
              {order.callers !== undefined && words.callers(order.callers)}{' '}
              {order.like !== undefined && words.repeated}
            </>,
            aboutName(rules, order),
            <span key="matter" className="snippet">
              {order.matter}
            </span>,
            [order.district, order.street].filter(Boolean).join(' '),
            unitName(rules, order.unit),
            order.assignee === undefined ? '' : called(order.assignee),
          ],
        }))}
      />
    </div>
  )
}

export function OrderLink({
  number,
  open,
  children,
}: {
  readonly number: string
  readonly open: (number: string) => void
  readonly children: ReactNode
}) {
  return (
    <a
      href={`/orders/${number}`}
      onClick={event => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return
        event.preventDefault()
        open(number)
      }}
    >
      {children}
    </a>
  )
}
