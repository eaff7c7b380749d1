import { useState } from 'react'
import { Button, Radio, RadioGroup } from 'react-aria-components'
import { mostCounted, type OrderPage, type OrderRulesShown } from '../../http/contract.ts'
import { nobody } from '../../orders/listing/api.ts'
import { Pages, usePages } from '../design/pages.tsx'
import { Trouble } from '../design/trouble.tsx'
import { UnitField } from '../house/unit-field.tsx'
import { language } from '../language.ts'
import { Many } from './many.tsx'
import { aboutName, unitName } from './names.ts'
import { LightBadge } from './order.tsx'
import { type Choosing, OrderLink, OrderTable, type ShownOrders } from './order-table.tsx'
import { useOwnPeople } from './people.ts'
import {
  type Filter,
  hasLatestFirst,
  type Listed,
  type LookedFor,
  queryOf,
  useFoundOrders,
  useOrderCounts,
  useOrderList,
} from './use-orders.ts'
import { grouped, leftWords, stageWords, words } from './words.ts'

const filters: readonly Filter[] = [
  'running',
  'undispatched',
  'waiting',
  'returned',
  'silent',
  'helping',
  'copied',
  'repeated',
  'merged',
  'yellow',
  'red',
  'closed',
  'all',
]
/** What waits at the centre is no unit's. */
const filtersFor = (isOfUnit: boolean) =>
  filters.filter(one => !isOfUnit || (one !== 'undispatched' && one !== 'repeated'))
const sizes = [20, 50, 100, 500] as const
const isCounted = (filter: Filter): filter is Exclude<Filter, 'closed' | 'merged' | 'all'> =>
  filter !== 'closed' && filter !== 'merged' && filter !== 'all'

/** `/orders?show=red` opens at a list, so that others can lead there. */
const filterNow = (): Filter => {
  const show = new URLSearchParams(location.search).get('show')
  return filters.find(filter => filter === show) ?? 'running'
}

/** The orders that this member may see, the most pressing first, a page at a time, without an end. */
export function OrderList({
  rules,
  isOfUnit,
  open,
}: {
  readonly rules: OrderRulesShown
  readonly isOfUnit: boolean
  readonly open: (number: string) => void
}) {
  const [listed, setListed] = useState<Listed>(() => ({
    filter: filterNow(),
    unit: '',
    isLatestFirst: false,
    person: '',
  }))
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const people = useOwnPeople()
  const pages = useSizedPages()
  const counts = useOrderCounts()
  const { page, trouble } = useOrderList(listed, pages.size, pages.begin)
  const show = (next: Listed) => {
    setListed(next)
    pages.toFirst()
    setChosen(new Set())
    history.replaceState(null, '', next.filter === 'running' ? '/orders' : `/orders?show=${next.filter}`)
  }
  const { filter } = listed
  const choosing: Choosing = {
    chosen,
    choose: (numbers, is) =>
      setChosen(now => new Set([...[...now].filter(one => !numbers.includes(one)), ...(is ? numbers : [])])),
  }
  /** What is another unit's, or over, nobody signs or hands on. */
  const mayChoose = isOfUnit && filter !== 'helping' && filter !== 'closed' && filter !== 'all'
  return (
    <section aria-label={words.list}>
      <RadioGroup
        className="filters"
        aria-label={words.filter}
        orientation="horizontal"
        value={filter}
        onChange={value => show({ ...listed, filter: value as Filter })}
      >
        {filtersFor(isOfUnit).map(one => (
          <Radio key={one} className="filter" value={one}>
            {words[one]}
            {isCounted(one) && counts && listed.unit === '' && listed.person === '' && (
              <span className="count">{counted(counts[one])}</span>
            )}
          </Radio>
        ))}
      </RadioGroup>
      <div className="list-acts">
        {!isOfUnit && (
          <UnitField
            label={words.unit}
            unit={listed.unit}
            hint={words.everyUnit}
            onChosen={unit => show({ ...listed, unit })}
          />
        )}
        {mayChoose && (
          <label>
            {words.person}{' '}
            <select value={listed.person} onChange={event => show({ ...listed, person: event.target.value })}>
              <option value="">{words.everybody}</option>
              <option value={nobody}>{words.nobody}</option>
              {people.map(([name, called]) => (
                <option key={name} value={name}>
                  {called}
                </option>
              ))}
            </select>
          </label>
        )}
        {hasLatestFirst(filter) && listed.person === '' && (
          <label>
            {words.sort}{' '}
            <select
              value={String(listed.isLatestFirst)}
              onChange={event => show({ ...listed, isLatestFirst: event.target.value === 'true' })}
            >
              <option value="false">{words.dueFirst}</option>
              <option value="true">{words.latestFirst}</option>
            </select>
          </label>
        )}
        <span>
          {words.takeAlong}{' '}
          {(['csv', 'xlsx'] as const).map(format => (
            <a key={format} href={fileOf(format, listed)} download>
              {format.toUpperCase()}
            </a>
          ))}
        </span>
        <Button className="button" onPress={() => print()}>
          {words.print}
        </Button>
      </div>
      {mayChoose && <Many chosen={chosen} whenDone={refused => setChosen(new Set(refused))} />}
      <ListPage
        page={page}
        trouble={trouble}
        rules={rules}
        open={open}
        choosing={mayChoose ? choosing : undefined}
      />
      <SizedPages pages={pages} next={page?.next} />
    </section>
  )
}

/** Where there are more than anybody counts. */
const counted = (count: number) => (count < mostCounted ? `${count}` : `${mostCounted}+`)

function fileOf(format: 'csv' | 'xlsx', listed: Listed): string {
  const query = new URLSearchParams({ lang: language })
  for (const [name, value] of Object.entries(queryOf(listed)))
    if (value !== undefined) query.set(name, String(value))
  return `/api/orders/file/${format}?${query}`
}

/** What was looked for, whatever became of it. */
export function FoundOrders({
  looked,
  rules,
  open,
  close,
}: Omit<ShownOrders, 'orders'> & { readonly looked: LookedFor; readonly close: () => void }) {
  const pages = useSizedPages()
  const { page, trouble } = useFoundOrders(looked, pages.size, pages.begin)
  return (
    <section aria-labelledby="found">
      <h2 id="found">{words.found(looked.caller ?? looked.words ?? '')}</h2>
      <ListPage page={page} trouble={trouble} rules={rules} open={open} />
      <SizedPages pages={pages} next={page?.next} />
      <Button className="button" onPress={close}>
        {words.back}
      </Button>
    </section>
  )
}

function ListPage({
  page,
  trouble,
  rules,
  open,
  choosing,
}: Omit<ShownOrders, 'orders'> & {
  readonly page: OrderPage | undefined
  readonly trouble: string
  readonly choosing?: Choosing | undefined
}) {
  if (trouble === '' && !page) return <p role="status">{words.loading}</p>
  return (
    <>
      <Trouble text={trouble} />
      {page && <OrderTable orders={page.orders} rules={rules} open={open} choosing={choosing} />}
    </>
  )
}

/** Which page is shown, and of how many rows. */
function useSizedPages() {
  const pages = usePages()
  const [size, setSize] = useState<number>(sizes[0])
  return {
    ...pages,
    size,
    setSize(rows: number) {
      setSize(rows)
      pages.toFirst()
    },
  }
}

const SizedPages = ({
  pages,
  next,
}: {
  readonly pages: ReturnType<typeof useSizedPages>
  readonly next: string | undefined
}) => (
  <Pages pages={pages} next={next}>
    <label>
      {words.size}{' '}
      <select value={pages.size} onChange={event => pages.setSize(Number(event.target.value))}>
        {sizes.map(one => (
          <option key={one}>{one}</option>
        ))}
      </select>
    </label>
  </Pages>
)

/** A few orders, a link each. */
export function OrderLines({ orders, rules, open }: ShownOrders) {
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
            <strong>{aboutName(rules, order)}</strong>
            <span className="snippet">{order.matter}</span>
            <span className="quiet">
              {grouped(order.number)} · {[order.district, order.street].filter(Boolean).join(' ')} ·{' '}
              {unitName(rules, order.unit)}
            </span>
          </OrderLink>
        </li>
      ))}
    </ul>
  )
}
