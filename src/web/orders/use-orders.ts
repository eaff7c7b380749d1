import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef } from 'react'
import type {
  NewOrderRequest,
  OrderAct,
  OrderCounts,
  OrderQuery,
  OrderRulesShown,
} from '../../http/contract.ts'
import { ask, reasonOf, upload } from '../house/house.ts'
import { useLive } from '../use-live.ts'
import { refusalOf, words } from './words.ts'

const listKey = 'orders'
export const orderKey = (number: string) => ['order', number]
const textOf = (error: Error | null) => (error ? refusalOf(reasonOf(error)) : '')

/** Told or not, the time that is left is shown anew; and while nothing is heard, pages ask this often. */
const restMs = 60_000
const lostMs = 15_000

/** What members look at changes under them: pages are told that, and ask anew what they show. */
export function useOrderNews(): void {
  const client = useQueryClient()
  const isLost = useRef(true)
  const look = useCallback(() => lookAgain(client), [client])
  useLive('/orders/live', {
    onMessage({ changed }) {
      // What happened while nothing was heard is not told again.
      if (isLost.current) look()
      else if (changed.length > 0) lookAgain(client, changed)
      isLost.current = false
    },
    onLost() {
      isLost.current = true
    },
  })
  useEffect(() => {
    const always = setInterval(look, restMs)
    const meanwhile = setInterval(() => isLost.current && look(), lostMs)
    return () => {
      clearInterval(always)
      clearInterval(meanwhile)
    }
  }, [look])
}

/** @param changed all that is shown when absent */
function lookAgain(client: QueryClient, changed?: readonly string[]): void {
  void client.invalidateQueries({ queryKey: [listKey] })
  for (const queryKey of changed?.map(orderKey) ?? [['order']]) void client.invalidateQueries({ queryKey })
}

export type Filter =
  | 'all'
  | 'running'
  | 'undispatched'
  | 'waiting'
  | 'returned'
  | 'silent'
  | 'helping'
  | 'copied'
  | 'toLook'
  | 'repeated'
  | 'merged'
  | 'yellow'
  | 'red'
  | 'closed'
const queries: Readonly<Record<Filter, Partial<OrderQuery>>> = {
  all: { stage: 'all' },
  running: {},
  undispatched: { stage: 'undispatched' },
  waiting: { stage: 'waiting' },
  returned: { returned: 'true' },
  silent: { silent: 'true' },
  helping: { helping: 'true' },
  copied: { copied: 'true' },
  toLook: { toLook: 'true' },
  repeated: { repeated: 'true' },
  merged: { stage: 'merged' },
  yellow: { light: 'yellow' },
  red: { light: 'red' },
  closed: { stage: 'closed' },
}

export function useOrderCounts(): OrderCounts | undefined {
  return useQuery({
    queryKey: [listKey, 'counts'],
    queryFn: ({ signal }) => ask('GET /api/orders/counts', {}, signal),
  }).data
}

/** What a list is of, and in which order; the empty string is every unit. */
export type Listed = {
  readonly filter: Filter
  readonly unit: string
  /** Everybody's when empty. */
  readonly person: string
  readonly isLatestFirst: boolean
}

/** Lists that may be shown with the latest order first. */
export const hasLatestFirst = (filter: Filter) => filter === 'running' || filter === 'waiting'

export const queryOf = ({ filter, unit, isLatestFirst, person }: Listed): Partial<OrderQuery> => ({
  ...queries[filter],
  unit: unit === '' ? undefined : unit,
  person: person === '' ? undefined : person,
  sort: isLatestFirst && person === '' && hasLatestFirst(filter) ? 'latest' : undefined,
})

/** @param after where the page begins; at the head of the list when absent */
export function useOrderList(listed: Listed, limit: number, after: string | undefined) {
  const shown = JSON.stringify(listed)
  const { data, error } = useQuery({
    queryKey: [listKey, shown, limit, after],
    queryFn: ({ signal }) => ask('GET /api/orders', { query: { ...queryOf(listed), limit, after } }, signal),
    // The page before stays until the next is there.
    placeholderData: (before, query) => (query?.queryKey[1] === shown ? before : undefined),
  })
  return { page: data, trouble: textOf(error) }
}

/** A telephone that something was told from, or words that stand in it. */
export type LookedFor = Pick<OrderQuery, 'caller' | 'words'>

export function useFoundOrders(looked: LookedFor, limit: number, after: string | undefined) {
  const shown = JSON.stringify(looked)
  const { data, error } = useQuery({
    queryKey: [listKey, shown, limit, after],
    queryFn: ({ signal }) => ask('GET /api/orders', { query: { ...looked, limit, after } }, signal),
    placeholderData: (before, query) => (query?.queryKey[1] === shown ? before : undefined),
  })
  return { page: data, trouble: textOf(error) }
}

/** What the caller of a call has told before. */
export function useOrdersOfCall(call: string | undefined) {
  const { data } = useQuery({
    queryKey: [listKey, 'of call', call],
    queryFn: ({ signal }) => ask('GET /api/orders', { query: { call } }, signal),
    enabled: call !== undefined,
  })
  return data?.orders ?? []
}

/** @returns why not, in words; undefined once it is done */
const whyNot = (work: Promise<unknown>): Promise<string | undefined> =>
  work.then(
    () => undefined,
    (error: unknown) => refusalOf(reasonOf(error)),
  )

export function useOrder(number: string) {
  const client = useQueryClient()
  const path = { number }
  const queryKey = orderKey(number)
  const { data, error } = useQuery({
    queryKey,
    queryFn: ({ signal }) => ask('GET /api/orders/{number}', { path }, signal),
  })
  const onSuccess = () => client.invalidateQueries({ queryKey })
  const acting = useMutation({
    mutationFn: (body: OrderAct) => ask('POST /api/orders/{number}/acts', { path, body }),
    onSuccess,
  })
  const sending = useMutation({
    mutationFn: () => ask('POST /api/orders/{number}/contact-check', { path, body: {} }),
  })
  const checking = useMutation({
    mutationFn: (code: string) =>
      ask('POST /api/orders/{number}/contact-check/answer', { path, body: { code } }),
    onSuccess,
  })
  return {
    detail: data,
    trouble: textOf(error),
    /** The citizen's number, once somebody has said what they want it for: here, until the page is left. */
    revealed: acting.variables?.do === 'reveal' ? acting.data?.contact.number : undefined,
    /** What was refused stays as it was written. */
    act: (act: OrderAct) => whyNot(acting.mutateAsync(act)),
    verify: {
      untilMs: sending.data?.untilMs,
      trouble: textOf(sending.error),
      send: () => sending.mutate(),
      check: (code: string) => whyNot(checking.mutateAsync(code)),
    },
    /** One after the other, so that one that is refused takes no other with it. @returns why not, by name */
    async show(files: readonly File[]): Promise<readonly string[]> {
      const refused: string[] = []
      for (const file of files) {
        const why = await sendFile(number, file)
        if (why !== undefined) refused.push(words.refusedFile(file.name, why))
      }
      await onSuccess()
      return refused
    },
  }
}
export type Verifying = ReturnType<typeof useOrder>['verify']

/** Why the house does not take a file, in words; undefined once it is there. */
async function sendFile(number: string, file: File): Promise<string | undefined> {
  try {
    await upload(`/api/orders/${encodeURIComponent(number)}/evidence`, file)
    return undefined
  } catch (error) {
    return refusalOf(reasonOf(error))
  }
}

/** @returns a new order's number, or why there is none, in words */
export function useMaking() {
  const { mutateAsync } = useMutation({
    mutationFn: (body: NewOrderRequest) => ask('POST /api/orders', { body }),
  })
  return (order: NewOrderRequest): Promise<{ readonly number: string } | { readonly refused: string }> =>
    mutateAsync(order).then(
      ({ order: { number } }) => ({ number }),
      (error: unknown) => ({ refused: refusalOf(reasonOf(error)) }),
    )
}

export function useRules(): OrderRulesShown | undefined {
  return useQuery({
    queryKey: ['order-rules'],
    queryFn: () => ask('GET /api/orders/rules', {}),
    staleTime: Number.POSITIVE_INFINITY,
  }).data
}
