import '../design/board.css'
import '../orders/orders.css'
import './dispatch.css'
import { useEffect, useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import type { OrderRulesShown, OrderSummary } from '../../http/contract.ts'
import { showPage } from '../design/page.tsx'
import { Table } from '../design/table.tsx'
import { Trouble } from '../design/trouble.tsx'
import { LightBadge } from '../orders/order.tsx'
import { UndoMerge } from '../orders/undo-merge.tsx'
import { useOrderList, useOrderNews, useRules } from '../orders/use-orders.ts'
import { leftWords } from '../orders/words.ts'
import { SignedIn } from '../sign-in/sign-in.tsx'
import { DispatchCatalogue } from './catalogue.tsx'
import { OrderDecision } from './decision.tsx'
import { ToLook } from './to-look.tsx'
import { type DecidedUnit, useDispatching } from './use-dispatch.ts'
import { words } from './words.ts'

const mostShown = 50
const waiting = { filter: 'undispatched', unit: '', person: '', isLatestFirst: false } as const

/** What waits to be dispatched, the most pressing first, and the one that is being decided. */
function DispatchPage() {
  const rules = useRules()
  useOrderNews()
  const { page, trouble } = useOrderList(waiting, mostShown, undefined)
  if (!rules || (!page && trouble === '')) return <p role="status">{words.loading}</p>
  return (
    <>
      <Trouble text={trouble} />
      {page && <Queue orders={page.orders} hasMore={page.next !== undefined} rules={rules} />}
    </>
  )
}

/** What was done, what was refused, and which order was merged last, so that it can be undone. */
type Told = {
  readonly done?: string | undefined
  readonly refused?: string | undefined
  readonly merged?: string | undefined
}

function Queue({
  orders,
  hasMore,
  rules,
}: {
  readonly orders: readonly OrderSummary[]
  readonly hasMore: boolean
  readonly rules: OrderRulesShown
}) {
  const { dispatch, told: whose, isBusy } = useDispatching(rules)
  const [told, tell] = useState<Told>({})
  /** Stays while others come in above it; whoever takes it is told of, and nothing is decided for the next by mistake. */
  const [chosen, choose] = useState<string>()
  const [goesOn, setGoesOn] = useState(false)
  const own = useRef(new Set<string>())
  const order = orders.find(({ number }) => number === chosen) ?? orders[0]
  useEffect(() => {
    if (chosen !== undefined && chosen !== order?.number && !own.current.has(chosen)) {
      setGoesOn(false)
      void whose(chosen).then(refused => tell({ refused }))
    }
    choose(order?.number)
  }, [order?.number])
  const decide = async (number: string, decision: DecidedUnit) => {
    own.current.add(number)
    setGoesOn(true)
    tell(await dispatch(number, decision))
  }
  return (
    <div className="board dispatch at-work">
      <p className="wide told" role="status">
        {told.done}
      </p>
      {told.merged !== undefined && <UndoMerge key={told.merged} merged={told.merged} onDone={tell} />}
      <Trouble text={told.refused} />
      <section className="card" aria-labelledby="queue">
        <h2 id="queue">{words.queue}</h2>
        <Table
          caption={words.queue}
          head={words.head}
          narrow="cards"
          none={words.none}
          rows={orders.map(one => ({
            key: one.number,
            cells: [
              <>
                <LightBadge light={one.light} />{' '}
                {one.dueAtMs !== undefined && leftWords(one.dueAtMs - Date.now())}
              </>,
              <Button
                key="matter"
                className="button matter-of"
                aria-pressed={one.number === order?.number}
                onPress={() => {
                  setGoesOn(false)
                  choose(one.number)
                }}
              >
                {one.matter}
              </Button>,
              [one.district, one.street].filter(Boolean).join(' '),
            ],
          }))}
        />
        {hasMore && <p className="quiet">{words.more}</p>}
      </section>
      {order && (
        <OrderDecision
          key={order.number}
          order={order}
          isBusy={isBusy}
          takesFocus={goesOn}
          decide={decision => void decide(order.number, decision)}
          onDone={decided => {
            own.current.add(order.number)
            setGoesOn(true)
            tell(decided)
          }}
        />
      )}
      <ToLook rules={rules} tell={tell} />
      <DispatchCatalogue />
    </div>
  )
}

showPage({ 'zh-CN': '派单', en: 'Dispatch' }, <SignedIn>{() => <DispatchPage />}</SignedIn>)
