import { type ReactNode, useState } from 'react'
import { Button, Radio, RadioGroup } from 'react-aria-components'
import type { OrderRulesShown, OrderSummary } from '../../http/contract.ts'
import { Table } from '../design/table.tsx'
import { categoryName, unitName } from './names.ts'
import { LightBadge } from './order.tsx'
import { type Filter, type LookedFor, useFoundOrders, useOrderCounts, useOrderList } from './use-orders.ts'
import { grouped, leftWords, stageWords, words } from './words.ts'

const filters: readonly Filter[] = ['running', 'waiting', 'returned', 'helping', 'yellow', 'red', 'closed']
const sizes = [20, 50, 100] as const

/** `/orders?show=red` opens at a list, so that others can lead there. */
const filterNow = (): Filter => {
  const show = new URLSearchParams(location.search).get('show')
  return filters.find(filter => filter === show) ?? 'running'
}

/** The orders that this member may see, the most pressing first, a page at a time, without an end. */
export function OrderList({
  rules,
  open,
}: {
  readonly rules: OrderRulesShown
  readonly open: (number: string) => void
}) {
  const [filter, setFilter] = useState(filterNow)
  const [size, setSize] = useState<number>(sizes[0])
  /** Where each page that was gone through began; the last is the one that is shown. */
  const [begins, setBegins] = useState<readonly (string | undefined)[]>([undefined])
  const counts = useOrderCounts()
  const { page, trouble } = useOrderList(filter, size, begins.at(-1))
  const next = page?.next
  const show = (one: Filter) => {
    setFilter(one)
    setBegins([undefined])
    history.replaceState(null, '', one === 'running' ? '/orders' : `/orders?show=${one}`)
  }
  return (
    <section aria-label={words.list}>
      <RadioGroup
        className="filters"
        aria-label={words.filter}
        orientation="horizontal"
        value={filter}
        onChange={value => show(value as Filter)}
      >
        {filters.map(one => (
          <Radio key={one} className="filter" value={one}>
            {words[one]}
            {one !== 'closed' && counts && <span className="count">{counts[one]}</span>}
          </Radio>
        ))}
      </RadioGroup>
      {trouble !== '' && (
        <p className="trouble" role="alert">
          {trouble}
        </p>
      )}
      {page ? (
        <OrderTable orders={page.orders} rules={rules} open={open} />
      ) : (
        <p role="status">{words.loading}</p>
      )}
      <div className="pages">
        <Button
          className="button"
          isDisabled={begins.length === 1}
          onPress={() => setBegins(begins.slice(0, -1))}
        >
          {words.before}
        </Button>
        <span role="status">{words.page(begins.length)}</span>
        <Button
          className="button"
          isDisabled={next === undefined}
          onPress={() => setBegins([...begins, next])}
        >
          {words.next}
        </Button>
        <label>
          {words.size}{' '}
          <select
            value={size}
            onChange={event => {
              setSize(Number(event.target.value))
              setBegins([undefined])
            }}
          >
            {sizes.map(one => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </label>
      </div>
    </section>
  )
}

/** What was looked for, whatever became of it. */
export function FoundOrders({
  looked,
  rules,
  open,
  close,
}: Omit<Shown, 'orders'> & { readonly looked: LookedFor; readonly close: () => void }) {
  const { orders, trouble } = useFoundOrders(looked)
  return (
    <section aria-labelledby="found">
      <h2 id="found">{words.found(looked.caller ?? looked.words ?? '')}</h2>
      {trouble !== '' && (
        <p className="trouble" role="alert">
          {trouble}
        </p>
      )}
      {orders && <OrderTable orders={orders} rules={rules} open={open} />}
      <Button className="button" onPress={close}>
        {words.back}
      </Button>
    </section>
  )
}

type Shown = {
  readonly orders: readonly OrderSummary[]
  readonly rules: OrderRulesShown
  readonly open: (number: string) => void
}

/** Orders, a row each, as many as a screen holds. */
const OrderTable = ({ orders, rules, open }: Shown) => (
  <Table
    caption={words.list}
    head={words.head}
    narrow="cards"
    none={words.none}
    rows={orders.map(order => ({
      key: order.number,
      cells: [
        <OrderLink key="number" number={order.number} open={open}>
          {grouped(order.number)}
        </OrderLink>,
        <>
          <LightBadge light={order.light} />{' '}
          {order.dueAtMs !== undefined && leftWords(order.dueAtMs - Date.now())}
        </>,
        stageWords[order.stage],
        categoryName(rules, order.category),
        <span key="matter" className="snippet">
          {order.matter}
        </span>,
        order.street,
        unitName(rules, order.unit),
      ],
    }))}
  />
)

function OrderLink({
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

/** A few orders, a link each. */
export function OrderLines({ orders, rules, open }: Shown) {
  if (orders.length === 0) return <p>{words.none}</p>
  return (
    <ul className="lines">
      {orders.map(order => (
        <li key={order.number}>
          <OrderLink number={order.number} open={open}>
            <span className="standing">
              <LightBadge light={order.light} /> {stageWords[order.stage]}
              {order.dueAtMs !== undefined && <> · {leftWords(order.dueAtMs - Date.now())}</>}
            </span>
            <strong>{categoryName(rules, order.category)}</strong>
            <span className="snippet">{order.matter}</span>
            <span className="quiet">
              {grouped(order.number)} · {order.street} · {unitName(rules, order.unit)}
            </span>
          </OrderLink>
        </li>
      ))}
    </ul>
  )
}
