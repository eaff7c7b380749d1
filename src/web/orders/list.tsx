import { useState } from 'react'
import { Button, Radio, RadioGroup } from 'react-aria-components'
import type { OrderRulesShown, OrderSummary } from '../../http/contract.ts'
import { categoryName, unitName } from './names.ts'
import { LightBadge } from './order.tsx'
import { type Filter, useOrderList } from './use-orders.ts'
import { grouped, leftWords, stageWords, words } from './words.ts'

const filters: readonly Filter[] = ['running', 'waiting', 'returned', 'helping', 'yellow', 'red', 'closed']
const pageSize = 20

/** The orders that this member may see, the most pressing first. */
export function OrderList({
  rules,
  open,
}: {
  readonly rules: OrderRulesShown
  readonly open: (number: string) => void
}) {
  const [filter, setFilter] = useState<Filter>('running')
  const [limit, setLimit] = useState(pageSize)
  const { page, trouble } = useOrderList(filter, limit)
  return (
    <section aria-label={words.list}>
      <RadioGroup
        className="filters"
        aria-label={words.filter}
        orientation="horizontal"
        value={filter}
        onChange={value => {
          setFilter(value as Filter)
          setLimit(pageSize)
        }}
      >
        {filters.map(one => (
          <Radio key={one} className="filter" value={one}>
            {words[one]}
          </Radio>
        ))}
      </RadioGroup>
      {trouble !== '' && (
        <p className="trouble" role="alert">
          {trouble}
        </p>
      )}
      {page ? (
        <OrderLines orders={page.orders} rules={rules} open={open} />
      ) : (
        <p role="status">{words.loading}</p>
      )}
      {page?.next !== undefined && limit < 100 && (
        <Button className="button" onPress={() => setLimit(Math.min(100, limit + pageSize))}>
          {words.more}
        </Button>
      )}
    </section>
  )
}

/** Orders, a link each. */
export function OrderLines({
  orders,
  rules,
  open,
}: {
  readonly orders: readonly OrderSummary[]
  readonly rules: OrderRulesShown
  readonly open: (number: string) => void
}) {
  if (orders.length === 0) return <p>{words.none}</p>
  return (
    <ul className="lines">
      {orders.map(order => (
        <li key={order.number}>
          <a
            href={`/orders/${order.number}`}
            onClick={event => {
              if (event.metaKey || event.ctrlKey || event.shiftKey) return
              event.preventDefault()
              open(order.number)
            }}
          >
            <span className="standing">
              <LightBadge light={order.light} /> {stageWords[order.stage]}
              {order.dueAtMs !== undefined && <> · {leftWords(order.dueAtMs - Date.now())}</>}
            </span>
            <strong>{categoryName(rules, order.category)}</strong>
            <span className="snippet">{order.matter}</span>
            <span className="quiet">
              {grouped(order.number)} · {order.street} · {unitName(rules, order.unit)}
            </span>
          </a>
        </li>
      ))}
    </ul>
  )
}
