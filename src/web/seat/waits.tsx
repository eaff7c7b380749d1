import { useQuery } from '@tanstack/react-query'
import type { Role } from '../../http/contract.ts'
import { Wait } from '../design/wait.tsx'
import { ask } from '../house/house.ts'

const everyMs = 30_000

export function CallbackWaits({ role }: { readonly role: Role }) {
  const { data } = useQuery({
    queryKey: ['callbacks', 'counts'],
    queryFn: ({ signal }) => ask('GET /api/callbacks/counts', { query: {} }, signal),
    refetchInterval: everyMs,
  })
  const href = role === 'seat' ? '/seat' : '/floor'
  return (
    <>
      <Wait count={data?.late} of={{ 'zh-CN': '个回电超时', en: 'callbacks are late' }} href={href} isLate />
      <Wait
        count={data && data.owed - data.late}
        of={{ 'zh-CN': '个待回电', en: 'callbacks are owed' }}
        href={href}
      />
    </>
  )
}
