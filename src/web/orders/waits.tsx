import type { Role } from '../../http/contract.ts'
import { Wait } from '../design/wait.tsx'
import { useOrderCounts, useOrderNews } from './use-orders.ts'

/** A unit signs, helps and keeps limits; the centre says whose a returned order is, and supervises what is late. */
export function OrderWaits({ role }: { readonly role: Role }) {
  useOrderNews()
  const counts = useOrderCounts()
  const isUnit = role === 'unit'
  if (role === 'dispatcher') return <Undispatched count={counts?.undispatched} />
  return (
    <>
      <Wait
        count={counts?.red}
        of={{ 'zh-CN': '件红灯（已超时）', en: 'orders are past a limit' }}
        href="/orders?show=red"
        isLate
      />
      <Wait
        count={counts?.yellow}
        of={{ 'zh-CN': '件黄灯（时限过半）', en: 'orders are half way to a limit' }}
        href="/orders?show=yellow"
      />
      {isUnit && (
        <Wait
          count={counts?.waiting}
          of={{ 'zh-CN': '件待签收', en: 'orders are to be signed' }}
          href="/orders?show=waiting"
        />
      )}
      {isUnit && (
        <Wait
          count={counts && counts.running - counts.waiting}
          of={{ 'zh-CN': '件办理中', en: 'orders are in hand' }}
          href="/orders"
        />
      )}
      {!isUnit && <Undispatched count={counts?.undispatched} />}
      {!isUnit && (
        <Wait
          count={counts?.returned}
          of={{ 'zh-CN': '件退单待审', en: 'returns wait for a decision' }}
          href="/orders?show=returned"
        />
      )}
      {isUnit && (
        <Wait
          count={counts?.helping}
          of={{ 'zh-CN': '件待协办', en: 'orders of others ask for our help' }}
          href="/orders?show=helping"
        />
      )}
    </>
  )
}

const Undispatched = ({ count }: { readonly count: number | undefined }) => (
  <Wait count={count} of={{ 'zh-CN': '件待派单', en: 'orders are to be dispatched' }} href="/dispatch" />
)
