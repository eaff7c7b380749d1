import { useCallback, useEffect, useState } from 'react'
import type {
  OrderAct,
  OrderDetail,
  OrderPage,
  OrderRulesShown,
  Problem,
  ToOrderPage,
} from '../../http/contract.ts'
import { openLiveSocket } from '../live-socket.ts'
import { refusalOf, words } from './words.ts'

/** What units look at may change under them: they are told, and ask anew; while nothing is heard, this often. */
const refreshMs = 15_000
/** Told or not, the time that is left is shown anew. */
const restMs = 60_000

/** An answer of the house, or why there is none, in words. */
type Answer<Value> = { readonly value: Value } | { readonly refused: string; readonly code: string }

export async function askHouse<Value>(path: string, body?: object): Promise<Answer<Value>> {
  try {
    const answer = await fetch(
      `/api${path}`,
      body && {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      },
    )
    if (answer.ok) return { value: (await answer.json()) as Value }
    const code = ((await answer.json()) as Problem).faults[0]?.code ?? ''
    return { refused: refusalOf(code), code }
  } catch {
    return { refused: words.lost, code: 'silent' }
  }
}

/** Asks now and every while; what was there stays when the house does not answer. */
function useAsked<Value>(
  path: string | undefined,
  signedOut: () => Promise<void>,
  /** Of this order alone; of all when absent. */
  only?: string,
) {
  const [value, setValue] = useState<{ readonly path: string; readonly value: Value }>()
  const [trouble, setTrouble] = useState({ refused: '', code: '' })
  const ask = useCallback(async () => {
    if (path === undefined) return
    const answer = await askHouse<Value>(path)
    if ('value' in answer) setValue({ path, value: answer.value })
    else if (answer.code === 'token-wrong') await signedOut()
    setTrouble('value' in answer ? { refused: '', code: '' } : answer)
  }, [path, signedOut])
  useEffect(() => {
    if (path === undefined) return
    let askedMs = Date.now()
    let isLost = true
    const look = () => {
      askedMs = Date.now()
      void ask()
    }
    look()
    const news = openLiveSocket<ToOrderPage>({
      path: () => '/orders/live',
      onMessage({ changed }) {
        // What happened while nothing was heard is not told again.
        if (isLost || (only === undefined ? changed.length > 0 : changed.includes(only))) look()
        isLost = false
      },
      onLost() {
        isLost = true
      },
    })
    const timer = setInterval(() => {
      if (isLost || Date.now() - askedMs >= restMs) look()
    }, refreshMs)
    return () => {
      clearInterval(timer)
      news.close()
    }
  }, [ask, path, only])
  return {
    value: value?.path === path ? value?.value : undefined,
    trouble: trouble.refused,
    code: trouble.code,
    ask,
  }
}

export type Filter = 'running' | 'waiting' | 'returned' | 'yellow' | 'red' | 'closed'
const queries: Readonly<Record<Filter, string>> = {
  running: '',
  waiting: 'stage=waiting&',
  returned: 'returned=true&',
  yellow: 'light=yellow&',
  red: 'light=red&',
  closed: 'stage=closed&',
}

export const useOrderList = (filter: Filter, limit: number, signedOut: () => Promise<void>) =>
  useAsked<OrderPage>(`/orders?${queries[filter]}limit=${limit}`, signedOut)

export const useOrdersOfCall = (call: string | undefined, signedOut: () => Promise<void>) =>
  useAsked<OrderPage>(call === undefined ? undefined : `/orders?call=${encodeURIComponent(call)}`, signedOut)

export function useOrder(number: string, signedOut: () => Promise<void>) {
  const { value, trouble, code, ask } = useAsked<OrderDetail>(
    `/orders/${encodeURIComponent(number)}`,
    signedOut,
    number,
  )
  return {
    detail: value,
    trouble,
    isAnothers: code === 'order-of-another-unit',
    again: ask,
    /** One after the other, so that one that is refused takes no other with it. @returns why not, by name */
    async show(files: readonly File[]): Promise<readonly string[]> {
      const refused: string[] = []
      for (const file of files) {
        const why = await sendFile(number, file)
        if (why !== undefined) refused.push(words.refusedFile(file.name, why))
      }
      await ask()
      return refused
    },
    /** @returns why not, in words; undefined once it is done */
    async act(act: OrderAct): Promise<string | undefined> {
      const answer = await askHouse<OrderDetail>(`/orders/${encodeURIComponent(number)}/acts`, act)
      // What was refused stays as it was written; the order shows anew by itself.
      if (!('value' in answer)) return answer.refused
      await ask()
      return undefined
    },
  }
}

/** Why the house does not take a file, in words; undefined once it is there. */
async function sendFile(number: string, file: File): Promise<string | undefined> {
  const form = new FormData()
  form.append('file', file)
  try {
    const path = `/api/orders/${encodeURIComponent(number)}/evidence`
    const answer = await fetch(path, { method: 'POST', body: form })
    if (answer.ok) return undefined
    return refusalOf(((await answer.json()) as Problem).faults[0]?.code ?? '')
  } catch {
    return words.lost
  }
}

export function useRules(): OrderRulesShown | undefined {
  const [rules, setRules] = useState<OrderRulesShown>()
  useEffect(() => {
    void askHouse<OrderRulesShown>('/orders/rules').then(answer => {
      if ('value' in answer) setRules(answer.value)
    })
  }, [])
  return rules
}
