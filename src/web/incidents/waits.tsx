import { Wait } from '../design/wait.tsx'
import { useIncidents } from './use-incidents.ts'

export function IncidentWaits() {
  const { incidents } = useIncidents()
  const soon = incidents?.filter(({ endsSoon }) => endsSoon).length
  return (
    <Wait
      count={soon}
      of={{ 'zh-CN': '条突发情况即将自动结束', en: 'known incidents are about to end by themselves' }}
      href="/incidents"
      isLate
    />
  )
}
