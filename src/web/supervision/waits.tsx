import type { Role } from '../../http/contract.ts'
import { Wait } from '../design/wait.tsx'
import { useSupervisionCounts } from './use-supervision.ts'

/** What a unit has to answer comes before all that it does; the centre sees what nobody answers, and places to look at. */
export function SupervisionWaits({ role }: { readonly role: Role }) {
  const counts = useSupervisionCounts()
  if (!counts) return null
  const levels = Object.values(counts.levels)
  const red = levels.reduce((sum, lights) => sum + lights.red, 0)
  const open = levels.reduce((sum, { green, yellow }) => sum + green + yellow, red)
  const isUnit = role === 'unit'
  return (
    <>
      <Wait
        count={open}
        of={
          isUnit
            ? { 'zh-CN': '份督办单须答复', en: 'instructions that we have to answer' }
            : { 'zh-CN': '份督办单待答复', en: 'instructions wait for an answer' }
        }
        href="/supervision"
        isLate={isUnit || red > 0}
      />
      {!isUnit && (
        <Wait
          count={counts.sites}
          of={{ 'zh-CN': '处待现场核实', en: 'places are to be looked at' }}
          href="/supervision?show=sites"
          isLate={counts.lateSites > 0}
        />
      )}
    </>
  )
}
