import { waitingStates } from '../../supervision/deductions/api.ts'
import { Wait } from '../design/wait.tsx'
import { useDeductions } from './use-deductions.ts'

export function DeductionWaits({ role }: { readonly role: string }) {
  const { deductions } = useDeductions(undefined)
  const open = deductions?.filter(({ state }) =>
    role === 'unit' ? state === 'confirmed' : waitingStates.includes(state),
  ).length
  return role === 'unit' ? (
    <Wait
      count={open}
      of={{ 'zh-CN': '项扣分可以申诉', en: 'deductions that you may appeal against' }}
      href="/deductions"
    />
  ) : (
    <Wait
      count={open}
      of={{ 'zh-CN': '项扣分待决定', en: 'deductions wait to be decided' }}
      href="/deductions"
    />
  )
}
