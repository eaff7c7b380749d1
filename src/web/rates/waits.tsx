import { Wait } from '../design/wait.tsx'
import { useExclusions } from './use-rates.ts'

export function ExclusionWaits() {
  const { exclusions } = useExclusions()
  const open = exclusions?.filter(({ decided }) => decided === undefined).length
  return (
    <Wait
      count={open}
      of={{ 'zh-CN': '件剔除待复核', en: 'exclusions wait for a second person' }}
      href="/rates"
    />
  )
}
