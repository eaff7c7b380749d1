import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { OrderAct, OrderDetail, OrderRulesShown } from '../../http/contract.ts'
import { ask, reasonOf } from '../house/house.ts'
import { useNames } from '../house/names.ts'
import { unitName } from '../orders/names.ts'
import { grouped, refusalOf } from '../orders/words.ts'
import { words } from './words.ts'

export type DecidedUnit = Omit<Extract<OrderAct, { do: 'dispatch' }>, 'do' | 'by'>

/** Whose an order may be. */
export function useUnits(number: string) {
  const { data, error } = useQuery({
    queryKey: ['order', number, 'units'],
    queryFn: ({ signal }) => ask('GET /api/orders/{number}/units', { path: { number } }, signal),
    retry: false,
  })
  return { units: data, trouble: error ? refusalOf(reasonOf(error)) : '' }
}

/** An order is dispatched; whoever comes second is told whose it is, and who said so. */
export function useDispatching(rules: OrderRulesShown) {
  const client = useQueryClient()
  const called = useNames()
  const acting = useMutation({
    mutationFn: ({ number, ...decision }: DecidedUnit & { readonly number: string }) =>
      ask('POST /api/orders/{number}/acts', { path: { number }, body: { do: 'dispatch', ...decision } }),
  })
  const told = async (number: string): Promise<string> => {
    const { order, events } = await ask('GET /api/orders/{number}', { path: { number } })
    const who = called(dispatcherIn(events))
    return words.others(grouped(number), who, unitName(rules, order.unit))
  }
  return {
    isBusy: acting.isPending,
    told,
    /** @returns what came of it, in words */
    async dispatch(
      number: string,
      decision: DecidedUnit,
    ): Promise<{ readonly done?: string; readonly refused?: string }> {
      try {
        const { order } = await acting.mutateAsync({ number, ...decision })
        return { done: words.sent(grouped(number), unitName(rules, order.unit)) }
      } catch (error) {
        const code = reasonOf(error)
        return { refused: code === 'dispatched-already' ? await told(number) : refusalOf(code) }
      } finally {
        await client.invalidateQueries({ queryKey: ['orders'] })
      }
    },
  }
}

const dispatcherIn = (events: OrderDetail['events']) =>
  events.find(({ kind }) => kind === 'dispatched')?.by.person ?? ''
