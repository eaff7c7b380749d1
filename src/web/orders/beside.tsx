import './beside.css'
import { useQuery } from '@tanstack/react-query'
import type { KeyboardEvent, ReactNode } from 'react'
import { Button } from 'react-aria-components'
import type { LikeOrder, OrderSummary } from '../../http/contract.ts'
import { Trouble } from '../design/trouble.tsx'
import { ask } from '../house/house.ts'
import { besideWords as words } from './beside-words.ts'
import { type DecidedBeside, useDecided } from './use-decided.ts'
import { grouped, stageWords } from './words.ts'

function useBeside(number: string, onDone: (decided: DecidedBeside) => void) {
  const { data } = useQuery({
    queryKey: ['order', number, 'together'],
    queryFn: ({ signal }) => ask('GET /api/orders/{number}/together', { path: { number } }, signal),
    retry: false,
  })
  return { beside: data, ...useDecided(onDone) }
}

/** Orders that have to do with one: those that it may repeat, a key each, those that are handled with it, and those that its demand was split into. */
export function Beside({
  number,
  decides,
  onDone,
}: {
  readonly number: string
  /** Whether whoever looks merges and parts. */
  readonly decides: boolean
  readonly onDone: (decided: DecidedBeside) => void
}) {
  const { beside, trouble, act } = useBeside(number, onDone)
  if (!beside) return null
  const { lead, merged, split, like } = beside
  return (
    <>
      <Trouble text={trouble} />
      {like.length > 0 && (
        <section className="beside" aria-label={words.like}>
          <h3>{words.like}</h3>
          {decides && <p className="quiet">{words.keys}</p>}
          <ul>
            {like.map(one => (
              <Like key={one.order.number} number={number} like={one} decides={decides} act={act} />
            ))}
          </ul>
        </section>
      )}
      <Orders title={words.lead} orders={lead ? [lead] : []}>
        {() => null}
      </Orders>
      <Orders title={words.merged(merged.length)} orders={merged}>
        {one =>
          decides &&
          one.stage === 'merged' && (
            <Button
              className="button small"
              onPress={() => act(one.number, { do: 'part' }, words.isParted(grouped(one.number)))}
            >
              {words.part}
            </Button>
          )
        }
      </Orders>
      <Orders title={words.split} orders={split}>
        {() => null}
      </Orders>
    </>
  )
}

type LikeProps = {
  readonly number: string
  readonly like: LikeOrder
  readonly decides: boolean
  readonly act: ReturnType<typeof useBeside>['act']
}

function Like({ number, like, decides, act }: LikeProps) {
  const { order, leads } = like
  const [of, into] = leads ? [number, order.number] : [order.number, number]
  const merge = () => act(of, { do: 'merge', into }, words.isMerged(grouped(of), grouped(into)))
  const tellApart = () =>
    act(
      number,
      { do: 'tell-apart', from: order.number },
      words.isApart(grouped(number), grouped(order.number)),
    )
  const onKeyDown = (event: KeyboardEvent) => {
    const { key, repeat, ctrlKey, metaKey, altKey } = event
    if (repeat || ctrlKey || metaKey || altKey || (key !== '1' && key !== '2')) return
    event.preventDefault()
    if (key === '1') merge()
    else tellApart()
  }
  return (
    <li>
      <OrderLine order={order} />
      <p className="quiet">{whyOf(like).join(' · ')}</p>
      {decides && (
        <fieldset className="acts" aria-label={grouped(order.number)} onKeyDown={onKeyDown}>
          <Button className="button" aria-keyshortcuts="1" onPress={merge}>
            <kbd>1</kbd> {leads ? words.mergeIt : words.mergeThat}
          </Button>
          <Button className="button" aria-keyshortcuts="2" onPress={tellApart}>
            <kbd>2</kbd> {words.apart}
          </Button>
        </fieldset>
      )}
    </li>
  )
}

const whyOf = ({ isOwn, isOfKind, words: both, place }: LikeOrder): readonly string[] => [
  isOwn ? words.own : words.others,
  ...(isOfKind ? [words.ofKind] : []),
  ...(place.length > 0 ? [words.place(place)] : []),
  ...(both.length > 0 ? [words.words(both)] : []),
]

function Orders({
  title,
  orders,
  children,
}: {
  readonly title: string
  readonly orders: readonly OrderSummary[]
  readonly children: (order: OrderSummary) => ReactNode
}) {
  if (orders.length === 0) return null
  return (
    <section className="beside" aria-label={title}>
      <h3>{title}</h3>
      <ul>
        {orders.map(order => (
          <li key={order.number}>
            <OrderLine order={order} />
            {children(order)}
          </li>
        ))}
      </ul>
    </section>
  )
}

const OrderLine = ({ order }: { readonly order: OrderSummary }) => (
  <p>
    <a href={`/orders/${order.number}`}>{grouped(order.number)}</a> {stageWords[order.stage]} · {order.matter}{' '}
    · {order.place}
  </p>
)
