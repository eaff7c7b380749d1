import type { Plan } from '../../planning/api.ts'
import type { ChartOption, Colours } from '../design/chart.tsx'
import { words } from './words.ts'

/** Agents by half-hour as steps: what is needed by either formula, and who was there below them, filled. */
export function stepsOption({ halfHours, thereBy }: Plan, colour: Colours): ChartOption {
  const axis = {
    axisLabel: { color: colour.ink, fontSize: 14 },
    axisLine: { lineStyle: { color: colour.line } },
  }
  const steps = { type: 'line', step: 'end', symbol: 'none' } as const
  const there = halfHours.map(({ there }) => there?.working ?? there?.talking ?? null)
  return {
    legend: { textStyle: { color: colour.ink, fontSize: 14 }, top: 0 },
    grid: { left: 8, right: 16, top: 64, bottom: 8, containLabel: true },
    xAxis: { type: 'category', data: halfHours.map(({ start }) => start), ...axis },
    yAxis: {
      type: 'value',
      minInterval: 1,
      splitLine: { lineStyle: { color: colour.line, opacity: 0.4 } },
      ...axis,
    },
    series: [
      {
        ...steps,
        name: thereBy === 'states' ? words.there : words.talking,
        color: colour.good,
        lineStyle: { width: 1 },
        areaStyle: { opacity: 0.35 },
        data: there,
      },
      {
        ...steps,
        name: words.neededA,
        color: colour.accent,
        lineStyle: { width: 3 },
        data: halfHours.map(({ byA }) => byA.agents),
      },
      // Told apart by its strokes as well, for who sees no colours.
      {
        ...steps,
        name: words.neededC,
        color: colour.warn,
        lineStyle: { width: 2, type: 'dashed' },
        data: halfHours.map(({ byC }) => byC.agents),
      },
    ],
  }
}
