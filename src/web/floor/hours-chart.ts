import type { FloorDay } from '../../http/contract.ts'
import type { ChartOption, Colours } from '../design/chart.tsx'
import { words } from './words.ts'

/** Bars of who wanted a person and who got one, by the hour, and the median wait as a line on its own scale. */
export function hoursOption(day: FloorDay, at: (hour: number) => string, colour: Colours): ChartOption {
  const hours = day.hours.map(({ hour }) => at(hour))
  const axis = {
    axisLabel: { color: colour.ink, fontSize: 14 },
    axisLine: { lineStyle: { color: colour.line } },
  }
  return {
    legend: { textStyle: { color: colour.ink, fontSize: 14 }, top: 0 },
    grid: { left: 8, right: 8, top: 64, bottom: 8, containLabel: true },
    xAxis: { type: 'category', data: hours, ...axis },
    yAxis: [
      { type: 'value', minInterval: 1, splitLine: { lineStyle: { color: colour.raised } }, ...axis },
      { type: 'value', splitLine: { show: false }, ...axis },
    ],
    series: [
      {
        type: 'bar',
        barMaxWidth: 48,
        name: words.wanted,
        color: colour.accent,
        data: day.hours.map(({ wanted }) => wanted),
      },
      {
        type: 'bar',
        barMaxWidth: 48,
        name: words.got,
        color: colour.good,
        data: day.hours.map(({ reached }) => reached),
      },
      {
        type: 'line',
        yAxisIndex: 1,
        name: words.medianSeconds,
        color: colour.warn,
        symbolSize: 10,
        data: day.hours.map(({ medianMs }) =>
          medianMs === undefined ? null : Math.round(medianMs / 100) / 10,
        ),
      },
    ],
  }
}
