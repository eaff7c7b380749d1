import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { Button } from 'react-aria-components'
import type { OrderRulesShown, OrderSummary } from '../../http/contract.ts'
import { steadyMs } from '../design/steady-button.tsx'
import { Table } from '../design/table.tsx'
import { ask, reasonOf } from '../house/house.ts'
import { unitName } from '../orders/names.ts'
import { useOrderList } from '../orders/use-orders.ts'
import { grouped, refusalOf } from '../orders/words.ts'
import { words } from './words.ts'

const listed = { filter: 'toLook', unit: '', person: '', isLatestFirst: false } as const
const mostShown = 50

/** What went by itself and somebody is to look at: the sampled, and where a citizen wants a person. Nothing where there is none. */
export function ToLook({
  rules,
  tell,
}: {
  readonly rules: OrderRulesShown
  readonly tell: (told: { readonly done?: string; readonly refused?: string }) => void
}) {
  const client = useQueryClient()
  const { page } = useOrderList(listed, mostShown, undefined)
  const acting = useMutation({
    mutationFn: ({ number, ...act }: { readonly number: string; readonly do: 'look' | 'take-back' }) =>
      ask('POST /api/orders/{number}/acts', { path: { number }, body: act }),
    onSuccess: (_, { number, do: done }) =>
      tell({ done: (done === 'look' ? words.isRight : words.isBack)(grouped(number)) }),
    onError: error => tell({ refused: refusalOf(reasonOf(error)) }),
    onSettled(_, __, { number }) {
      asked.current.delete(number)
      return client.invalidateQueries({ queryKey: ['orders'] })
    },
  })
  /** One order is said once; another may be said while the first is under way. */
  const asked = useRef(new Set<string>())
  const { place, at, isFresh } = useNextRow(page?.orders ?? [])
  if (!page || page.orders.length === 0) return null
  const say = ({ number }: OrderSummary, done: 'look' | 'take-back') => {
    if (asked.current.has(number)) return
    asked.current.add(number)
    at.current = page.orders.findIndex(order => order.number === number)
    acting.mutate({ number, do: done })
  }
  const onKeyDown = (order: OrderSummary) => (event: KeyboardEvent) => {
    const { key, repeat, ctrlKey, metaKey, altKey } = event
    if (repeat || ctrlKey || metaKey || altKey || (key !== '1' && key !== '2')) return
    event.preventDefault()
    if (!isFresh()) say(order, key === '1' ? 'look' : 'take-back')
  }
  return (
    <section className="card wide" aria-labelledby="to-look" ref={place}>
      <h2 id="to-look">{words.toLook}</h2>
      <p className="quiet">{words.toLookKeys}</p>
      <Table
        caption={words.toLook}
        head={words.toLookHead}
        narrow="cards"
        rows={page.orders.map(order => ({
          key: order.number,
          cells: [
            <a key="matter" href={`/orders/${order.number}`}>
              {order.matter}
            </a>,
            [order.kindName, order.personAsked && words.wanted].filter(Boolean).join(' · '),
            unitName(rules, order.unit),
            <fieldset
              key="acts"
              className="acts"
              aria-label={grouped(order.number)}
              onKeyDown={onKeyDown(order)}
            >
              <Button className="button" aria-keyshortcuts="1" onPress={() => say(order, 'look')}>
                <kbd>1</kbd> {words.right}
              </Button>
              {order.stage === 'waiting' && (
                <Button className="button" aria-keyshortcuts="2" onPress={() => say(order, 'take-back')}>
                  <kbd>2</kbd> {words.takeBack}
                </Button>
              )}
            </fieldset>,
          ],
        }))}
      />
    </section>
  )
}

/**
 * The row that was decided goes, and the focus with it: then the next has it. A key meant for the order before is none on
 * this one.
 */
function useNextRow(orders: readonly OrderSummary[]) {
  const place = useRef<HTMLElement>(null)
  const at = useRef(-1)
  const movedMs = useRef(0)
  useEffect(() => {
    const rows = place.current?.querySelectorAll('fieldset') ?? []
    if (at.current < 0 || rows.length === 0 || document.activeElement !== document.body) return
    rows[Math.min(at.current, rows.length - 1)]?.querySelector('button')?.focus()
    at.current = -1
    movedMs.current = performance.now()
  }, [orders])
  return {
    place,
    at,
    isFresh: () => movedMs.current > 0 && performance.now() - movedMs.current < steadyMs,
  }
}
