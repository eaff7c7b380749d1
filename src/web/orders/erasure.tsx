import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import type { ErasureReason, OrderDetail } from '../../http/contract.ts'
import { ask, reasonOf } from '../house/house.ts'
import { useNames } from '../house/names.ts'
import type { Signed } from '../sign-in/sign-in.tsx'
import { erasureWords, grouped, refusalOf, timeOf, words } from './words.ts'

type Seen = Pick<Signed, 'member'>
const isSupervisor = ({ member: { role } }: Seen) => role === 'supervisor' || role === 'admin'

/** What waits for a second person, above the list of orders; nothing where nothing does. */
export function Erasures({ open, member }: Seen & { readonly open: (number: string) => void }) {
  const { data } = useQuery({
    queryKey: ['orders', 'erasures'],
    queryFn: ({ signal }) => ask('GET /api/orders/erasures', {}, signal),
    enabled: isSupervisor({ member }),
  })
  const called = useNames()
  const waiting = data?.erasures.filter(({ erased }) => !erased) ?? []
  if (waiting.length === 0) return null
  return (
    <section className="card" aria-label={words.erasures}>
      <h2>{words.erasures}</h2>
      <ul className="erasures">
        {waiting.map(({ order, because, askedBy = '', askedAtMs = 0 }) => (
          <li key={order}>
            <a
              href={`/orders/${order}`}
              onClick={event => {
                if (event.metaKey || event.ctrlKey || event.shiftKey) return
                event.preventDefault()
                open(order)
              }}
            >
              {grouped(order)}
            </a>{' '}
            {because && erasureWords[because]}{' '}
            <span className="quiet">{words.askedBy(called(askedBy), timeOf(askedAtMs))}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function useErasure(number: string, whenGone: () => void) {
  const client = useQueryClient()
  const path = { number }
  const onSettled = () =>
    Promise.all([['order', number], ['orders']].map(queryKey => client.invalidateQueries({ queryKey })))
  const asking = useMutation({
    mutationFn: (because: ErasureReason) =>
      ask('POST /api/orders/{number}/erasure', { path, body: { because } }),
    onSettled,
  })
  const deciding = useMutation({
    mutationFn: (agreed: boolean) =>
      ask('POST /api/orders/{number}/erasure/decision', { path, body: { agreed } }),
    onSuccess: (_, agreed) => {
      if (agreed) whenGone()
    },
    onSettled,
  })
  const error = asking.error ?? deciding.error
  return {
    trouble: error ? refusalOf(reasonOf(error)) : '',
    isBusy: asking.isPending || deciding.isPending,
    request(because: ErasureReason) {
      deciding.reset()
      asking.mutate(because)
    },
    decide(agreed: boolean) {
      asking.reset()
      deciding.mutate(agreed)
    },
  }
}

/** A closed order goes once one supervisor asks and another agrees. */
export function Erasure({
  detail: { order, erasure },
  whenGone,
  member,
}: Seen & { readonly detail: OrderDetail; readonly whenGone: () => void }) {
  const { trouble, isBusy, request, decide } = useErasure(order.number, whenGone)
  const called = useNames()
  const [because, setBecause] = useState<ErasureReason>('citizen')
  if (!isSupervisor({ member }) || order.stage !== 'closed') return null
  const refusal = trouble !== '' && (
    <p className="trouble" role="alert">
      {trouble}
    </p>
  )
  if (erasure)
    return (
      <section className="card" aria-label={words.erasure}>
        <h3>{words.erasure}</h3>
        {refusal}
        <p>
          {erasureWords[erasure.because]}{' '}
          <span className="quiet">{words.askedBy(called(erasure.askedBy), timeOf(erasure.askedAtMs))}</span>
        </p>
        {erasure.askedBy === member.name ? (
          <p>{words.mine}</p>
        ) : (
          <>
            <p className="quiet">{words.erasureNote}</p>
            <div className="pages">
              <Button className="button" isDisabled={isBusy} onPress={() => decide(true)}>
                {words.agree}
              </Button>
              <Button className="button" isDisabled={isBusy} onPress={() => decide(false)}>
                {words.refuse}
              </Button>
            </div>
          </>
        )}
      </section>
    )
  return (
    <details className="card">
      <summary>{words.erasure}</summary>
      {refusal}
      <p className="quiet">{words.erasureNote}</p>
      <div className="pages">
        <label>
          {words.erasureReason}{' '}
          <select value={because} onChange={event => setBecause(event.target.value as ErasureReason)}>
            {Object.entries(erasureWords).map(([value, word]) => (
              <option key={value} value={value}>
                {word}
              </option>
            ))}
          </select>
        </label>
        <Button className="button" isDisabled={isBusy} onPress={() => request(because)}>
          {words.askErasure}
        </Button>
      </div>
    </details>
  )
}
